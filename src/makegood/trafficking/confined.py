"""Where an exception holds: the placements and markets of its decision against those a flight runs on. Changes nothing."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q

from makegood.catalog.models import Placement
from makegood.creatives.models import Decision
from makegood.creatives.queries import approvals
from makegood.engine import targeting
from makegood.orders.models import Flight
from makegood.trafficking.models import Assignment


def decisions(on: datetime.date) -> dict[int, Decision]:
    """Standing decisions that hold in some places or markets only, by version id."""
    rows = approvals.holding(on).exclude(Q(placements=[]) & Q(markets=[]))
    return {row.version_id: row for row in rows}


def breach(decision: Decision, placement_ids: Collection[int], targeted: Mapping[str, Any]) -> str:
    """Why a flight lies outside of where the decision holds, empty when it does not."""
    if decision.placements:
        codes = set(Placement.objects.filter(pk__in=placement_ids).values_list("code", flat=True))
        if outside := sorted(codes - set(decision.placements)):
            return f"it holds on {', '.join(decision.placements)} only, the flight runs on {', '.join(outside)} too"
    if decision.markets and not _within(targeted, decision.markets):
        return f"it holds in {', '.join(decision.markets)} only, the flight is not confined to there"
    return ""


def breaches(rows: Iterable[Assignment], on: datetime.date) -> dict[int, str]:
    """{assignment id: why} of those whose flight lies outside of where their version may run."""
    known = decisions(on)
    found = {row.pk: breach(known[row.version_id], row.flight.placement_ids, row.flight.line.targeting) for row in rows if row.version_id in known}
    return {pk: why for pk, why in found.items() if why}


def of_flight(decision: Decision, flight: Flight) -> str:
    """`breach` of a flight as it stands."""
    return breach(decision, flight.placement_ids, flight.line.targeting)


def _within(targeted: Mapping[str, Any], markets: Collection[str]) -> bool:
    wanted = next((one.include for one in targeting.from_json(targeted).predicates if one.dimension == "geo"), frozenset())
    return bool(wanted) and all(not targeting.tokens("geo", place).isdisjoint(markets) for place in wanted)
