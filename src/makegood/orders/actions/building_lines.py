"""The lines a sheet makes, changes and removes, found first and written together: a few statements however many lines."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import ProtectedError

from makegood.core import activity, transitions
from makegood.core.errors import Refused
from makegood.core.models import Activity, Person
from makegood.orders.models import Flight, Line, LineDetail, Order
from makegood.orders.sheet import checking, saved
from makegood.orders.sheet.reading import Setting
from makegood.orders.sheet.rows import Read

TERMS = (
    "product", "name", "start", "end", "rate_type", "rate", "card_rate", "quantity", "unit", "amount", "targeting", "priority", "cap_count", "cap_hours",
)  # fmt: skip
DETAIL = ("notes", "flighting", "added_value", "package", "dismissed")
FAR = 20_000  # numbers move through here, past what is unique


@dataclasses.dataclass(frozen=True)
class Edit:
    """A line with what of it changes, before and after; new flights or a new detail where those do."""

    line: Line
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    flights: tuple[Flight, ...] = ()
    detail: LineDetail | None = None


@dataclasses.dataclass(frozen=True)
class Changes:
    """What a save does. `pairs` are all rows with their lines, in order; `numbers` the number of each line."""

    order: Order
    added: Sequence[Edit]
    edited: Sequence[Edit]
    removed: Sequence[Line]
    pairs: Sequence[tuple[Read, Line]]
    numbers: Sequence[int]

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.edited or self.removed) or self._moved

    @property
    def _moved(self) -> bool:
        return any(line.number != number for (_, line), number in zip(self.pairs, self.numbers, strict=True) if line.pk)

    def write(self, *, by: Person | None, at: datetime.datetime) -> None:
        """Write all of it. Call inside the transaction of the save."""
        _remove(self.removed, by, at)
        _edit(self.edited, by, at)
        _number([line for _, line in self.pairs if line.pk], [number for (_, line), number in zip(self.pairs, self.numbers, strict=True) if line.pk])
        for (_, line), number in zip(self.pairs, self.numbers, strict=True):
            line.number = number
        _add(self.added, by, at)


def changes(order: Order, rows: Sequence[Read], removed: Iterable[int], setting: Setting, *, by: Person | None, at: datetime.datetime) -> Changes:
    """What saving these rows would do: nothing is written."""
    added, edited, pairs = [], [], []
    for row in rows:
        old = setting.lines.get(row.typed.line_id or 0)
        edit = _new(order, row, setting, by, at) if old is None else _difference(order, row, old, setting, by, at)
        if old is None:
            added.append(edit)
        elif edit.after:
            edited.append(edit)
        pairs.append((row, edit.line))
    gone = [setting.lines[pk] for pk in removed if pk in setting.lines]
    return Changes(order, added, edited, gone, pairs, _numbers(order, [line for _, line in pairs]))


def _numbers(order: Order, lines: Sequence[Line]) -> list[int]:
    """By position while the order was never sent; afterwards lines keep their numbers and new ones follow."""
    taken = set(order.lines.filter(status="cancelled").values_list("number", flat=True))
    if order.revision > 1 or order.status != "draft":
        taken |= set(order.lines.values_list("number", flat=True))
        free = iter(range(max(taken, default=0) + 1, FAR))
        return [line.number if line.pk else next(free) for line in lines]
    free = (number for number in range(1, FAR) if number not in taken)
    return [next(free) for _ in lines]


def _new(order: Order, row: Read, setting: Setting, by: Person | None, at: datetime.datetime) -> Edit:
    line = checking.line(order, row, setting)
    line.pk = None
    return Edit(line, {}, {"status": "draft"}, tuple(_flights(line, row)), _detail(line, row, by, at))


def _difference(order: Order, row: Read, old: Line, setting: Setting, by: Person | None, at: datetime.datetime) -> Edit:
    old.order = order
    wanted = checking.line(order, row, setting)
    before = {name: getattr(old, name) for name in TERMS if getattr(old, name) != getattr(wanted, name)}
    after = {name: getattr(wanted, name) for name in before}
    for name, value in after.items():
        setattr(old, name, value)
    flights = tuple((one.start, one.end, one.goal) for one in old.flights.all())
    slices = row.slices != flights or "product" in before
    if row.slices != flights:
        before, after = before | {"flights": saved.flights.spelt(flights)}, after | {"flights": saved.flights.spelt(row.slices)}
    kept, detail = saved.detail(old), _detail(old, row, by, at)
    was, now = ({name: getattr(one, name) for name in DETAIL} for one in (kept or LineDetail(), detail))
    differing = {name for name in DETAIL if was[name] != now[name]}
    before, after = before | {name: was[name] for name in differing}, after | {name: now[name] for name in differing}
    return Edit(old, before, after, tuple(_flights(old, row)) if slices else (), detail if differing else None)


def _flights(line: Line, row: Read) -> Iterable[Flight]:
    assert row.product is not None
    places = sorted(place.pk for place in row.product.placements.all() if place.active)
    return (Flight(line=line, number=n, start=start, end=end, goal=goal, placement_ids=places) for n, (start, end, goal) in enumerate(row.slices, 1))


def _detail(line: Line, row: Read, by: Person | None, at: datetime.datetime) -> LineDetail:
    """Dismissals hold for warnings the row still has; who dismissed one is remembered from then."""
    said = {one.key: one.message for one in row.problems}
    kept = saved.detail(line) if line.pk else None
    old = kept.dismissed if kept else {}
    dismissed = {}
    for key, given in row.typed.dismissed.items():
        if key in old and old[key].get("message") == given.get("message") and old[key].get("reason") == given.get("reason"):
            dismissed[key] = old[key]
        elif given.get("reason") and (key not in said or said[key] == given.get("message")):
            dismissed[key] = {"reason": given["reason"][:300], "message": given.get("message", "")[:500], "by": by.name if by else "", "at": at.isoformat()}
    return LineDetail(line=line, notes=row.notes, flighting=row.flighting, added_value=row.added, package=row.typed.package[:50], dismissed=dismissed)


def _add(edits: Sequence[Edit], by: Person | None, at: datetime.datetime) -> None:
    lines = Line.objects.bulk_create([edit.line for edit in edits])
    transitions.start_all(lines, by=by, at=at, verb="line.added")
    _lay_out(edits)


def _edit(edits: Sequence[Edit], by: Person | None, at: datetime.datetime) -> None:
    terms = [edit.line for edit in edits if set(edit.after) & set(TERMS)]
    Line.objects.bulk_update(terms, TERMS, batch_size=500)
    plain = [({k: activity.plain(v) for k, v in edit.before.items()}, {k: activity.plain(v) for k, v in edit.after.items()}) for edit in edits]
    Activity.objects.bulk_create(
        activity.entry(edit.line, "line.edited", by=by, at=at, why="the sheet was saved", before=before, after=after)
        for edit, (before, after) in zip(edits, plain, strict=True)
    )
    Flight.objects.filter(line__in=[edit.line for edit in edits if edit.flights]).delete()
    LineDetail.objects.filter(line__in=[edit.line for edit in edits if edit.detail]).delete()
    _lay_out(edits)


def _lay_out(edits: Sequence[Edit]) -> None:
    Flight.objects.bulk_create(flight for edit in edits for flight in edit.flights)
    LineDetail.objects.bulk_create(edit.detail for edit in edits if edit.detail)


def _remove(lines: Sequence[Line], by: Person | None, at: datetime.datetime) -> None:
    if not lines:
        return
    befores = [{"number": line.number, "name": line.name, "quantity": line.quantity, "amount": line.amount} for line in lines]
    entries = [activity.entry(line, "line.removed", by=by, at=at, why="the sheet was saved", before=was) for line, was in zip(lines, befores, strict=True)]
    Activity.objects.bulk_create(entries)
    ids = [line.pk for line in lines]
    Flight.objects.filter(line__in=ids).delete()
    try:
        Line.objects.filter(pk__in=ids).delete()
    except ProtectedError as error:
        raise Refused("a removed line has creatives or other records.", place=str(lines[0]), remedy="Take those off it first.") from error


def _number(lines: Sequence[Line], numbers: Sequence[int]) -> None:
    """Renumber what changes its number, past each other's."""
    moved = [(line, number) for line, number in zip(lines, numbers, strict=True) if line.number != number]
    for shift in (FAR, 0) if moved else ():
        for line, number in moved:
            line.number = number + shift
        Line.objects.bulk_update([line for line, _ in moved], ["number"], batch_size=500)
