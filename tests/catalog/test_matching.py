"""Which product a line's wording means."""

import pytest

from makegood.catalog import wording
from makegood.catalog.matching import Candidate, match, wanted


def product(number: int, name: str, rate_type: str = "CPM", *, sizes=(), lengths=(), aliases=(), property="Northlight News", format="display"):
    return Candidate(
        number, name, (name, *aliases), frozenset(one.casefold() for one in (name, *aliases)), frozenset(sizes), frozenset(lengths),
        rate_type, format, property,
    )  # fmt: skip


BOOK = (
    product(1, "Homepage takeover", "day", sizes=[(970, 250)]),
    product(2, "Run of site desktop", sizes=[(728, 90)]),
    product(3, "Run of site mobile", sizes=[(300, 250)]),
    product(4, "Streaming audio 30 s", lengths=[30], property="Listen", format="audio"),
    product(5, "Checkout screens", "CPM", property="Shelf"),
)


@pytest.mark.parametrize(
    ("text", "columns", "number"),
    [
        ("Homepage takeover", {"rate_type": "day"}, 1), ("ROS desktop leaderboard 728x90", {"rate_type": "CPM"}, 2),
        ("ROS mobile MPU 300x250", {"rate_type": "CPM"}, 3), ("Streaming audio :30 all day", {"rate_type": "CPM", "place": "Listen"}, 4),
    ],
)  # fmt: skip
def test_wordings_agencies_use_lead_to_the_product(text, columns, number):
    assert match(wanted(text, **columns), BOOK).offered[0].product_id == number


def test_a_learnt_alias_decides():
    book = (*BOOK, product(6, "Newsletter", "unit", aliases=["Zeppelin banner over the harbour"]))
    found = match("Zeppelin  banner over the Harbour", book)
    assert (found.product_id, found.offered[0].reasons) == (6, ("known under this name",))


def test_what_fits_two_products_alike_is_not_taken():
    assert match(wanted("Run of site", rate_type="CPM"), BOOK).product_id is None


def test_a_wrong_size_speaks_against():
    found = match(wanted("Run of site mobile 160x600"), BOOK)
    assert found.product_id is None
    assert "has no 160×600" in next(one for one in found.offered if one.product_id == 3).reasons


def test_nothing_alike_offers_nothing():
    assert match("Zeppelin banner over the harbour", BOOK).offered == ()


@pytest.mark.parametrize(
    ("text", "size", "length"),
    [("MPU 300 x 250", (300, 250), None), ("half page", (300, 600), None), ("pre-roll 15 sec", None, 15), ("6:30 news :30", None, 30), ("970×250", (970, 250), None)],
)  # fmt: skip
def test_sizes_and_lengths_are_read_from_words(text, size, length):
    assert (wording.size_of(text), wording.length_of(text)) == (size, length)
