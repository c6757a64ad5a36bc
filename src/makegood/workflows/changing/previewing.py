"""What a pending change would do, before it does: money, capacity, approvals, bills, who is told. Nothing of it stays."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.billing.models import Invoice
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders import queries as orders
from makegood.orders.actions import (
    refusing,
    rehearsing,
    revising,
    sending,
    telling,
)
from makegood.orders.availability import Avails
from makegood.orders.changes import effects, pausing
from makegood.orders.changes.progress import Progress
from makegood.orders.models import ChangeOrder
from makegood.orders.needs import Need
from makegood.orders.queries import aims, changes
from makegood.orders.queries.aims import Aimed
from makegood.orders.queries.changes import ChangeView
from makegood.workflows.changing import consequences, creatives, planned, progress
from makegood.workflows.changing.consequences import Outlook
from makegood.workflows.changing.creatives import Shown
from makegood.workflows.changing.planned import Kept

ISSUED = ("issued", "paid")
NOTHING = rehearsing.Rehearsed((), {})
TERMS = ("commission_pct", "source", "schedule", "cap", "calendar", "payment_days", "tolerance_pct")


@dataclasses.dataclass(frozen=True)
class Touched:
    """An issued bill that concerns what changes. It stays as issued; the next one bills to the new terms."""

    invoice: Invoice
    lines: tuple[int, ...]
    gross: Decimal


@dataclasses.dataclass(frozen=True)
class Told:
    """Somebody who hears of it, and what they are asked."""

    who: str
    what: str


@dataclasses.dataclass(frozen=True)
class Preview:
    """The view with what only the whole house knows; `refused` is what the commit would be refused with."""

    view: ChangeView
    needs: tuple[Need, ...]
    capacity: tuple[tuple[int, str, Avails], ...]
    invoices: tuple[Touched, ...]
    told: tuple[Told, ...]
    refused: Refused | None = None
    aims: tuple[Aimed, ...] = ()
    outlook: tuple[Outlook, ...] = ()
    shown: tuple[Shown, ...] = ()
    plan: Kept | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be sent or pushed as it is."""
        return bool(self.view.rows or effects.of(self.view.operations)) and not (self.view.problems or self.view.stale or self.refused)


def preview(actor: Person, change_id: int, *, at: datetime.datetime) -> Preview:
    """The change `change_id` as it would come out today. ChangeOrder.DoesNotExist as orders.change_view."""
    found = orders.change_list(actor).get(pk=change_id)
    return of(found, at=at)


def of(change: ChangeOrder, *, at: datetime.datetime) -> Preview:
    """The same for one that was found."""
    ran = progress.of(change.order, at)
    view = changes.view(change, ran)
    tried = _tried(view, ran, at) if (view.rows or effects.of(view.operations)) and not view.problems and not view.stale else Tried()
    names = {one["number"]: one["name"] for one in view.after["lines"]}
    capacity = tuple((number, names[number], one) for number, one in sorted(tried.made.avails.items()))
    aimed = aims.aimed(change.order, view.before, view.after, tuple(one.difference for one in view.rows), at=at)
    told = _told(view, tried.made.needs)
    plan = planned.of(view.after) if view.commercial else None
    return Preview(view, tried.made.needs if view.commercial else (), capacity, _touched(view), told, tried.refused, aimed, tried.outlook, tried.shown, plan)


@dataclasses.dataclass(frozen=True)
class Tried:
    """What doing it and taking it back has shown, or what it was refused with."""

    made: rehearsing.Rehearsed = NOTHING
    outlook: tuple[Outlook, ...] = ()
    shown: tuple[Shown, ...] = ()
    refused: Refused | None = None


def _tried(view: ChangeView, ran: Progress, at: datetime.datetime) -> Tried:
    change = view.change
    try:
        refusing.operations(change, view.operations, ran)
        made = NOTHING
        if view.rows:
            target = sending.numbered(change, revising.next_number(change.order))
            made = rehearsing.rehearse(change.order, change.base, target, ran, by=None, at=at)
        stops = pausing.planned(view.operations, view.after, ran)
        outlook = consequences.of(change.order, stops, ran, at=at) if stops else ()
        return Tried(made, outlook, tuple(creatives.tried(change.order, view.operations, at=at)))
    except Refused as error:  # shown as what it would be; nothing has changed
        return Tried(refused=error)


def _touched(view: ChangeView) -> tuple[Touched, ...]:
    whole = any(one.difference.field in TERMS for one in view.rows)
    rows = Invoice.objects.filter(order=view.change.order, status__in=ISSUED).prefetch_related("lines__line").order_by("period_start", "pk")
    found = []
    for invoice in rows:
        own = [one for one in invoice.lines.all() if whole or one.line.number in view.lines]
        if own:
            found.append(Touched(invoice, tuple(sorted({one.line.number for one in own})), sum((one.amount for one in own), Decimal(0))))
    return tuple(found)


def _told(view: ChangeView, needs: tuple[Need, ...]) -> tuple[Told, ...]:
    order = view.change.order
    found = [Told(one.name, "is told") for one in telling.people(order)]
    if any(isinstance(one, pausing.OPERATIONS) for one in view.operations):
        found.append(Told(str(order.bill_to), "reads in the conversation what is paused, and why"))
    if view.commercial:
        kinds = ", ".join(sorted({one.kind.replace("_", " ") for one in needs}))
        found += [Told("Approvers", f"decide on {kinds}")] if kinds else []
        found += [Told(str(order.bill_to), "signs it"), Told(str(order.account_manager), "signs for us")]
    return tuple(found)
