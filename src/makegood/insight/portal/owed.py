"""What a client owes, from facts: a signature, files in every size, corrections, an answer. What was sent is not asked again."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Sequence

from makegood.core.models import Person
from makegood.creatives import guidance, shapes, specs
from makegood.creatives.models import ExceptionRequest, Version
from makegood.creatives.queries import lists
from makegood.engine.specs import Profile
from makegood.insight.portal.campaigns import Going
from makegood.orders import queries as orders_queries
from makegood.orders.models import Flight, Order
from makegood.orders.queries.changes import ToSign
from makegood.trafficking.queries import readiness
from makegood.work import queries
from makegood.work.models import Task


@dataclasses.dataclass(frozen=True)
class Thing:
    """One thing to do. `does` is sign, change, upload, resend or answer; `creative_id` the file to replace."""

    does: str
    order: Order
    title: str
    text: str
    due_at: datetime.datetime | None
    creative_id: int | None = None

    def late(self, at: datetime.datetime) -> bool:
        """Whether it was due before now."""
        return self.due_at is not None and self.due_at < at


@dataclasses.dataclass(frozen=True)
class Advert:
    """One advertisement of a campaign: wanted in a size, or sent. `state` is missing, looking, change, asked (an exception), approved or off.

    `needs` are (what, how) of the spec.
    """

    name: str
    size: str
    state: str
    guidance: str = ""
    due_at: datetime.datetime | None = None
    creative_id: int | None = None
    version: Version | None = None
    needs: tuple[tuple[str, str], ...] = ()
    width: int | None = None
    height: int | None = None


def adverts(actor: Person, running: Sequence[Going], at: datetime.datetime) -> dict[int, list[Advert]]:
    """{order id: what is missing first, then what was sent}, for the campaigns given; a fixed number of queries."""
    orders = {one.order.pk: one.order for one in running}
    sent = _sent(actor, orders)
    flights = list(Flight.objects.filter(line__order__in=orders).exclude(status__in=("cancelled", "completed")).exclude(placement_ids=[]).select_related("line__product"))
    facts = readiness.creatives([flight.pk for flight in flights], at=at) if flights else {}
    due = {(task.subject_id, task.key): task.due_at for task in _tasks(actor) if task.subject_type == "orders.line"}
    profiles = specs.known() if flights else ()
    missing: dict[int, dict[str, Advert]] = defaultdict(dict)
    for flight in flights:
        one = facts[flight.pk]
        for size in one.lacking:
            if size not in one.waiting and size not in one.approved:
                wanted = _wanted(flight, size, due.get((flight.line_id, f"creative:{size}"[:60])), profiles)
                missing[flight.line.order_id].setdefault(size, wanted)
    return {pk: [*missing[pk].values(), *sorted(sent[pk], key=lambda ad: ("change", "asked", "looking", "approved", "off").index(ad.state))] for pk in orders}


def _wanted(flight: Flight, size: str, due_at: datetime.datetime | None, profiles: Sequence[Profile]) -> Advert:
    """A file that is missing, with what it must be."""
    width, times, height = size.partition("×")
    shape = (int(width), int(height)) if times and width.isdecimal() and height.isdecimal() else (None, None)
    needs = tuple(specs.wanted(flight.line.product.spec_profile, shape, profiles))
    return Advert(flight.line.name, size, "missing", due_at=due_at, needs=needs, width=shape[0], height=shape[1])


def _sent(actor: Person, orders: dict[int, Order]) -> dict[int, list[Advert]]:
    """The newest version of every creative of these campaigns."""
    rows = lists.versions(actor).filter(creative__root_type="orders.order", creative__root_id__in=orders).order_by("creative_id", "number")
    newest = {version.creative_id: version for version in rows}
    asked = set(ExceptionRequest.objects.filter(version__in=[one.pk for one in newest.values()], status="asked").values_list("version", flat=True))
    found: dict[int, list[Advert]] = defaultdict(list)
    for version in newest.values():
        state = "asked" if version.pk in asked else {"approved": "approved", "failed": "change", "rejected": "change", "withdrawn": "off"}.get(version.status, "looking")
        text = guidance.compose(version.verdict, version.findings) if version.status == "failed" else ""
        creative = version.creative
        found[creative.root_id].append(Advert(creative.name, shapes.label(creative), state, text, None, creative.pk, version))  # type: ignore[index]
    return found


def things(actor: Person, running: Sequence[Going], ads: dict[int, list[Advert]], at: datetime.datetime) -> list[Thing]:
    """What needs the client: signatures and files before answers, what still runs before what is over, then by due date."""
    by_id = {one.order.pk: one.order for one in running}
    found = [_sign(one.order) for one in running if one.stage == "sign" and not one.signed]
    if any(one.order.change_waits for one in running):  # type: ignore[attr-defined]
        found += [_change(one) for one in orders_queries.to_sign(actor) if one.order.pk in by_id]
    found += [thing for task in _tasks(actor) if (thing := _asked(task, by_id, ads))]
    far = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    over = {one.order.pk for one in running if one.stage == "over"}
    return sorted(found, key=lambda one: (one.order.pk in over, one.does == "answer", one.due_at or far, one.title))


def _sign(order: Order) -> Thing:
    text = f"{order.start.day} {order.start:%B} to {order.end.day} {order.end:%B}. Nothing is kept for you until it is signed."
    return Thing("sign", order, f"Sign the order for {order.name}", text, datetime.datetime.combine(order.start, datetime.time(), datetime.UTC))


def _change(one: ToSign) -> Thing:
    moved = f"{one.diff.currency} {one.diff.net_delta:+,.2f} net. " if one.diff.net_delta else ""
    text = f"{moved}Your campaign runs as it was signed until both sides agree to the change."
    return Thing("sign", one.order, f"Sign the change of {one.order.name}", text, None)


def _asked(task: Task, orders: dict[int, Order], ads: dict[int, list[Advert]]) -> Thing | None:
    """A task as the client reads it; None when its file was sent or its campaign is not theirs to see."""
    if task.subject_type == "creatives.creative":
        advert = next((ad for found in ads.values() for ad in found if ad.creative_id == task.subject_id), None)
        order = orders.get(task.root_id) or next((orders[pk] for pk, found in ads.items() if advert in found), None)
        if order is None or (advert is not None and advert.state != "change"):
            return None
        return Thing("resend", order, task.title, task.detail, task.due_at, task.subject_id)
    order = orders.get(task.root_id) if task.root_type == "orders.order" else None
    if order is None:
        return None
    if task.key.startswith("creative:"):
        size = task.key.removeprefix("creative:")
        wanted = any(ad.state == "missing" and ad.size[:51] == size for ad in ads.get(order.pk, ()))
        text = f"Needed for {order.name}, which starts on {order.start.day} {order.start:%B}."
        return Thing("upload", order, f"Send the {size} advertisement", text, task.due_at) if wanted else None
    if task.key == "click_url":
        return Thing("answer", order, "Where should a click lead?", f"We need the address of the page for {order.name}.", task.due_at)
    return Thing("answer", order, ASKS.get(task.key, task.title), task.detail or f"Needed for {order.name}.", task.due_at)


ASKS = {"po_number": "Your purchase order number"}


def _tasks(actor: Person) -> list[Task]:
    """Open tasks the client owes; asked for once an actor and page."""
    if not hasattr(actor, "_owed_tasks"):
        rows = queries.task_list(actor).filter(status="open", owed_by__isnull=False).order_by("due_at", "pk")
        actor._owed_tasks = list(rows)  # type: ignore[attr-defined]
    return actor._owed_tasks  # type: ignore[attr-defined,no-any-return]
