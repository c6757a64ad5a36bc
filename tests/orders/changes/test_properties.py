"""Invariants of operations on random orders: applied they give the new order, taken back the old bytes, their deltas add up."""

import datetime
import itertools
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.core.errors import Invalid
from makegood.orders import changes
from makegood.orders.changes import classes, limits, money
from makegood.orders.changes.differences import between
from makegood.orders.changes.progress import LineRan, Progress
from makegood.orders.changes.state import canonical, totalled

FIRST = datetime.date(2027, 1, 4)
DAYS = st.integers(0, 120).map(lambda days: FIRST + datetime.timedelta(days=days))
RATES = st.decimals("0.01", "90", places=4)
UNITS = st.integers(10, 5_000_000)


def flights(start: datetime.date, end: datetime.date, quantity: int, parts: int) -> list[dict]:
    """Up to `parts` slices of the days that sum to the quantity."""
    span = (end - start).days + 1
    parts = min(parts, span, quantity)
    firsts = [start + datetime.timedelta(days=span * number // parts) for number in range(parts)]
    lasts = [*(one - datetime.timedelta(days=1) for one in firsts[1:]), end]
    goals = [quantity * (number + 1) // parts - quantity * number // parts for number in range(parts)]
    rows = enumerate(zip(firsts, lasts, goals, strict=True), 1)
    return [{"number": number, "start": one.isoformat(), "end": two.isoformat(), "goal": goal, "placements": [1]} for number, (one, two, goal) in rows]


@st.composite
def line(draw, number: int) -> dict:
    one, two, quantity = draw(DAYS), draw(DAYS), draw(UNITS)
    start, end = min(one, two), max(one, two)
    return {
        "number": number, "product": "run-of-site", "name": f"Line {number}", "start": start.isoformat(), "end": end.isoformat(), "rate_type": "CPM",
        "rate": f"{draw(RATES):.4f}", "quantity": quantity, "unit": "impressions", "amount": f"{draw(st.decimals(0, 90000, places=2)):.2f}",
        "targeting": {}, "priority": "guaranteed", "cap": None, "flights": flights(start, end, quantity, draw(st.integers(1, 4))),
    }  # fmt: skip


@st.composite
def state(draw) -> changes.State:
    rows = [draw(line(number)) for number in range(1, draw(st.integers(2, 5)))]
    return totalled({
        "number": "MG-1", "revision": 1, "name": "Winter", "external_number": "", "advertiser": {"id": 1, "name": "A"}, "agency": None,
        "currency": "USD", "gross": "0", "commission_pct": draw(st.sampled_from(["0.000", "15.000", "12.500"])), "net": "0", "zone": "UTC",
        "estimate": "", "product_name": "", "desk": {"po_number": "", "notes": ""}, "lines": rows,
        "billing": {"source": "delivered", "schedule": "monthly", "cap": "cumulative", "calendar": draw(st.sampled_from(["calendar", "broadcast"])),
                    "payment_days": 30, "tolerance_pct": "10.00"},
    })  # fmt: skip


@st.composite
def asked(draw, numbers: list[int]) -> dict:
    """Any operation, often one that cannot be."""
    of, one, two = draw(st.sampled_from(numbers)), draw(DAYS), draw(DAYS)
    kinds = {
        "line.rename": {"name": draw(st.text("abc ", max_size=9))}, "line.quantity": {"quantity": draw(UNITS)}, "line.rate": {"rate": str(draw(RATES))},
        "line.dates": {"start": str(one), "end": str(two)}, "line.cap": {"cap": draw(st.sampled_from([None, [3, 24], [0, 1]]))}, "line.cut": {},
        "line.priority": {"priority": draw(st.sampled_from(["house", "guaranteed", "first"]))}, "line.targeting": {"targeting": {"geo": ["US-MA"]}},
        "line.conversion_days": {"days": draw(st.sampled_from([7, 30]))}, "flight.split": {"flight": 1, "day": str(one), "number": 40 + draw(st.integers(0, 9))},
        "flight.move": {"flight": 1, "start": str(one), "end": str(two)}, "flight.shift": {"giver": 1, "taker": 2, "units": draw(st.integers(1, 900))},
        "line.end": {"last": str(one), "quantity": draw(UNITS), "amount": str(draw(st.integers(0, 900)))}, "line.product": {"product": "takeover", "placements": [9, 2]},
        "line.add": {"line": draw(st.integers(50, 59)), "product": "run-of-site", "name": "More", "start": str(min(one, two)), "end": str(max(one, two)),
                     "rate_type": "CPM", "rate": "5", "quantity": 700, "unit": "impressions", "amount": "3.50",
                     "flights": [{"number": 1, "start": str(min(one, two)), "end": str(max(one, two)), "goal": 700}]},
        "order.term": draw(st.sampled_from([{"name": "commission_pct", "value": "7.5"}, {"name": "payment_days", "value": 45}, {"name": "notes", "value": "x"}])),
    }  # fmt: skip
    op = draw(st.sampled_from(sorted(kinds)))
    return {"op": op, **({} if op == "order.term" else {"line": of}), **kinds[op]}


def collected(start: changes.State, wanted: list[dict]) -> list[changes.Operation]:
    """Those of the operations that can be, one after another: as a person collects them."""
    done, now = [], start
    for one in wanted:
        try:
            operation = changes.read(one)
            now = operation.apply(now)
        except Invalid:
            continue
        done.append(operation)
    return done


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_applied_one_by_one_or_from_json_they_give_the_same_order_and_taken_back_the_old_bytes(data):
    start = data.draw(state())
    before = canonical(start)
    done = collected(start, data.draw(st.lists(asked([one["number"] for one in start["lines"]]), max_size=8)))
    states = [start]
    for one in done:
        states.append(one.apply(states[-1]))
    assert canonical(start) == before
    for count, wanted in enumerate(states):
        again = changes.applied(start, [changes.read(one) for one in changes.written(done[:count])])
        assert canonical(again) == canonical(wanted)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_deltas_of_lines_and_months_add_up_and_revisions_sum_to_the_difference(data):
    start = data.draw(state())
    done = collected(start, data.draw(st.lists(asked([one["number"] for one in start["lines"]]), max_size=8)))
    states = [start]
    for one in done:
        states.append(one.apply(states[-1]))
    steps = [money.of(old, new) for old, new in itertools.pairwise(states)]
    whole = money.of(start, states[-1])
    for one in [*steps, whole]:
        assert sum((moved.delta for moved in one.lines), Decimal(0)) == one.gross.delta
    for one in states:
        assert sum(money.by_month(one).values(), Decimal(0)) == Decimal(one["gross"])
    assert sum((one.gross.delta for one in steps), Decimal(0)) == whole.gross.delta
    assert sum((one.net.delta for one in steps), Decimal(0)) == whole.net.delta


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_line_sums_and_what_is_delivery_only_moves_no_money_day_or_unit(data):
    start = data.draw(state())
    done = collected(start, data.draw(st.lists(asked([one["number"] for one in start["lines"]]), max_size=5)))
    after = changes.applied(start, done)
    for one in after["lines"]:
        assert sum(flight["goal"] for flight in one["flights"]) == one["quantity"]
        assert all(one["start"] <= flight["start"] <= flight["end"] <= one["end"] for flight in one["flights"])
    if classes.of(between(start, after), start, after) is classes.Class.DELIVERY:
        sold = [
            [(one["number"], one["product"], one["start"], one["end"], one["quantity"], one["amount"], one["rate"]) for one in state["lines"]]
            for state in (start, after)
        ]
        assert sold[0] == sold[1] and (start["gross"], start["net"], start["billing"]) == (after["gross"], after["net"], after["billing"])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_without_problems_nothing_delivered_or_billed_is_lost(data):
    start = data.draw(state())
    done = collected(start, data.draw(st.lists(asked([one["number"] for one in start["lines"]]), max_size=4)))
    after = changes.applied(start, done)
    ran = {
        one["number"]: LineRan("live", delivered=data.draw(st.integers(0, one["quantity"])), billed=Decimal(one["amount"]) / 2)
        for one in start["lines"] if data.draw(st.booleans())
    }  # fmt: skip
    if limits.problems(start, after, between(start, after), Progress(FIRST + datetime.timedelta(days=30), ran)):
        return
    new = {one["number"]: one for one in after["lines"]}
    for one in start["lines"]:
        had = ran.get(one["number"])
        if had is not None and had.begun:
            kept = new[one["number"]]
            assert kept["start"] == one["start"] and kept["quantity"] >= min(had.delivered, one["quantity"]) and Decimal(kept["amount"]) >= min(had.billed, Decimal(one["amount"]))
