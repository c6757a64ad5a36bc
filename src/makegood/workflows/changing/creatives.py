"""Creative operations of a change order carried out on what is set up: resolved when asked for, tried before, done when pushed."""

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.creatives.models import Version
from makegood.orders.changes import effects
from makegood.orders.changes.creatives import Click, Swap, Weights
from makegood.orders.changes.effects import Effect
from makegood.orders.changes.operation import Operation
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import assigning, fitting
from makegood.trafficking.models import Assignment

Asked = dict[str, Any]
KINDS, WEIGHT = (Swap, Weights, Click), "weight_"


@dataclasses.dataclass(frozen=True)
class Shown:
    """What of a flight's creatives differs, in words."""

    place: str
    before: str
    after: str


def of(operations: Sequence[Operation]) -> list[Effect]:
    """The creative ones among the operations."""
    return [one for one in effects.of(operations) if isinstance(one, KINDS)]


def on(order: Order) -> QuerySet[Assignment]:
    """What is set up on the order's flights that are not over."""
    rows = Assignment.objects.filter(flight__line__order=order, flight__status__in=assigning.OPEN).exclude(status="removed")
    return rows.select_related("version__creative", "flight__line__order").order_by("flight__line__number", "flight__number", "pk")


def choices(order: Order, *, at: datetime.datetime) -> list[Version]:
    """Approved versions that may take another's place: this campaign's and those of none."""
    return fitting.candidates(order, at=at)


def complete(order: Order, asked: Mapping[str, Any]) -> Asked:
    """What a person asks for with its flights and names. Invalid at the wrong field."""
    more = _MORE.get(str(asked.get("op")))
    if more is None or "flights" in asked:
        return dict(asked)
    data = {name: value for name, value in asked.items() if value not in (None, "")}
    where = {name: _whole(data[name], name) for name in ("line", "flight") if name in data}
    rows = on(order).filter(**{f"flight__{'line__' if name == 'line' else ''}number": value for name, value in where.items()})
    found = more(list(rows), data)
    return {name: value for name, value in data.items() if not name.startswith(WEIGHT)} | where | found


def tried(order: Order, operations: Sequence[Operation], *, at: datetime.datetime) -> list[Shown]:
    """What they would change, by doing it and taking it back. Raises what the push would raise."""
    if not of(operations):
        return []
    before = _said(order)
    try:
        with transaction.atomic():
            bring(order, operations, by=None, at=at, why="rehearsal")
            raise _Done(_said(order))
    except _Done as done:
        after = done.said
    return [Shown(place, before.get(place, ""), after.get(place, "")) for place in sorted(before.keys() | after.keys()) if before.get(place) != after.get(place)]


def bring(order: Order, operations: Sequence[Operation], *, by: Person | None, at: datetime.datetime, why: str) -> None:
    """Carry them out. Call inside the transaction of the push; errors as trafficking's assigning has them."""
    for one in of(operations):
        _DO[type(one)](order, one, by, at, why)


class _Done(Exception):
    def __init__(self, said: dict[str, str]) -> None:
        self.said = said


def _said(order: Order) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in on(order):
        place = f"Line {row.flight.line.number}, flight {row.flight.number}"
        found.setdefault(place, []).append(f"{row.version} at {row.weight}" + (f" to {row.click_url}" if row.click_url else ""))
    return {place: "; ".join(sorted(rows)) for place, rows in found.items()}


def _swap(rows: list[Assignment], data: Asked) -> Asked:
    old, new = (_version(data, name) for name in ("old", "new"))
    return {"flights": _flights(rows, [old], data), "old": old.pk, "new": new.pk, "old_name": str(old), "new_name": str(new)}


def _weights(rows: list[Assignment], data: Asked) -> Asked:
    given = {row.version: data[f"{WEIGHT}{row.version_id}"] for row in rows if f"{WEIGHT}{row.version_id}" in data}
    if not given:
        raise Invalid("no weight is given.", place="weight", remedy="Give one or more of what is set up.")
    weights = [(version.pk, _whole(value, f"weight of {version}"), str(version)) for version, value in given.items()]
    return {"flights": _flights(rows, given, data), "weights": weights}


def _click(rows: list[Assignment], data: Asked) -> Asked:
    version = _version(data, "version")
    return {"flights": _flights(rows, [version], data), "version": version.pk, "name": str(version)}


def _flights(rows: list[Assignment], versions: Iterable[Version], data: Asked) -> list[tuple[int, int]]:
    wanted = {one.pk for one in versions}
    found = sorted({(row.flight.line.number, row.flight.number) for row in rows if row.version_id in wanted})
    if not found:
        raise Invalid("it is set up on no flight of it that is not over.", place=f"line {data.get('line', '')}", remedy="Choose one of those set up there.")
    return found


def _version(data: Asked, name: str) -> Version:
    found = Version.objects.filter(pk=_whole(data.get(name), name)).select_related("creative").first()
    if found is None:
        raise Invalid("there is no such creative.", place=name, remedy="Choose one of the list.")
    return found


def _whole(value: Any, place: str) -> int:
    text = str(value)
    if not text.isdecimal() or len(text) > 9:
        raise Invalid(f"{value!r} is no whole number.", place=place, remedy="Write it in figures.")
    return int(text)


def _here(order: Order, one: Effect, version: int) -> list[Assignment]:
    """Where the version is set up on the effect's flights, row by row locked; Refused where it is no longer on one of them."""
    where = Q()
    for line, flight in one.flights:
        where |= Q(flight__line__number=line, flight__number=flight)
    rows = list(on(order).filter(where, version=version))
    if not rows:
        raise Refused("it is no longer set up there.", place=one.what, remedy="Take the change back and look at what is set up now.")
    return rows


def _do_swap(order: Order, one: Swap, by: Person | None, at: datetime.datetime, why: str) -> None:
    rows = _here(order, one, one.old)
    new = Version.objects.select_related("creative__advertiser").get(pk=one.new)
    flights = list(Flight.objects.filter(pk__in=[row.flight_id for row in rows]))
    assigning.replace(rows[0].version, new, by=by, at=at, flights=flights, why=why)


def _do_weights(order: Order, one: Weights, by: Person | None, at: datetime.datetime, why: str) -> None:
    for version, weight, _ in one.weights:
        for row in _here(order, one, version):
            assigning.change(row, by=by, at=at, weight=weight)


def _do_click(order: Order, one: Click, by: Person | None, at: datetime.datetime, why: str) -> None:
    for row in _here(order, one, one.version):
        assigning.change(row, by=by, at=at, click_url=one.url)


_MORE: dict[str, Callable[[list[Assignment], Asked], Asked]] = {"creative.swap": _swap, "creative.weights": _weights, "creative.click": _click}
_DO: dict[type[Effect], Callable[..., None]] = {Swap: _do_swap, Weights: _do_weights, Click: _do_click}
