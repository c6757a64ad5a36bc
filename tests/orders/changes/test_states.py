"""A change order in every state of an order: every operation is taken or refused as the table says, and does what it should there."""

import datetime
from decimal import Decimal as D

import pytest

from makegood.core.errors import Invalid, Refused
from makegood.orders import snapshots
from makegood.orders.actions import approval, booking, cancelling, changing, running
from makegood.orders.changes import reading, when
from makegood.orders.models import Order, Reservation
from makegood.orders.states import OrderStatus
from makegood.work.models import Approval
from makegood.workflows import changing as workflow
from makegood.workflows.ordering import deciding
from tests.factories import catalog, delivery, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
START, END = orders.START, orders.END
MID = START + datetime.timedelta(days=7)
RUNS, OVER = (datetime.datetime.combine(day, datetime.time(17), datetime.UTC) for day in (START + datetime.timedelta(days=3), END + datetime.timedelta(days=2)))
WEEKS = [(START, MID - datetime.timedelta(days=1), 250_000), (MID, END, 250_000)]
AT = dict.fromkeys(OrderStatus.values, NOW) | {"live": RUNS, "completed": OVER, "closed": OVER}
ASKED = {  # on line 2 of two weeks, unless it says otherwise
    "order.term": {"name": "po_number", "value": "PO 1"}, "line.rename": {"name": "Home"}, "line.cut": {}, "line.product": {"product": "run-of-site"},
    "line.add": {"product": "run-of-site", "start": "2026-12-28", "end": "2026-12-31", "quantity": 1000}, "line.rate": {"rate": "11"},
    "line.quantity": {"quantity": 600_000}, "line.dates": {"end": "2026-12-23"}, "line.targeting": {"targeting": {"geo": ["US-MA"]}},
    "line.cap": {"cap": [3, 24]}, "line.priority": {"priority": "house"}, "line.conversion_days": {"days": 7}, "flight.split": {"flight": 2, "day": "2026-12-16"},
    "flight.move": {"flight": 2, "start": "2026-12-15", "end": "2026-12-20"}, "flight.shift": {"giver": 1, "taker": 2, "units": 10},
    "flight.goals": {"goals": [[1, 200_000], [2, 300_000]]}, "line.end": {"line": 1, "last": "2026-12-12"}, "delivery.pause": {"first": "2026-12-15"},
    "delivery.resume": {"day": "2026-12-15"}, "creative.swap": {"old": "1", "new": "2"}, "creative.weights": {"weight_1": "2"},
    "creative.click": {"version": "1", "url": "https://a.example/"}, "line.extend": {"end": "2026-12-31"}, "line.settle": {},
}  # fmt: skip
LACKS = {"delivery.resume": "nothing of it is paused", "creative.swap": "no such creative", "creative.weights": "no weight", "creative.click": "no such creative"}


def order_in(status: str) -> Order:
    """An order of two lines, one flight and two, brought to a state by the actions people use."""
    made = orders.order()
    product = catalog.run_of_site(requests=400_000)
    orders.line(made, product, rate=D("9") if status == "pending" else None)
    orders.line(made, product, flights=WEEKS)
    if status == "pending":
        orders.rule("discount", "15")
    if status == "draft":
        return made
    if status in ("pending", "approved"):
        return approval.submit(made, by=None, at=NOW)
    made = orders.signed(made)
    if status == "signed":
        return made
    made = booking.book(made, by=None, at=NOW)
    if status == "cancelled":
        return cancelling.cancel(made, by=None, at=NOW, why="the budget is gone")
    return _ran(made, status)


def _ran(made: Order, status: str) -> Order:
    if status != "booked":
        _move(made, 1, running.start, RUNS)
    if status in ("completed", "closed"):
        _move(made, 2, running.start, RUNS)
        delivery.count(made.lines.get(number=1), {START: 300_000})
        for number in (1, 2):
            _move(made, number, running.complete, OVER)
    if status == "closed":
        running.close(Order.objects.get(pk=made.pk), by=None, at=OVER)
    return Order.objects.get(pk=made.pk)


