"""What part of the requests each flight takes: the certified plan over the catalog's outlook, as theta, alpha and weight.

A flight that cannot be planned takes what it needs evenly and is named; what a flight still needs is passed in.
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from makegood.core.errors import Invalid
from makegood.engine import allocation, eligibility, outlook, targeting
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.targeting import Predicate, Targeting
from makegood.orders.models import Flight
from makegood.trafficking.plan import terms
from makegood.trafficking.plan.market import Market, market

DEADLINE_S = 3.0
FULL = 1.0  # nothing known of the supply: take what comes and let pacing correct
UNPLANNED: Mapping[int, float] = {}


@dataclasses.dataclass(frozen=True)
class Chance:
    """A flight's numbers for `engine.decision.shares`; `why` it is not in the plan, None when it is."""

    theta: float
    alpha: float = 0.0
    weight: float = 1.0
    why: str | None = None


def chances(
    flights: Sequence[Flight], needed: Mapping[int, float | None], *, today: datetime.date, warm: Mapping[int, float] = UNPLANNED
) -> dict[int, Chance]:  # fmt: skip
    """Chances by flight id; `warm` are alphas of the plan before. theta is in (0, 1], 0 when nothing more is needed.

    Outside the plan, with theta 1, stay flights whose promise is not in units served (None) and those on placements of
    which nothing is known; with theta = needed / requests those the solver cannot take. Raises Invalid for a targeting
    that cannot be read.
    """
    places = {pk for flight in flights for pk in flight.placement_ids}
    if not places:
        return {}
    seen = market(places, today, max(today, *(flight.end for flight in flights)), [_targeted(flight) for flight in flights])
    found, asked, usual = {}, [], terms.usual(flights)
    for flight in flights:
        simple = _simple(flight, needed[flight.pk], seen, today)
        if simple is None:
            asked.append(terms.contract(flight, needed[flight.pk] or 0, _scope(flight, today), usual_price=usual))
        else:
            found[flight.pk] = simple
    return found | _planned(asked, seen, warm)


def _simple(flight: Flight, units: float | None, seen: Market, today: datetime.date) -> Chance | None:
    """The chance of a flight that needs no plan, None of one that does."""
    _targeted(flight)
    if units is not None and units <= 0:
        return Chance(0.0)
    if units is None and terms.tier(flight) != "sponsorship":
        return Chance(FULL)
    if flight.end < today or not seen.known.issuperset(flight.placement_ids):
        return Chance(FULL)
    if flight.line.targeting and not seen.mixed.issuperset(flight.placement_ids):
        requests = sum(seen.requests(pk, _scope(flight, today).period) for pk in flight.placement_ids)
        why = "the mix of one of its placements is not recorded, so what its targeting matches is not known"
        return Chance(_even(units or 0, requests), why=why)
    return None


def _planned(asked: Sequence[allocation.Contract], seen: Market, warm: Mapping[int, float]) -> dict[int, Chance]:
    """The plan's numbers; evenly, with the reason, for contracts it cannot take."""
    try:
        graph = eligibility.graph(seen.supply, seen.outlook, [one.scope for one in asked])
        sound, kept, faults = allocation.sound(graph, asked)
        plan = allocation.allot(sound, kept, deadline_s=DEADLINE_S, warm=warm)
    except (allocation.ContractInvalid, allocation.CapacityInvalid, outlook.OutlookInvalid) as wrong:
        return {one.id: Chance(FULL, why=str(wrong)) for one in asked}
    found = {row.contract_id: Chance(row.theta, row.alpha, row.weight) for row in plan.allotments}
    for one, cells in zip(asked, graph.cells, strict=True):
        if one.id in faults:
            found[one.id] = Chance(_even(one.demand, float(graph.capacity[cells].sum())), why=faults[one.id])
    return found


def _even(units: float, requests: float) -> float:
    return min(FULL, units / requests) if requests > 0 else FULL


def _scope(flight: Flight, today: datetime.date) -> Scope:
    """Its targeting on its placements, from today on."""
    own, places = _targeted(flight), frozenset[targeting.Token](flight.placement_ids)
    said = next((one for one in own.predicates if one.dimension == "placement"), Predicate("placement"))
    within = dataclasses.replace(said, include=places & said.include if said.include else places, exclude=said.exclude)
    narrowed = own.widened(within if within.include else Predicate("placement", exclude=places))
    return Scope(narrowed, Period(max(flight.start, today), max(flight.end, today)))


def _targeted(flight: Flight) -> Targeting:
    try:
        return targeting.from_json(flight.line.targeting)
    except targeting.TargetingInvalid as wrong:
        raise Invalid(f"{wrong}.", place=str(flight), remedy="Correct the line's targeting.") from wrong
