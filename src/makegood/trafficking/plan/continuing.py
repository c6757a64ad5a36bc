"""What keeps running: flights whose change is not cleared yet stay in the new plan as they stood in the last one."""

import dataclasses
import datetime
from collections.abc import Collection

from makegood.creatives.models import Decision
from makegood.creatives.queries import approvals
from makegood.engine.plan import PlanCreative, PlanFlight, ServingPlan
from makegood.orders.models import Flight
from makegood.trafficking import confined


def without(
    draft: ServingPlan, refused: Collection[int], last: ServingPlan | None, *, at: datetime.datetime, stopped: Collection[int] = (),
) -> tuple[ServingPlan, set[int]]:
    """`draft` without the refused flights, and the ids of those that stay as `last` had them: live, or served since their first day.

    Flights of `stopped` do not; a creative whose approval ended leaves even those that stay.
    """
    own = {creative.id: creative for creative in draft.creatives}
    flights = [flight for flight in draft.flights if flight.id not in refused]
    creatives = {row.creative_id: own[row.creative_id] for flight in flights for row in flight.creatives}
    kept = set()
    if last is not None:
        for flight, shown in _standing([pk for pk in refused if pk not in stopped], last, at):
            flights.append(flight)
            creatives |= {one.id: one for one in shown if one.id not in creatives}
            kept.add(flight.id)
    ordered = tuple(sorted(flights, key=lambda flight: flight.id))
    return dataclasses.replace(draft, flights=ordered, creatives=tuple(creatives[pk] for pk in sorted(creatives))), kept


def _standing(
    refused: Collection[int], last: ServingPlan, at: datetime.datetime
) -> list[tuple[PlanFlight, list[PlanCreative]]]:
    live = set(Flight.objects.filter(pk__in=list(refused), status="live").values_list("pk", flat=True))
    approved = dict(approvals.in_force(approvals.day(at)).values_list("pk", "sha256"))
    known = {one.id: one for one in last.creatives if approved.get(one.version_id) == one.sha256}
    narrow = confined.decisions(approvals.day(at))
    found = []
    for flight in last.flights:
        rows = tuple(row for row in flight.creatives if row.creative_id in known and _inside(flight, known[row.creative_id], narrow))
        serving = flight.id in live or (
            flight.id in refused and datetime.datetime.fromisoformat(flight.starts_at) <= at
        )
        if serving and rows:
            found.append((dataclasses.replace(flight, creatives=rows), [known[row.creative_id] for row in rows]))
    return found


def _inside(flight: PlanFlight, creative: PlanCreative, narrow: dict[int, Decision]) -> bool:
    """Whether the flight, as it is served, lies where the creative's exception holds."""
    decision = narrow.get(creative.version_id)
    return decision is None or not confined.breach(decision, flight.placement_ids, flight.targeting)
