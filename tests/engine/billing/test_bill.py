import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import billing
from makegood.engine.billing import Cap, LineTerms, PeriodCount, Schedule, Source, Terms
from makegood.engine.money import Money
from makegood.engine.periods import Calendar, Period
from makegood.engine.pricing import RateType

D = dt.date
THREE = Period(D(2026, 1, 1), D(2026, 3, 31))


def line(
    source=Source.DELIVERED, schedule=Schedule.AS_DELIVERED, cap=Cap.NONE, *, flight=THREE, amount="3000.00", **more
):
    terms = Terms(source, schedule, cap, **({"calendar": Calendar.MONTH} | more))
    return LineTerms(5, "Homepage MPU", flight, RateType.CPM, 300_000, Money(Decimal(amount), "USD"), terms)


def counts(of, *units, third_party=None):
    third = third_party or [None] * len(units)
    return [PeriodCount(p, n, t) for p, n, t in zip(of.cycles(), units, third, strict=False)]


def equal_thirds(**more):
    """Three broadcast weeks are equal cycles, as the worked table assumes."""
    flight = Period(D(2027, 1, 4), D(2027, 1, 24))
    return line(flight=flight, calendar=Calendar.BROADCAST_WEEK, **more)


@pytest.mark.parametrize(
    ("cap", "units", "total"),
    [
        (Cap.NONE, [120, 60, 140], "3200.00"),
        (Cap.CUMULATIVE, [120, 60, 120], "3000.00"),
        (Cap.PER_CYCLE, [100, 60, 100], "2600.00"),
        (Cap.CUMULATIVE_PER_CYCLE, [100, 80, 120], "3000.00"),
    ],
)
def test_the_worked_table_of_caps(cap, units, total):
    sold = equal_thirds(cap=cap)
    got = billing.bill(sold, counts(sold, 120_000, 60_000, 140_000))
    assert [one.units for one in got] == [n * 1000 for n in units]
    assert billing.total_gross(got, "USD") == Money(Decimal(total), "USD")


def test_alternates_show_the_same_bill_under_every_cap():
    sold = equal_thirds(cap=Cap.PER_CYCLE)
    got = billing.alternates(sold, counts(sold, 120_000, 60_000, 140_000))
    assert {cap: str(amount) for cap, amount in got.items()} == {
        Cap.NONE: "USD 3,200.00",
        Cap.CUMULATIVE: "USD 3,000.00",
        Cap.PER_CYCLE: "USD 2,600.00",
        Cap.CUMULATIVE_PER_CYCLE: "USD 3,000.00",
    }


@pytest.mark.parametrize(
    ("schedule", "gross"),
    [
        (Schedule.PREPAID, ["1000.00"]),
        (Schedule.END, ["1000.00"]),
        (Schedule.STRAIGHTLINE, ["333.34", "333.33", "333.33"]),
        (Schedule.PRORATED, ["344.44", "311.11", "344.45"]),
    ],
)
def test_contracted_schedules(schedule, gross):
    sold = line(Source.CONTRACTED, schedule, flight=THREE, amount="1000.00")
    got = billing.bill(sold)
    assert sorted(str(one.gross.amount) for one in got) == sorted(gross)
    assert got[0].period == sold.cycles()[-1 if schedule is Schedule.END else 0]
    assert sum(one.units for one in got) == 300_000


def test_commission_and_tax_add_up_on_each_line():
    sold = equal_thirds(commission_rate=Decimal("0.15"), tax_rate=Decimal("0.20"))
    first = billing.bill(sold, counts(sold, 33_333))[0]
    assert (
        first.gross.amount,
        first.commission.amount,
        first.net.amount,
        first.tax.amount,
        first.total.amount,
    ) == tuple(map(Decimal, ("333.33", "50.00", "283.33", "56.67", "340.00")))
    assert first.explanation == (
        "week of 04 Jan 2027: 33,333 impressions delivered, 100,000 contracted, cap none: 33,333 billed"
    )


def test_delivered_at_the_end_bills_once_when_all_is_counted():
    sold = equal_thirds(schedule=Schedule.END, cap=Cap.CUMULATIVE)
    assert billing.bill(sold, counts(sold, 120_000, 60_000)) == []
    (only,) = billing.bill(sold, counts(sold, 120_000, 60_000, 140_000))
    assert (only.units, str(only.gross), only.period) == (300_000, "USD 3,000.00", sold.cycles()[-1])


def test_third_party_counts_bill_when_they_control():
    sold = equal_thirds(source=Source.THIRD_PARTY)
    got = billing.bill(sold, counts(sold, 100_000, third_party=[91_000]))
    assert got[0].units == 91_000
    with pytest.raises(billing.CountsInvalid, match="no third-party count"):
        billing.bill(sold, counts(sold, 100_000))
    agreed = equal_thirds(source=Source.THIRD_PARTY, first_party_fallback=True)
    assert billing.bill(agreed, counts(agreed, 100_000))[0].units == 100_000


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(list(Cap)), st.lists(st.integers(0, 400_000), max_size=4), st.integers(0, 4))
def test_no_cap_bills_more_than_it_allows_and_the_past_never_changes(cap, delivered, early):
    sold = line(cap=cap, flight=Period(D(2026, 1, 10), D(2026, 4, 20)), amount="3333.33")
    got = billing.bill(sold, counts(sold, *delivered))
    assert billing.bill(sold, counts(sold, *delivered[:early])) == got[:early]
    units, gross = sum(one.units for one in got), billing.total_gross(got, "USD")
    assert all(one.units >= 0 for one in got)
    assert units <= (300_000 if cap is not Cap.NONE else sum(delivered))
    assert gross == sold.amount.times(Decimal(units) / 300_000).rounded()
    assert all(one.gross - one.commission == one.net for one in got)


def test_counts_out_of_place_are_refused():
    sold = equal_thirds()
    with pytest.raises(billing.CountsInvalid, match="line 5: count 1 is for"):
        billing.bill(sold, counts(sold, 1, 2)[1:])
    with pytest.raises(billing.CountsInvalid, match="counts -1 units"):
        billing.bill(sold, counts(sold, -1))


@pytest.mark.parametrize(
    ("source", "schedule", "cap"),
    [
        (Source.CONTRACTED, Schedule.AS_DELIVERED, Cap.NONE),
        (Source.CONTRACTED, Schedule.END, Cap.CUMULATIVE),
        (Source.DELIVERED, Schedule.PREPAID, Cap.NONE),
    ],
)
def test_contradicting_terms_are_refused(source, schedule, cap):
    with pytest.raises(billing.TermsInvalid):
        Terms(source, schedule, cap)
