"""Change orders as far as an actor may see them: lists, one in full, what is to be signed."""

import dataclasses

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from makegood.core import visibility
from makegood.core.models import Person
from makegood.orders import changes, snapshots
from makegood.orders.changes import classes, limits, money
from makegood.orders.changes.classes import Class, Classed
from makegood.orders.changes.differences import Difference, between
from makegood.orders.changes.limits import Problem
from makegood.orders.changes.money import Consequence
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.progress import Progress
from makegood.orders.changes.state import State
from makegood.orders.models import ChangeOrder, Order, Revision, Signature
from makegood.orders.queries.revisions import RevisionDiff, diff

FOR_CLIENTS = ("approved", "signed", "applied")


@dataclasses.dataclass(frozen=True)
class ChangeView:
    """A change order: its operations, the state before and after, what differs with its class, the money, what cannot be.

    `stale` are differences between the state it was begun on and the order as it is now, both values in each.
    """

    change: ChangeOrder
    operations: tuple[Operation, ...]
    before: State
    after: State
    rows: tuple[Classed, ...]
    kind: Class
    money: Consequence
    problems: tuple[Problem, ...]
    stale: tuple[Difference, ...]

    @property
    def commercial(self) -> bool:
        """Whether it is approved and signed."""
        return self.kind is Class.COMMERCIAL

    @property
    def lines(self) -> frozenset[int]:
        """Numbers of the lines it touches."""
        return frozenset(one.difference.line for one in self.rows if one.difference.line is not None)


@dataclasses.dataclass(frozen=True)
class ToSign:
    """A change that waits for a client's signature: the revision that is signed, and what it changes of the one in effect."""

    change: ChangeOrder
    order: Order
    revision: Revision
    diff: RevisionDiff


def change_list(actor: Person) -> QuerySet[ChangeOrder]:
    """Change orders with their order, newest first; clients see theirs once they are out for signature."""
    rows = ChangeOrder.objects.select_related("order__advertiser__party", "order__agency__party", "order__account_manager", "order__campaign_manager", "order__trafficker", "order__contract", "by", "revision")
    mine = visibility.scoped(rows, actor, "order__advertiser_id", "order__agency_id", client_only=Q(status__in=FOR_CLIENTS))
    return mine.prefetch_related(Prefetch("revision__signatures", Signature.objects.order_by("pk"))).order_by("-at", "-pk")


def open_change(actor: Person, order: Order) -> ChangeOrder | None:
    """The one that has not ended yet; one at most."""
    return change_list(actor).filter(order=order, status__in=ChangeOrder.OPEN).first()


def change_view(actor: Person, change_id: int, ran: Progress) -> ChangeView:
    """One in full; ChangeOrder.DoesNotExist when there is none that `actor` may see."""
    return view(change_list(actor).get(pk=change_id), ran)


def view(change: ChangeOrder, ran: Progress) -> ChangeView:
    """The same for one that was found."""
    operations = tuple(changes.read(one) for one in change.operations)
    after = changes.applied(change.base, operations)
    found = between(change.base, after)
    going = change.status in ChangeOrder.OPEN
    return ChangeView(
        change, operations, change.base, after, classes.classed(found), classes.of(found, change.base, after), money.of(change.base, after),
        limits.problems(change.base, after, found, ran) if going else (), between(change.base, snapshots.working(change.order)) if going else (),
    )  # fmt: skip


def unsigned() -> QuerySet[ChangeOrder]:
    """Changes out for signature that the client has not signed."""
    signed = Signature.objects.filter(revision=OuterRef("revision"), side=Signature.Side.CLIENT)
    return ChangeOrder.objects.filter(~Exists(signed), status="approved")


def to_sign(actor: Person) -> list[ToSign]:
    """What waits for this client's signature, the oldest first. Three queries, however many."""
    rows = list(change_list(actor).filter(pk__in=unsigned().values("pk")).order_by("at", "pk"))
    current = {(one.order_id, one.number): one for one in Revision.objects.filter(order__in=[row.order_id for row in rows])}
    return [
        ToSign(row, row.order, row.revision, diff(current[row.order_id, row.order.revision], row.revision))
        for row in rows if row.revision is not None and (row.order_id, row.order.revision) in current
    ]  # fmt: skip
