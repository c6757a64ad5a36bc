"""A vendor's file before it is counted: each row with its flight, what stands in the way, what it would change."""

import dataclasses
from collections import Counter
from collections.abc import Sequence

from django.db.models import QuerySet

from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.delivery import joining
from makegood.delivery.actions.third_party import Row
from makegood.delivery.joining import Joined, Unknown
from makegood.delivery.models import CountLoad, ThirdPartyCount, VendorLayout
from makegood.documents import counts
from makegood.documents.counts import CountFile, Problem
from makegood.documents.orders import UnreadableDocument
from makegood.orders import queries as orders
from makegood.orders.models import Flight


@dataclasses.dataclass(frozen=True)
class LoadView:
    """What the preview shows. `ready` when nothing stands in the way of counting it."""

    load: CountLoad
    file: CountFile
    joined: tuple[Joined, ...]
    unknown: tuple[Unknown, ...]
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...]
    new: int
    changed: int
    same: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stands in the way."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def ready(self) -> bool:
        """Whether it can be counted."""
        return not self.errors and not self.unknown and bool(self.rows)


def load_list(actor: Person) -> QuerySet[CountLoad]:
    """Files received, for the seller's people."""
    rows = CountLoad.objects.select_related("document", "by", "loaded_by")
    return rows if actor.is_staff_member else rows.none()


def read(load: CountLoad) -> CountFile:
    """The file, its columns as the vendor's last confirmed file had them and as put right on this one."""
    layout = VendorLayout.objects.filter(vendor=load.vendor).first()
    remembered = (layout.columns if layout else {}) | load.columns
    try:
        file = counts.read(load.document.path, remembered=remembered)
    except UnreadableDocument as error:
        raise Invalid(f"{error.reason}.", place=error.place.replace(load.document.path.name, load.document.name), remedy=f"{error.remedy.capitalize()}.") from error
    return dataclasses.replace(file, name=load.document.name, zone=file.zone or (layout.zone if layout else ""))


def preview(load: CountLoad) -> LoadView:
    """The file joined to our flights, and against what is known of the same days."""
    file, rules = read(load), joining.known(load.vendor, load.choices)
    joined = joining.join(file, rules)
    unknown = joining.unknown(file, rules, flights_of(file)) if any(row.key not in rules for row in file.rows) else []
    rows = by_day(joined, load.vendor, file.zone)
    states = Counter(_states(rows))
    problems = (*file.problems, *(_outside(one) for one in joined if one.problem))
    return LoadView(load, file, tuple(joined), tuple(unknown), problems, tuple(rows), states["new"], states["changed"], states["same"])


def flights_of(file: CountFile) -> Sequence[Flight]:
    """Flights that ran on the file's days and are counted in impressions."""
    if not file.rows:
        return []
    first, last = min(row.day for row in file.rows), max(row.day for row in file.rows)
    rows = Flight.objects.filter(start__lte=last, end__gte=first).exclude(line__status__in=("draft", "cancelled"))
    return [one for one in rows.select_related("line__order__advertiser__party").order_by("pk") if one.line.counts_impressions]


def choices(actor: Person, file: CountFile) -> list[tuple[int, str]]:
    """(flight id, words) to choose from where nothing likely fits."""
    visible = set(orders.visible_to(actor).values_list("pk", flat=True))
    return [(one.pk, f"{one.line.order.number}/{one.line.number} {one.line.name}, {one.line.order.name}") for one in flights_of(file) if one.line.order_id in visible]


def by_day(joined: Sequence[Joined], vendor: str, zone: str) -> list[Row]:
    """One row a flight and day: several placements, or creatives, of one flight add up."""
    sums: dict[tuple[int, object], Row] = {}
    for one in joined:
        if one.flight is None:
            continue
        key = one.flight.pk, one.row.day
        so_far = sums.get(key) or Row(one.flight.pk, one.row.day, vendor, 0, 0, str(one.row.where), zone)
        sums[key] = dataclasses.replace(so_far, impressions=so_far.impressions + one.row.impressions, clicks=so_far.clicks + one.row.clicks)
    return list(sums.values())


def _states(rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    known = ThirdPartyCount.objects.filter(flight__in={one.flight_id for one in rows}, vendor=rows[0].vendor)
    stored = {(one.flight_id, one.day): (one.impressions, one.clicks) for one in known}
    found = [(stored.get((one.flight_id, one.day)), (one.impressions, one.clicks)) for one in rows]
    return ["new" if was is None else "same" if was == now else "changed" for was, now in found]


def _outside(one: Joined) -> Problem:
    if one.spill:
        return Problem(one.row.where, f"{one.problem} Its {one.row.impressions:,} impressions are left out.", "Days of another zone may do so by a day.", "warning")
    return Problem(one.row.where, one.problem, "Choose the flight that ran then, or say that the placement is not ours.")
