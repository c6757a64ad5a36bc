"""Whether a change order can be: its order's state, what ran and is billed, protected rates, what somebody else changed meanwhile."""

from collections.abc import Sequence

from makegood.core.errors import Invalid, Refused
from makegood.core.models import Activity
from makegood.orders import changes, protected, snapshots
from makegood.orders.actions import revising
from makegood.orders.changes import classes, effects, limits, pausing, when
from makegood.orders.changes.differences import between
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.progress import Progress
from makegood.orders.changes.state import State
from makegood.orders.models import ChangeOrder, Order


def state(order: Order, *ops: str) -> None:
    """Raise Refused when the order's state takes no change order, or none of one of these operations; a cancelled one says why it was."""
    status = revising.lock(order).status
    why = ""
    if status == "cancelled":
        said = Activity.objects.filter(subject_type="orders.order", subject_id=order.pk, verb="order.cancelled").order_by("-pk")
        why = said.values_list("why", flat=True).first() or ""
    for op in ops or ("",):
        when.refuse(status, str(order), op, why)


def problems(before: State, after: State, ran: Progress) -> None:
    """Raise Invalid at the first thing that no longer can be."""
    for problem in limits.problems(before, after, between(before, after), ran):
        raise Invalid(problem.message, place=problem.place, remedy=problem.remedy)


def impossible(order: Order, before: State, after: State, ran: Progress) -> None:
    """The same, and at the first rate above what an agreement protects."""
    problems(before, after, ran)
    protected.check_changed(order, before, after)


def operations(change: ChangeOrder, operations: Sequence[Operation], ran: Progress) -> State:
    """The state they make of the base. Raises Invalid at the first thing that cannot be, in it or in what they do to delivery."""
    after = changes.applied(change.base, operations)
    impossible(change.order, change.base, after, ran)
    effects.refuse_mixed(operations, classes.of(between(change.base, after), change.base, after))
    pausing.planned(operations, after, ran)
    return after


def stale(change: ChangeOrder) -> None:
    """Raise Refused, with both values of the first fields, when somebody changed the order since the change was begun."""
    moved = between(change.base, snapshots.working(Order.objects.get(pk=change.order_id)))
    if moved:
        said = "; ".join(f"{one.place} was {one.before}, is {one.after}" for one in moved[:3]) + (f" and {len(moved) - 3} more" if len(moved) > 3 else "")
        raise Refused(f"the order was changed meanwhile: {said}.", place=str(change), remedy="Look at both and base the change on the order as it is.")
