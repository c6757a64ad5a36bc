"""Other counters' figures: all or nothing, with the place of what is wrong."""

import datetime

import pytest

from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Activity
from makegood.delivery.actions.third_party import Row, load
from makegood.delivery.models import ThirdPartyCount
from tests.factories import orders
from tests.factories.accounts import NOW

DAY = datetime.date(2026, 12, 8)


@pytest.fixture
def flight(db):
    return orders.booked().lines.get().flights.get()


def rows(flight, *impressions):
    return [Row(flight.pk, DAY + datetime.timedelta(days=n), "Adserve One", units) for n, units in enumerate(impressions)]


def test_counts_are_loaded_once_and_corrected(flight, finance):
    assert load(rows(flight, 100, 200), by=finance, at=NOW) == 2
    assert load(rows(flight, 100, 200), by=finance, at=NOW) == 0
    assert load(rows(flight, 100, 250), by=finance, at=NOW) == 1
    assert list(ThirdPartyCount.objects.order_by("day").values_list("impressions", flat=True)) == [100, 250]
    assert [row.after["days"] for row in Activity.objects.filter(verb="third_party.loaded").order_by("pk")] == [2, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"flight_id": 0}, "flight 0 is unknown"), ({"day": datetime.date(2027, 1, 1)}, "lies outside"),
        ({"impressions": -1}, "zero or more"), ({"day": DAY}, "given before"),
    ],
)  # fmt: skip
def test_one_bad_row_stops_all_and_is_named(flight, finance, change, words):
    good, other = rows(flight, 100, 200)
    bad = Row(**{name: getattr(other, name) for name in Row.__dataclass_fields__} | {"place": "sheet 1, row 3"} | change)
    with pytest.raises(Invalid, match=f"sheet 1, row 3: .*{words}"):
        load([good, bad], by=finance, at=NOW)
    assert not ThirdPartyCount.objects.exists()


def test_only_those_who_may(flight, reviewer):
    with pytest.raises(NotAllowed):
        load(rows(flight, 1), by=reviewer, at=NOW)
