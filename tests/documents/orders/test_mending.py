"""Labels misread by scans, labels torn and glued, amounts torn apart, dates whose order only their ranges show."""
from decimal import Decimal

import pytest

from makegood.documents.orders.fields import hits
from makegood.documents.orders.leaf import Chunk
from makegood.documents.orders.lexicon import mending
from makegood.documents.orders.messages import Place
from makegood.documents.orders.values import dates, numbers, words


def labels(text: str) -> list[tuple[list[str], str]]:
    """[(facts, text behind)] of each label in a text."""
    found = hits.in_chunk(Chunk(text, 0, 0, 100, 10, Place(page=1)), 0, 0)
    return [([meaning.name for meaning in hit.meanings], hit.rest) for hit in found]


@pytest.mark.parametrize(("wrong", "right"), [
    ("lnvoice", "invoice"), ("tota1", "total"), ("flight", None), ("fllght", "flight"), ("arnount", "amount"), ("gross", None),
    ("advertlser", "advertiser"), ("zebra", None), ("1234", None)])
def test_a_word_misread(wrong: str, right: str | None) -> None:
    assert mending.mended(wrong) == right


def test_a_word_torn_in_two_and_labels_drawn_together() -> None:
    assert labels("Adver tiser: Bell") == [(["advertiser"], "Bell")]
    assert [facts for facts, _ in labels("Advertiser Original Date / Revision")] == [["advertiser"], ["order_date", "stop"]]
    assert labels("10/01/18 - 10/28/18 Flight Dates")[0][0] == ["flight"]


def test_a_colon_ends_a_label_and_the_last_total_is_not_the_total() -> None:
    assert labels("Client: No on Question 2") == [(["advertiser"], "No on Question 2")]
    assert labels("LAST CONTRACT TOTAL: $61,000.00") == [([], "$61,000.00")]


def test_amounts_torn_apart_by_a_scan() -> None:
    assert [value for value, _ in numbers.amounts("$1 5,300.00")] == [Decimal("15300.00")]
    assert [value for value, _ in numbers.amounts("$15, 300. 00")] == [Decimal("15300.00")]
    assert [value for value, _ in numbers.amounts("$500.00 1,200.00")] == [Decimal("500.00"), Decimal("1200.00")]


def test_the_order_of_ranges_shows_the_habit() -> None:
    assert dates.habit("9/10/2018-10/7/2018", american=False).month_first
    assert not dates.habit("9/10/2018-10/11/2018", american=False).month_first


def test_codes_without_their_version_and_stars_of_names() -> None:
    assert [words.code(text) for text in ("424082-New", "10-44021", "118-0042", "82217 Rev. 1")] == ["424082", "10-44021", "118-0042", "82217"]
    assert [words.name(text) for text in ("Spring sale*", "* Spring sale", "Spring sale *")] == ["Spring sale*", "Spring sale", "Spring sale"]
