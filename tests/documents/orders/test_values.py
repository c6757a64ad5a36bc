"""Amounts, dates and codes read from text; properties over all of them."""
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.documents.orders.values import dates, numbers, words

AMERICAN = dates.Habit(True, True, 2026)
EUROPEAN = dates.Habit(False, True, 2026)


@pytest.mark.parametrize(("text", "value"), [
    ("$1,234.56", "1234.56"), ("1.234,56 €", "1234.56"), ("1 234,56", "1234.56"), ("($210.00)", "-210.00"), ("12k", "12000"),
    ("1'234.50", "1234.50"), ("250", "250"), ("-3,5", "-3.5")])
def test_amounts_as_people_write_them(text: str, value: str) -> None:
    assert numbers.money(text) == Decimal(value)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_is_read_back_from_both_ways_of_writing(amount: Decimal) -> None:
    american = f"{amount:,.2f}"
    assert numbers.money("$" + american) == amount
    assert numbers.money(american.translate(str.maketrans(",.", ".,")) + " €") == amount


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)))
def test_a_date_is_read_back_from_every_way_of_writing(day: dt.date) -> None:
    for text, habit in ((day.isoformat(), AMERICAN), (f"{day:%m/%d/%y}", AMERICAN), (f"{day:%d.%m.%Y}", EUROPEAN),
                        (f"{day:%A, %B %d, %Y}", EUROPEAN), (f"{day:%d-%b-%y}", AMERICAN)):
        assert [reading.value for reading in dates.readings(text, habit)] == [day]


def test_a_range_without_spaces() -> None:
    assert [reading.value for reading in dates.readings("05/20/26-06/04/26", AMERICAN)] == [dt.date(2026, 5, 20), dt.date(2026, 6, 4)]


@pytest.mark.parametrize("text", ["(513) 555-0142", "05/20/2026", "$1,250.00", "March 2026", "12:30"])
def test_what_is_no_contract_number(text: str) -> None:
    assert words.code(text) is None


@pytest.mark.parametrize(("text", "code"), [("2334221-1", "2334221-1"), ("1528945 /", "1528945"), ("HO20030011", "HO20030011"),
                                            ("IO-2026-0113", "IO-2026-0113")])
def test_what_is_one(text: str, code: str) -> None:
    assert words.code(text) == code


def test_days_that_share_their_month_or_year() -> None:
    how = dates.Habit(True, True, 2026)

    def said(text: str) -> list[str]:
        return [str(reading.value) for reading in dates.readings(text, how)]

    assert said("2 - 29 March 2026") == ["2026-03-02", "2026-03-29"] == said("From 2 to 29 March 2026")
    assert said("Oct 5-18, 2027") == ["2027-10-05", "2027-10-18"]
    assert said("12/28-01/03/27") == ["2026-12-28", "2027-01-03"] == said("28 Dec - 3 Jan 2027")
    assert said("1er avril 2026") == ["2026-04-01"]
    assert (said("Line 3 - 4 May 2026"), said("Mar 3 - 6p"), said("Oct-5-18")) == (["2026-05-04"], ["2026-03-03"], ["2018-10-05"])
