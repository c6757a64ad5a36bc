"""Compiling: booked, ready and live flights with their approved creatives into one serving plan."""

import datetime
import logging
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from makegood.catalog.models import Placement
from makegood.core import queries
from makegood.creatives.queries import approvals
from makegood.engine.plan import ServingPlan
from makegood.orders.models import Flight
from makegood.orders.queries import pauses
from makegood.trafficking import confined
from makegood.trafficking.models import Assignment, Caller
from makegood.trafficking.plan import chances, entries, terms, turns

log = logging.getLogger(__name__)
SERVED = ("booked", "ready", "live")
NOTHING: Mapping[int, float] = {}


def flights(at: datetime.datetime) -> QuerySet[Flight]:
    """Flights of these states that have not ended and are not paused by now, with all the plan needs of them."""
    active = (
        Assignment.objects.filter(status="active")
        .select_related("version__creative__advertiser", "version__file")
        .order_by("pk")
    )
    return (
        Flight.objects.filter(status__in=SERVED, end__gte=at.date() - datetime.timedelta(days=1))
        .exclude(placement_ids=[])
        .exclude(Exists(pauses.in_effect(at).filter(flight=OuterRef("pk"))))
        .select_related("line__order__advertiser__party", "line__product", "rotation")
        .prefetch_related(Prefetch("assignments", queryset=active, to_attr="active"))
        .order_by("pk")
    )


def compile(
    chosen: Iterable[Flight], *, at: datetime.datetime, version: int, delivered: Mapping[int, int] | None = None,
    asked: Mapping[int, float] = NOTHING, warm: Mapping[int, float] = NOTHING, learnt: turns.Learnt = turns.NOTHING,
) -> ServingPlan:  # fmt: skip
    """The plan of `chosen` (from `flights`), with only the creatives whose approval holds at `at`.

    `delivered` maps flight id to net units so far, `asked` to the units pacing wants planned for the rest of it; a flight
    not asked for is planned for what is missing, and one that is not guaranteed is throttled when asked for less; `warm`
    to the alpha of the plan before; `learnt` is what optimised rotations go by. Flights that could not be planned are served evenly and logged. Flights without a
    creative that may run are left out. Raises Invalid for a targeting that cannot be read.
    """
    today = approvals.day(at)
    approved = set(approvals.in_force(today).values_list("pk", flat=True))
    chosen = list(chosen)
    outside = confined.breaches((a for one in chosen for a in one.active), today)  # type: ignore[attr-defined]
    running = [(one, [a for a in one.active if a.version_id in approved and a.pk not in outside]) for one in chosen]  # type: ignore[attr-defined]
    running = [(one, assigned) for one, assigned in running if assigned and not _over(one, at)]
    missing = {one.pk: _missing(one, (delivered or {}).get(one.pk, 0)) for one, _ in running}
    needed = {pk: None if units is None else asked.get(pk, units) for pk, units in missing.items()}
    found = chances.chances([one for one, _ in running], needed, today=today, warm=warm)
    _report(found)
    return ServingPlan(
        plan_id=f"makegood-{version}", version=version, made_at=at.isoformat(), zone=queries.zone(),
        flights=tuple(
            entries.flight(one, assigned, chance=found[one.pk], throttle=_throttle(one, missing[one.pk], needed[one.pk]), learnt=learnt, seed=version)
            for one, assigned in running
        ),
        placements=tuple(entries.placement(row) for row in Placement.objects.order_by("pk")),
        creatives=tuple(entries.creative(row) for _, assigned in running for row in assigned),
        ended_callers=tuple(Caller.objects.filter(ended_at__isnull=False).order_by("name").values_list("name", flat=True)),
    )  # fmt: skip


def _report(found: Mapping[int, chances.Chance]) -> None:
    for pk, chance in found.items():
        if chance.why:
            log.warning("Flight %s is served evenly, not by the plan: %s.", pk, chance.why)


def _missing(flight: Flight, delivered: int) -> float | None:
    return flight.goal - delivered if flight.line.unit in entries.COUNTED else None


def _throttle(flight: Flight, missing: float | None, needed: float | None) -> float:
    """Guaranteed flights are paced by theta; the tiers below, which share what is left, by this part of their share."""
    if missing is None or needed is None or terms.tier(flight) not in ("non_guaranteed", "house"):
        return 1.0
    return min(1.0, max(0.0, needed) / missing) if missing > 0 else 0.0


def _over(flight: Flight, at: datetime.datetime) -> bool:
    return flight.end < at.astimezone(ZoneInfo(flight.line.order.zone)).date()
