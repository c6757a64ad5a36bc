"""Which creatives each flight still lacks: a fact computed from placements, approvals and assignments, never ticked."""

import dataclasses
import datetime
from collections.abc import Collection, Sequence

from makegood.catalog.models import Placement
from makegood.creatives import shapes
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.orders.models import Flight
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import entries

WAITING = ("received", "in_review")


@dataclasses.dataclass(frozen=True)
class Creatives:
    """What one flight has and lacks, as sizes in words. Every size its placements take must be covered.

    `lacking` are covered by nothing; `waiting` of those have a file in review, `approved` one that only needs assigning.
    """

    flight_id: int
    needed: tuple[str, ...]
    covered: tuple[str, ...]
    lacking: tuple[str, ...]
    waiting: tuple[str, ...]
    approved: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether every size is covered by an approved, assigned version."""
        return bool(self.needed) and not self.lacking


def creatives(flight_ids: Collection[int], *, at: datetime.datetime) -> dict[int, Creatives]:
    """`Creatives` by flight id, in seven queries however many flights."""
    flights = list(Flight.objects.filter(pk__in=flight_ids).select_related("line__order"))
    places = {
        row.pk: row for row in Placement.objects.filter(pk__in={pk for one in flights for pk in one.placement_ids})
    }
    owners = {flight.line.order.advertiser_id for flight in flights}
    running = approvals.in_force(approvals.day(at)).filter(creative__advertiser__in=owners)
    in_force = set(running.values_list("pk", flat=True))
    assigned: dict[int, list[Version]] = {}
    rows = Assignment.objects.filter(flight__in=flight_ids, status="active", version__in=in_force)
    for row in rows.select_related("version__creative", "version__file"):
        assigned.setdefault(row.flight_id, []).append(row.version)
    others: dict[int, list[Version]] = {}
    candidates = Version.objects.filter(creative__advertiser__in=owners, status__in=(*WAITING, "approved"))
    for version in candidates.select_related("creative", "file"):
        others.setdefault(version.creative.advertiser_id, []).append(version)
    return {
        flight.pk: _of(
            flight, [places[pk] for pk in flight.placement_ids if pk in places], assigned.get(flight.pk, []),
            [one for one in others.get(flight.line.order.advertiser_id, []) if _belongs(one, flight)], in_force,
        )
        for flight in flights
    }  # fmt: skip


def _of(
    flight: Flight,
    places: Sequence[Placement],
    assigned: Sequence[Version],
    others: Sequence[Version],
    in_force: set[int],
) -> Creatives:
    needed: dict[str, Placement] = {_size(place): place for place in sorted(places, key=lambda place: place.pk)}
    covered = tuple(size for size, place in needed.items() if any(entries.fits(version, place) for version in assigned))
    lacking = tuple(size for size in needed if size not in covered)
    waiting = [one for one in others if one.status in WAITING]
    approved = [one for one in others if one.pk in in_force]
    return Creatives(
        flight.pk, tuple(needed), covered, lacking,
        waiting=tuple(size for size in lacking if any(entries.fits(one, needed[size]) for one in waiting)),
        approved=tuple(size for size in lacking if any(entries.fits(one, needed[size]) for one in approved)),
    )  # fmt: skip


def _belongs(version: Version, flight: Flight) -> bool:
    """A creative of another campaign does not count; one of no campaign does."""
    creative = version.creative
    return not creative.root_id or (creative.root_type, creative.root_id) == ("orders.order", flight.line.order_id)


def _size(place: Placement) -> str:
    return shapes.words(place.format, place.width, place.height, place.duration_s)