def _move(made: Order, number: int, verb, at: datetime.datetime) -> None:
    for flight in made.lines.get(number=number).flights.select_related("line__order"):
        verb(flight, by=None, at=at)


def test_the_table_knows_every_state_and_every_operation():
    assert set(when.TAKES) == set(OrderStatus.values)
    assert when.ALL == reading.tags().keys() == ASKED.keys()
    assert all(when.against(status, op) is None or when.against(status, op).remedy for status in when.TAKES for op in when.ALL)
    assert set(when.CHANGED_IN) == {"signed", "booked", "live", "completed"}


@pytest.mark.parametrize("status", OrderStatus.values)
def test_every_operation_in_every_state(status):
    order, at = order_in(status), AT[status]
    assert order.status == status
    before = snapshots.working(order)
    if status not in when.CHANGED_IN:
        with pytest.raises(Refused) as error:
            changing.begin(order, by=None, at=at)
        assert error.value.remedy == when.TAKES[status].remedy
        assert status != "cancelled" or error.value.message == "it was cancelled: the budget is gone."
        return
    change = changing.begin(order, by=None, at=at)
    for op, fields in ASKED.items():
        asked = {"op": op} | ({} if op in ("order.term", "line.add") else {"line": 2}) | fields
        if status == "completed" and op in when.ENDED:
            asked["line"] = 1
        no, lacks = when.against(status, op), LACKS.get(op) or (op in when.ENDED and status == "live" and "it has not ended")
        if no or lacks:
            with pytest.raises((Refused, Invalid), match=lacks if not no else None) as error:
                workflow.collect(change, asked, by=None, at=at)
            assert no is None or (error.value.message, error.value.remedy) == (no.message, no.remedy)
        else:
            workflow.collect(change, asked, by=None, at=at)
            changing.take_back(change, by=None, at=at)
    assert snapshots.working(Order.objects.get(pk=order.pk)) == before


def agreed(order: Order, *asked, at: datetime.datetime, lead=None) -> Order:
    change = changing.begin(order, by=None, at=at)
    for one in asked:
        workflow.collect(change, one, by=None, at=at)
    workflow.send(change, by=None, at=at)
    for approved in Approval.objects.filter(subject_type="orders.changeorder", status="pending"):
        deciding.decide(approved, "approved", by=lead, at=at)
    change.refresh_from_db()
    for side in ("seller", "client"):
        workflow.sign(change, side, "Somebody", by=None, at=at)
    assert change.status == "applied"
    return Order.objects.get(pk=order.pk)


def held(order: Order) -> dict[tuple[int, int], int]:
    """{(line, flight): units reserved}."""
    rows = Reservation.objects.filter(flight__line__order=order, released_at=None)
    return {(line, number): units for line, number, units in rows.values_list("flight__line__number", "flight__number", "units")}


def test_a_signed_order_changed_stays_signed_and_is_booked_as_changed():
    order = agreed(order_in("signed"), {"op": "line.quantity", "line": 1, "quantity": 600_000}, ASKED["line.add"] | {"op": "line.add"}, at=NOW)
    assert (order.status, order.revision, held(order)) == ("signed", 2, {})
    assert {(line.status, flight.status) for line in order.lines.all() for flight in line.flights.all()} == {("draft", "draft")}
    order = booking.book(order, by=None, at=NOW)
    assert (order.status, held(order)) == ("booked", {(1, 1): 600_000, (2, 1): 250_000, (2, 2): 250_000, (3, 1): 1000})


def test_a_delivery_only_change_of_a_signed_order_needs_no_other_signature():
    order = order_in("signed")
    change = changing.begin(order, by=None, at=NOW)
    workflow.collect(change, {"op": "line.cap", "line": 1, "cap": [3, 24]}, by=None, at=NOW)
    workflow.push(change, by=None, at=NOW)
    order = booking.book(Order.objects.get(pk=order.pk), by=None, at=NOW)
    assert (order.status, order.revision, order.lines.get(number=1).cap_count) == ("booked", 2, 3)


