"""Bringing a booked order's records to a state that operations made: one way, whoever asks, in few statements.

Checks no right and asks nobody: that is done by the verbs that call it (pushing, agreeing).
"""

import datetime
from collections.abc import Iterable, Mapping

from makegood.catalog.models import Placement, Product
from makegood.core import activity, verbs
from makegood.core.errors import Refused
from makegood.core.models import Activity, Person
from makegood.orders import changes, protected, snapshots
from makegood.orders.actions import applying_flights, booking, cancelling, drafting, running
from makegood.orders.changes.differences import between
from makegood.orders.changes.state import DESK, State
from makegood.orders.models import Line, Order

BILLING = {"source": "bill_source", "schedule": "bill_schedule", "cap": "bill_cap", "calendar": "bill_calendar"}
HEAD = ("name", "external_number", "estimate", "product_name")


@verbs.whole
def bring(order: Order, target: State, *, by: Person | None, at: datetime.datetime, why: str) -> Order:
    """Make the records what `target` says, at revision target["revision"].

    Inventory no longer wanted is released, what is wanted now reserved - of a signed order when it is booked. A completed one runs again when a line does. Raises AlreadyTaken, and Refused when the records
    would not give exactly this state.
    """
    before = snapshots.working(order)
    touched = {one.line for one in between(before, target) if one.line is not None}
    lines = {one.number: one for one in order.lines.exclude(status="cancelled").select_related("product").prefetch_related("flights")}
    wanted = {one["number"]: one for one in target["lines"]}
    _lock_placements(wanted[n] for n in touched & wanted.keys())
    products = {one.code: one for one in Product.objects.filter(code__in={wanted[n]["product"] for n in touched & wanted.keys()})}
    book = protected.Book.of(order, [one.pk for one in products.values()])
    for number in sorted(touched & lines.keys() - wanted.keys()):
        cancelling.stop(lines[number], by, at, why)
    _change(order, [(lines[n], wanted[n]) for n in sorted(touched & lines.keys() & wanted.keys())], products, book, by, at, why)
    _add(order, [wanted[n] for n in sorted(touched & wanted.keys() - lines.keys())], products, book, by, at, why)
    _head(order, target, by, at, why)
    drafting.retotal(order, by=by, at=at)
    activity.change(order, "order.revised", by=by, at=at, why=why, visible_to_client=True, revision=target["revision"])
    running.runs_again(order, by=by, at=at, why=why)
    _same(order, target)
    return order


def _lock_placements(rows: Iterable[State]) -> None:
    """In the order of ids, as booking does: two orders that want the same places wait for one another."""
    places = {pk for row in rows for flight in row["flights"] for pk in flight["placements"]}
    list(Placement.objects.select_for_update(no_key=True).filter(pk__in=places).order_by("pk").values_list("pk", flat=True))


def _change(
    order: Order, pairs: list[tuple[Line, State]], products: Mapping[str, Product], book: protected.Book, by: Person | None, at: datetime.datetime, why: str
) -> None:
    """Lines that stay, in one statement, each with its activity; then their flights."""
    entries = []
    for line, row in pairs:
        facts = applying_flights.facts(row, products[row["product"]], book, line)
        was = {name: activity.plain(getattr(line, name)) for name, value in facts.items() if getattr(line, name) != value}
        for name, value in facts.items():
            setattr(line, name, value)
        after = {name: activity.plain(getattr(line, name)) for name in was}
        if was:
            entries.append(activity.entry(line, "line.changed", by=by, at=at, why=why, before=was, after=after))
    Line.objects.bulk_update([line for line, _ in pairs], applying_flights.LINE_FIELDS)
    Activity.objects.bulk_create(entries)
    booked = order.status != "signed"
    moved, follows = applying_flights.bring(pairs, booked=booked, by=by, at=at, why=why)
    booking.reserve(moved if booked else (), at)
    for line in follows:
        running.follow(line, by=by, at=at, why=why)


def _add(
    order: Order, rows: list[State], products: Mapping[str, Product], book: protected.Book, by: Person | None, at: datetime.datetime, why: str
) -> None:
    """Lines that are new, booked at once where the order is."""
    made = Line.objects.bulk_create(
        Line(order=order, number=row["number"], **applying_flights.facts(row, products[row["product"]], book)) for row in rows
    )
    booked = order.status != "signed"
    moved = applying_flights.add(list(zip(made, rows, strict=True)), booked=booked, by=by, at=at, why=why)
    booking.reserve(moved if booked else (), at)


def _head(order: Order, target: State, by: Person | None, at: datetime.datetime, why: str) -> None:
    billing, desk = target["billing"], target[DESK]
    found = {name: target[name] for name in HEAD} | {ours: billing[theirs] for theirs, ours in BILLING.items()}
    found |= {"payment_days": billing["payment_days"], "po_number": desk["po_number"], "notes": desk["notes"]}
    numbers = {"commission_pct": target["commission_pct"], "tolerance_pct": billing["tolerance_pct"]}
    found |= {name: Order._meta.get_field(name).to_python(value) for name, value in numbers.items()}
    activity.change(order, "order.changed", by=by, at=at, why=why, **found)


def _same(order: Order, target: State) -> None:
    """The records give the state that was previewed, approved and signed, or nothing of it happens."""
    now = snapshots.working(order)
    off = between(target, now)
    if off or changes.promised(now) | {"advertiser": None, "agency": None} != changes.promised(target) | {"advertiser": None, "agency": None}:
        place = f"{order}, {off[0].place}" if off else str(order)
        raise Refused("its records would not be what was agreed.", place=place, remedy="Collect the change anew.")
