"""One row of the sheet looked at closely: its flights and weeks, what it targets of what is there, whom it reaches, who has its days."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from makegood.catalog.models import Product, SupplyCell
from makegood.engine import broadcast, targeting
from makegood.engine.flighting import Flighting
from makegood.engine.targeting.predicates import TREES
from makegood.orders.availability import book, exclusive, reaching
from makegood.orders.availability.reaching import Reached
from makegood.orders.models import Order
from makegood.orders.sheet import checking, flights, packages, targets
from makegood.orders.sheet.packages import Split
from makegood.orders.sheet.rows import Answer, Read, Typed
from makegood.orders.sheet.saved import PLAIN
from makegood.orders.sheet.values import Unreadable

ONE_DAY = datetime.timedelta(days=1)
MOST_VALUES, MOST_DAYS, MOST_WEEKS = 40, 92, 53
OTHERS = ("hour_of_week", "section", "language", "category")


@dataclasses.dataclass(frozen=True)
class Dimension:
    """What may be chosen on a dimension: each value with its side ("+", "not " or ""), and chosen ones nobody has counted, as text."""

    name: str
    values: tuple[tuple[str, str], ...]
    include: str
    exclude: str


@dataclasses.dataclass(frozen=True)
class Look:
    """Everything the panel shows of a row. `how` is None where the flights are given one by one."""

    answer: Answer
    how: Flighting | None
    weeks: tuple[tuple[datetime.date, bool], ...]
    dimensions: tuple[Dimension, ...]
    reached: Reached | None
    days: tuple[tuple[datetime.date, str], ...]
    split: Split | None


def look(order: Order, rows: Sequence[Typed], answers: Sequence[Answer], key: str, *, at: datetime.datetime) -> Look | None:
    """The look at the row of that key, given the check's answers; None when it is not among them."""
    answer = next((one for one in answers if one.read.typed.key == key), None)
    if answer is None:
        return None
    row = answer.read
    how = _how(row)
    dims = dimensions(row.product, row.targeting) if row.product and row.rate_type == "CPM" else ()
    return Look(answer, how, _weeks(row, how), dims, _reached(order, rows, answer, at), _days(order, row, at), packages.split(answers, answer))


def _how(row: Read) -> Flighting | None:
    try:
        return flights.read(row.flighting, PLAIN)
    except Unreadable:
        return None


def _weeks(row: Read, how: Flighting | None) -> tuple[tuple[datetime.date, bool], ...]:
    """The broadcast weeks of the row's days, and whether each is left out."""
    if not (row.start and row.end and how):
        return ()
    closed = {broadcast.week(day)[0] for day in how.hiatus}
    return tuple((monday, monday in closed) for monday, _ in broadcast.weeks(row.start, row.end)[:MOST_WEEKS])


def dimensions(product: Product, aim: Mapping[str, Any]) -> tuple[Dimension, ...]:
    """What a line of the product may be aimed at, with what `aim` chooses; nothing for one sold to one at a time.

    Geography, device and audience as counted on the product's placements; the others as they are typed. One query.
    """
    if product.exclusive:
        return ()
    cells = SupplyCell.objects.filter(placement__in=[place.pk for place in product.placements.all()]).values_list("geo", "device", "audiences").distinct()
    known: dict[str, set[str]] = {"geo": set(), "device": set(), "audience": set()}
    for geo, device, audiences in cells:
        known["geo"] |= set(_parents(geo))
        known["device"] |= {device} - {""}
        known["audience"] |= set(audiences)
    chosen = {one.dimension: one for one in targeting.from_json(dict(aim)).predicates}
    names = [*known, *OTHERS, *(name for name in chosen if name not in (*known, *OTHERS))]
    return tuple(_dimension(name, sorted(known.get(name, ()))[:MOST_VALUES], chosen) for name in names)


def _parents(geo: str) -> Iterable[str]:
    parts = geo.split(TREES["geo"])
    return (TREES["geo"].join(parts[:n]) for n in range(1, min(len(parts), 2) + 1)) if geo else ()


def _dimension(name: str, values: Sequence[str], chosen: Mapping[str, targeting.Predicate]) -> Dimension:
    predicate = chosen.get(name, targeting.Predicate(name))
    sides = {str(one): side for side, some in (("+", predicate.include), ("not ", predicate.exclude)) for one in some}
    rest = {side: frozenset(one for one in some if str(one) not in values) for side, some in (("include", predicate.include), ("exclude", predicate.exclude))}
    return Dimension(targets.headed(name), tuple((one, sides.get(one, "")) for one in values), *(targets.listed(name, rest[side]) for side in ("include", "exclude")))


def _reached(order: Order, rows: Sequence[Typed], answer: Answer, at: datetime.datetime) -> Reached | None:
    row, found = answer.read, answer.avails
    if found is None or not row.priced or not reaching.counted(found):
        return None
    return reaching.of(checking.line(order, row, checking.setting_of(order, rows, at)), found, at=at)


def _days(order: Order, row: Read, at: datetime.datetime) -> tuple[tuple[datetime.date, str], ...]:
    """Each day of an exclusive row with who has it; empty text where it is free."""
    if not (row.product and row.product.exclusive and row.start and row.end):
        return ()
    places = [place.pk for place in row.product.placements.all()]
    end = min(row.end, row.start + MOST_DAYS * ONE_DAY)
    has: dict[datetime.date, str] = {}
    for hold in book.others(book.holds(places, row.start, end, at), order):
        has |= dict.fromkeys(_between(hold.start, hold.end), f"{hold.advertiser} (held)")
    for one in exclusive.reservations(places, row.start, end):
        has |= {day: str(one.flight.line.order.advertiser) for day in _between(one.days.lower, one.days.upper - ONE_DAY)}
    return tuple((day, has.get(day, "")) for day in _between(row.start, end))


def _between(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    return [start + n * ONE_DAY for n in range((end - start).days + 1)]