def test_over_booking_approved_with_the_change_is_booked(lead):
    orders.rule("overbooking")
    order = agreed(order_in("signed"), {"op": "line.quantity", "line": 1, "quantity": 9_000_000}, at=NOW, lead=lead)
    assert booking.book(order, by=None, at=NOW).status == "booked"


def test_withdrawn_to_a_draft_a_signed_orders_change_ends_and_numbers_go_on(account_manager):
    order = order_in("signed")
    change = changing.begin(order, by=None, at=NOW)
    workflow.collect(change, {"op": "line.quantity", "line": 1, "quantity": 600_000}, by=None, at=NOW)
    workflow.send(change, by=None, at=NOW)
    order = approval.submit(approval.withdraw(Order.objects.get(pk=order.pk), by=None, at=NOW, why="another client name"), by=None, at=NOW)
    change.refresh_from_db()
    assert (change.status, order.status, order.revision) == ("withdrawn", "approved", 3)
    assert list(order.revisions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_a_campaign_that_ended_short_is_extended_for_what_it_owes():
    order = order_in("completed")
    order = agreed(order, {"op": "line.extend", "line": 1, "end": "2026-12-31"}, at=OVER)
    line = order.lines.get(number=1)
    flights = list(line.flights.values_list("number", "start", "end", "goal", "status").order_by("number"))
    assert (order.status, order.gross, line.status, line.quantity, line.end) == ("live", D("12000.00"), "booked", 500_000, datetime.date(2026, 12, 31))
    assert flights == [(1, START, END, 300_000, "completed"), (2, OVER.date(), datetime.date(2026, 12, 31), 200_000, "booked")]
    assert held(order) == {(1, 2): 200_000}
    _move(order, 1, lambda flight, **how: running.start(flight, **how) if flight.number == 2 else None, OVER)
    _move(order, 1, lambda flight, **how: running.complete(flight, **how) if flight.number == 2 else None, OVER)
    assert Order.objects.get(pk=order.pk).status == "completed"


def test_a_campaign_that_ended_short_is_settled_at_what_ran():
    order = agreed(order_in("completed"), {"op": "line.settle", "line": 1}, at=OVER)
    line = order.lines.get(number=1)
    assert (order.status, line.status, line.quantity, line.amount, line.flights.get().goal) == ("completed", "completed", 300_000, D("3600.00"), 300_000)
    assert (order.gross, held(order)) == (D("9600.00"), {})


def test_another_line_makes_an_ended_campaign_run_again():
    order = agreed(order_in("completed"), ASKED["line.add"] | {"op": "line.add"}, at=OVER)
    assert (order.status, list(order.lines.order_by("number").values_list("status", flat=True))) == ("live", ["completed", "completed", "booked"])
    assert held(order) == {(3, 1): 1000}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"op": "line.extend", "line": 1, "end": str(END)}, "when it could run again"), ({"op": "line.extend", "line": 1, "end": "then"}, "is no day"),
        ({"op": "line.extend", "line": 3, "end": "2026-12-31"}, "no line 3"), ({"op": "line.settle", "line": 3}, "no line 3"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_or_settled_says_why(asked, said):
    change = changing.begin(order_in("completed"), by=None, at=OVER)
    with pytest.raises(Invalid, match=said):
        workflow.collect(change, asked, by=None, at=OVER)


def test_what_was_delivered_whole_is_neither_extended_nor_settled():
    order = order_in("completed")
    delivery.count(order.lines.get(number=1), {MID: 200_000})
    change = changing.begin(order, by=None, at=OVER)
    for asked in ({"op": "line.extend", "line": 1, "end": "2026-12-31"}, {"op": "line.settle", "line": 1}):
        with pytest.raises(Invalid, match="delivered what it promised"):
            workflow.collect(change, asked, by=None, at=OVER)
