"""Cells: what people type is understood, and the text kept reads back as the same value whatever the sheet's habits."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import targeting
from makegood.engine.flighting import Curve, Every, Flighting
from makegood.engine.targeting import Predicate, Targeting
from makegood.orders.sheet import flights, targets, values
from makegood.orders.sheet.values import Habits, Unreadable

AMERICAN, EUROPEAN = Habits.of((), (), american=True, year=2026), Habits.of(["13/12/2026"], ["9,50"], american=False, year=2026)
EITHER = st.sampled_from([AMERICAN, EUROPEAN])
DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
RATES = st.decimals(0, 10**8, places=4)


@given(DAYS, EITHER)
def test_days(day, habits):
    assert values.day(day.isoformat(), habits) == day


@given(RATES, EITHER)
def test_rates(rate, habits):
    assert values.figure(values.written(rate), habits) == rate


@given(st.integers(1, 10**12), EITHER)
def test_quantities(units, habits):
    assert values.whole(str(units), habits) == values.whole(f"{units:,}", habits) == values.whole(f"{units:,}".replace(",", "."), habits) == units


@given(st.tuples(st.integers(1, 999), st.integers(1, 999)))
def test_caps(cap):
    assert values.cap(values.cap_text(cap)) == cap


@st.composite
def targetings(draw) -> Targeting:
    names = draw(st.lists(st.sampled_from(["geo", "device", "audience", "section", "hour_of_week", "placement", "kv:team", "kv:a: b"]), unique=True))
    numeric = {"hour_of_week": st.integers(0, 167), "placement": st.integers(0, 10**6)}
    sides = lambda name: st.frozensets(numeric.get(name, WORDS), max_size=5)  # noqa: E731
    found = [(name, draw(sides(name)), draw(sides(name))) for name in sorted(names)]
    return Targeting(tuple(Predicate(*one) for one in found if one[1] or one[2]))


@given(targetings())
def test_targeting(found):
    row = targeting.to_json(found)
    assert targets.read(targets.written(row)) == row


@given(st.sampled_from(Every), st.sampled_from(Curve), st.lists(st.integers(1, 99), min_size=2, max_size=5), st.booleans(), st.frozensets(DAYS, max_size=3), EITHER)
def test_flighting(every, curve, shares, own, hiatus, habits):
    how = Flighting(every, Curve.EVEN if own or every is Every.LINE else curve, tuple(map(Decimal, shares)) if own and every is not Every.LINE else (), hiatus)
    assert flights.read(flights.written(how), habits) == how


@pytest.mark.parametrize(("text", "day"), [
    ("13/12/2026", (2026, 12, 13)), ("12/13/26", (2026, 12, 13)), ("3.4.2026", (2026, 4, 3)), ("3 Apr", (2026, 4, 3)), ("April 3, 2026", (2026, 4, 3)), ("2026-04-03", (2026, 4, 3)),
])  # fmt: skip
def test_days_as_people_write_them(text, day):
    habits = Habits.of([text, "28/02/2026"] if "/" in text and not text.startswith("12") else [text], (), american=text.startswith("12"), year=2026)
    assert values.day(text, habits) == datetime.date(*day)


@pytest.mark.parametrize(("text", "figure"), [("$9.50", "9.50"), ("9,50 €", "9.50"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("12.5 %", "12.5"), ("1 234,5", "1234.5")])
def test_figures_as_people_write_them(text, figure):
    assert values.figure(text, AMERICAN) == Decimal(figure)


@pytest.mark.parametrize(("reader", "text", "says"), [
    (lambda text: values.day(text, AMERICAN), "31 Nov 2026", "ends on 2026-11-30"), (lambda text: values.day(text, AMERICAN), "soon", "no day"),
    (lambda text: values.whole(text, AMERICAN), "12.5", "no whole"), (lambda text: values.figure(text, AMERICAN), "ask Bob", "no number"), (values.cap, "often", "3 per 24 h"),
    (values.added, "maybe", "neither"), (targets.read, "mobile", "no targeting"), (targets.read, "planet: Mars", "unknown dimension"), (targets.read, "hour_of_week: 200", "outside"),
    (lambda text: flights.read(text, AMERICAN), "when it suits", "no flighting"), (targets.read, 'geo: "US', "no targeting"),
])  # fmt: skip
def test_what_is_not_understood_says_what_would_be(reader, text, says):
    with pytest.raises(Unreadable, match=says):
        reader(text)
