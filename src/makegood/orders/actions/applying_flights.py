"""Flights brought to a state: changed, added, taken out, with what each has reserved. Part of `applying`."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from makegood.catalog.models import Product
from makegood.core import activity, transitions
from makegood.core.models import Activity, Person
from makegood.engine.plan import CONVERSION_DAYS
from makegood.orders import protected
from makegood.orders.changes.state import State, day
from makegood.orders.models import Flight, Line, Reservation

LINE_FIELDS = (
    "product", "name", "start", "end", "rate_type", "rate", "card_rate", "quantity", "unit", "amount", "targeting", "priority", "cap_count",
    "cap_hours", "conversion_days",
)  # fmt: skip
FLIGHT_FIELDS = ("start", "end", "goal", "placement_ids")
Pair = tuple[Line, State]
Placed = list[tuple[Line, Flight]]


def facts(row: State, product: Product, book: protected.Book, line: Line | None = None) -> dict[str, Any]:
    """A line's fields as its record has them; the card rate is asked anew where product or first day are."""
    count, hours = row["cap"] or (None, None)
    same = line is not None and line.product_id == product.pk and line.start == day(row["start"])
    card = None if same else book.card(product.pk, day(row["start"]))
    rate = line.card_rate if same and line else card.rate if card and row["rate_type"] == product.rate_type else None
    return {
        "product": product, "name": row["name"], "start": day(row["start"]), "end": day(row["end"]), "rate_type": row["rate_type"],
        "rate": Decimal(row["rate"]), "card_rate": rate,
        "quantity": row["quantity"], "unit": row["unit"], "amount": Decimal(row["amount"]), "targeting": row["targeting"],
        "priority": row["priority"], "cap_count": count, "cap_hours": hours, "conversion_days": row.get("conversion_days", CONVERSION_DAYS),
    }  # fmt: skip


def bring(pairs: Sequence[Pair], *, booked: bool, by: Person | None, at: datetime.datetime, why: str) -> tuple[Placed, list[Line]]:
    """The flights of lines that stay as their states have them: those to be reserved anew, and the lines whose status may follow."""
    gone: list[Flight] = []
    changed: Placed = []
    added: list[Pair] = []
    entries = []
    for line, row in pairs:
        here = {one.number: one for one in line.flights.all() if one.status != "cancelled"}
        wanted = {one["number"]: one for one in row["flights"]}
        gone += [one for number, one in here.items() if number not in wanted]
        added += [(line, row | {"flights": [wanted[number] for number in sorted(wanted.keys() - here.keys())]})]
        for number in sorted(here.keys() & wanted.keys()):
            was = _set(here[number], wanted[number])
            if was:
                changed.append((line, here[number]))
                after = {name: activity.plain(getattr(here[number], name)) for name in was}
                entries.append(activity.entry(here[number], "flight.changed", by=by, at=at, why=why, before=was, after=after))
    Flight.objects.bulk_update([one for _, one in changed], FLIGHT_FIELDS)
    Activity.objects.bulk_create(entries)
    transitions.move_all(gone, "cancelled", by=by, at=at, why=why)
    freed = [*gone, *(one for _, one in changed)]
    Reservation.objects.filter(flight__in=freed, released_at=None).update(released_at=at)
    lost = {one.line_id for one in gone}
    again = {line.pk for line, row in added if row["flights"] and line.status == "completed"}
    open_ = [(line, one) for line, one in changed if one.status != "completed"]
    return open_ + _made(added, booked=booked, by=by, at=at, why=why), [line for line, _ in pairs if line.pk in lost | again]


def add(pairs: Sequence[Pair], *, booked: bool, by: Person | None, at: datetime.datetime, why: str) -> Placed:
    """New lines with their flights; drafts where the order is not booked yet."""
    lines = [line for line, _ in pairs]
    transitions.start_all(lines, by=by, at=at, why=why, verb="line.added")
    placed = _made(pairs, booked=booked, by=by, at=at, why=why)
    transitions.move_all(lines if booked else [], "booked", by=by, at=at, why=why)
    return placed


def _made(pairs: Sequence[Pair], *, booked: bool, by: Person | None, at: datetime.datetime, why: str) -> Placed:
    made = Flight.objects.bulk_create(
        Flight(line=line, number=one["number"], start=day(one["start"]), end=day(one["end"]), goal=one["goal"], placement_ids=one["placements"])
        for line, row in pairs for one in row["flights"]
    )  # fmt: skip
    transitions.move_all(made if booked else [], "booked", by=by, at=at, why=why)
    return [(one.line, one) for one in made]


def _set(flight: Flight, row: State) -> dict[str, Any]:
    """Set what differs; what it was. Placements added since for delivery alone are in the state, so nothing is lost."""
    wanted = {"start": day(row["start"]), "end": day(row["end"]), "goal": row["goal"], "placement_ids": row["placements"]}
    was = {
        name: activity.plain(getattr(flight, name)) for name, value in wanted.items()
        if (sorted(getattr(flight, name)) if name == "placement_ids" else getattr(flight, name)) != value
    }  # fmt: skip
    for name in was:
        setattr(flight, name, wanted[name])
    return was
