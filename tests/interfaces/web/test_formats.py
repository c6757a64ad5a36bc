"""Figures and times as people read them."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from makegood.interfaces.web import formats

NOW = datetime.datetime(2026, 11, 18, 15, 42, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [(940, "940"), (1000, "1K"), (112_300, "112.3K"), (999_900, "999.9K"), (999_960, "1.00M"), (6_953_500, "6.95M"), (10_700_000, "10.70M"),
     (2_410_000_000, "2.41B"), (-133_000, "−133K"), (0, "0"), (None, "")],
)  # fmt: skip
def test_compact(value, text):
    assert formats.compact(value) == text


@pytest.mark.parametrize(("value", "text"), [(-214_000, "−214,000"), (95_000, "+95,000"), (0, "0"), (Decimal("-0.001"), "0")])
def test_signed(value, text):
    assert formats.signed(value) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(18, "in 18 min"), (78, "in 1 h 18"), (240, "in 4 h"), (3 * 1440, "in 3 days"), (-17 * 60, "17 h late"), (-5, "5 min late"), (120, "in 2 h")],
)
def test_due(minutes, text):
    assert formats.due(NOW + datetime.timedelta(minutes=minutes), NOW) == text


@pytest.mark.parametrize(("days", "text"), [(0, "today"), (3, "in 3 days"), (-2, "2 days late"), (1, "in 24 h")])
def test_due_on_a_day(days, text):
    with timezone.override("UTC"):
        assert formats.due(NOW.date() + datetime.timedelta(days=days), NOW) == text


@time_machine.travel(NOW, tick=False)
def test_a_moment_stands_on_the_clock_of_the_one_looking():
    with timezone.override("America/New_York"):
        assert formats.moment(NOW) == "10:42"
        assert formats.moment(NOW, "Europe/London") == "15:42"
        assert formats.moment(NOW - datetime.timedelta(days=1)) == "Tue 10:42"
        assert formats.moment(NOW - datetime.timedelta(days=23)) == "26 Oct 11:42"
        assert formats.day(datetime.date(2025, 3, 1)) == "1 Mar 2025"
