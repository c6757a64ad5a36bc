"""Components know their geometry: sums add up, bars stay in their lane, words say what the bar shows."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.interfaces.web import components as c

amounts = st.integers(min_value=0, max_value=10**9)


def share(text):
    return float(text.removesuffix("%"))


@settings(max_examples=60)
@given(goal=st.integers(1, 10**9), delivered=amounts, projected=amounts, low=amounts, high=amounts)
def test_a_promise_never_leaves_its_lane(goal, delivered, projected, low, high):
    promise = c.Promise(goal, delivered, projected, min(low, high), max(low, high))
    for bar in [promise.track, *promise.bars]:
        assert 0 <= share(bar.x) <= 100
        assert share(bar.x) + share(bar.width) <= 100.41
    assert share(promise.tick) == pytest.approx(90.91)


def test_a_promise_says_what_it_draws():
    assert c.Promise(10_700_000, 6_953_500, 10_394_000, 10_208_000, 10_580_000, "risk").words == (
        "6,953,500 of 10,700,000 impressions delivered, 97.1\u00a0% projected (10.21M to 10.58M)"
    )


def test_a_promise_of_nothing_is_drawn_empty():
    assert c.Promise(0, 0, 0, 0, 0).bars == []


@settings(max_examples=60)
@given(start=amounts, steps=st.lists(st.integers(-(10**8), 10**8), max_size=8))
def test_a_waterfall_ends_where_its_steps_lead(start, steps):
    fall = c.Waterfall(("Promised", start), [(str(n), step) for n, step in enumerate(steps)], "Projected")
    assert fall.finish == start + sum(steps)
    assert len(fall.rows) == len(steps) + 2


def test_a_waterfall_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="must add up"):
        c.Waterfall(("Promised", 4_800_000), [("Cap", -88_000)], "Projected", 4_700_000)


def test_a_hanging_sum_prints_what_is_left():
    rows = c.HangingSum(("matched", 5_240_000), [("reserved", 3_120_000, "bar"), ("held", 480_000, "bar"), ("caps", 310_000, "bar")], "available").rows
    assert [(row.op, row.figure) for row in rows] == [("", "5,240,000"), ("−", "3,120,000"), ("−", "480,000"), ("−", "310,000"), ("=", "1,330,000")]


def test_an_oversold_sum_is_red():
    row = c.HangingSum(("matched", 100), [("reserved", 119, "bar")], "available").rows[-1]
    assert (row.figure, row.tone) == ("−19", "risk")


def test_a_flight_behind_ends_left_of_today():
    first, last = datetime.date(2026, 10, 19), datetime.date(2026, 11, 29)
    drawn = c.Timeline([c.Lane("Mobile", flights=[c.Flight(first, last, 0.605, "x")])], first, last, datetime.date(2026, 11, 18))
    flight = drawn.drawn[0][1][0]
    assert share(flight.fill) == 60.5
    assert share(flight.fill) < share(drawn.today_at)


def test_flights_outside_the_days_shown_are_left_out():
    day = datetime.date
    lane = c.Lane("Line", flights=[c.Flight(day(2026, 1, 1), day(2026, 1, 5)), c.Flight(day(2026, 2, 1), day(2026, 2, 5))])
    assert len(c.Timeline([lane], day(2026, 2, 3), day(2026, 3, 1)).drawn[0][1]) == 1


def test_values_are_escaped_wherever_they_stand():
    evil = '<script>alert("x")</script>'
    values = {"stat": c.Stat(evil, evil, evil), "facts": [c.Fact(evil, "ok", evil, evil)], "evil": evil, "chart": c.Chart(evil, {"a": evil}),
              "box": c.Page("/x", 1, 1, [c.Box(evil, 0, 0, 1, 1, "", evil, evil)], evil)}  # fmt: skip
    text = "{% stat stat %}{% checklist facts %}{% badge evil %}{% state evil evil %}{% chip evil %}{% who evil %}{% face evil %}{% document box %}{% chart chart %}"
    assert "<script>alert" not in Template(text).render(Context(values))


def test_what_is_drawn_as_text_is_escaped_too():
    bad = '"><b>'
    said = c.Explanation(bad, terms=[c.Term("=", bad, bad, url=bad)], formula=[c.Term("×", bad, bad)], note=bad, as_of=bad, source_url=bad)
    template = Template("{% promise p %}{% figure f x %}{% explain x %}")
    shown = template.render(Context({"p": c.Promise(10, 5, 8, 7, 9, state=bad, unit=bad), "f": bad, "x": said}))
    assert ("<b>" in shown, "&lt;b&gt;" in shown) == (False, True)


def test_money_reads_in_its_currency():
    template = Template("{{ a|money:'USD' }} {{ a|money0:'EUR' }} {{ b|money:'JPY' }} {{ c|money_short:'USD' }} {{ a|money:'CHF' }}")
    shown = template.render(Context({"a": Decimal("-1234.5"), "b": Decimal("1200"), "c": Decimal("1940000")}))
    assert shown == "−$1,234.50 −€1,234 ¥1,200 $1.94M −CHF\u00a01,234.50"
