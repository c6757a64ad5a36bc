"""A change order in each of its states."""

import datetime

from makegood.catalog.actions import supply
from makegood.catalog.models import Placement
from makegood.core import activity
from makegood.orders.actions import cancelling, changing
from makegood.orders.models import Order
from makegood.workflows import changing as workflow
from tests.factories import orders
from tests.permissions.scenes.orders import ahead
from tests.permissions.scenes.setting import Sent, scene

DAY = datetime.timedelta(days=1)
CAP = {"op": "line.cap", "line": 1, "cap": [3, 24]}
MORE = {"op": "line.quantity", "line": 1, "quantity": 60_000}


def begun(w, at, *operations, order=None):
    """A change being collected, on a campaign that is booked."""
    order = order or orders.booked(ahead(w, at))
    change = changing.begin(order, by=w.people["A"], at=at, reason="They ask")
    for one in operations:
        workflow.collect(change, one, by=w.people["A"], at=at)
    return change


@scene("change-collect")
def collect(w, at):
    return Sent({"op": "line.cap", "line": "1", "cap_count": "2", "cap_hours": "9"}, {"change_id": begun(w, at).pk})


@scene("change-undo")
def undo(w, at):
    return Sent({}, {"change_id": begun(w, at, CAP, MORE).pk})


@scene("change-earlier")
def earlier(w, at):
    return Sent({"position": "1"}, {"change_id": begun(w, at, CAP, MORE).pk})


@scene("change-push")
def push(w, at):
    return Sent({"why": "They see it too often"}, {"change_id": begun(w, at, CAP).pk})


@scene("change-send")
def send(w, at):
    return Sent({"why": "They want more"}, {"change_id": begun(w, at, MORE).pk})


@scene("change-rebase")
def rebase(w, at):
    change = begun(w, at, MORE)
    activity.change(Order.objects.get(pk=change.order_id), "order.edited", by=None, at=at, po_number="PO-9")
    return Sent({}, {"change_id": change.pk})


@scene("change-take-effect")
def take_effect(w, at):
    """Signed when somebody else had the room; now it is free again."""
    supply.record_days(Placement.objects.get(pk=w.ids["placement_id"]), {at.date() - n * DAY: 1_000_000 for n in range(1, 60)}, by=None)
    change = begun(w, at, {"op": "line.quantity", "line": 1, "quantity": 9_000_000})
    rival = orders.booked(ahead(w, at, quantity=9_000_000, name="Another"))
    workflow.send(change, by=w.people["A"], at=at)
    for side in ("seller", "client"):
        workflow.sign(change, side, "Somebody", by=None, at=at)
    cancelling.cancel(rival, by=None, at=at, why="they found another")
    return Sent({}, {"change_id": change.pk})


@scene("change-begin")
def begin(w, at):
    return Sent({}, {"order_id": orders.booked(ahead(w, at)).pk})
