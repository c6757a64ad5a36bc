"""The decider: a plan compiled per placement, asked one request at a time.

No clock, no randomness, no counters of its own: time, draw and what the person has seen are handed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from makegood.engine.decision.draws import draw
from makegood.engine.decision.placement import CompiledPlacement
from makegood.engine.decision.tables import Decision
from makegood.engine.plan import PlanFlight, ServingPlan, check_numbers
from makegood.engine.targeting import Request

UNSEEN: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Considered:
    """One flight of the placement and what became of it: its chance, or the reason it has none."""

    flight_id: int
    chance: float
    reason: str


class Decider:
    """Compile once per plan, then `decide`. Unknown placements are answered with None.

    Raises PlanInvalid naming the flight whose numbers or targeting make no sense.
    """

    def __init__(self, plan: ServingPlan) -> None:
        for flight in plan.flights:
            check_numbers(flight)
        self.plan = plan
        self.placements = {p.id: CompiledPlacement(p, plan) for p in plan.placements}
        self.creatives = {c.id: c for c in plan.creatives}
        self.flights: dict[int, PlanFlight] = {f.id: f for f in plan.flights}
        self._groups: dict[str, set[int]] = {}
        for flight in plan.flights:
            if flight.companion_group:
                self._groups.setdefault(flight.companion_group, set()).add(flight.id)

    def together(self, flight: PlanFlight) -> frozenset[int]:
        """Ids of the flight and its companions."""
        return frozenset((flight.id, *self._groups.get(flight.companion_group or "", ())))

    def decide(
        self, request: Request, *, at: dt.datetime, u: float, caps: Mapping[int, int] = UNSEEN
    ) -> Decision | None:
        """The flight and creative for a request at aware time `at`, for a uniform draw `u` in [0, 1).

        `caps` maps flight id to the impressions this person has had within that flight's cap window. None: unfilled.
        """
        here = self.placements.get(request.placement)
        return draw(here, here.open(request, at, caps), u, caps) if here else None

    def explain(self, request: Request, *, at: dt.datetime, caps: Mapping[int, int] = UNSEEN) -> tuple[Considered, ...]:
        """Every flight booked on the placement with its chance for this request, or why it has none."""
        here = self.placements.get(request.placement)
        if here is None:
            return ()
        live, targeted, capped = here.live(at), here.index.eligible(request), here.capped(caps)
        table = here.table(live & targeted & ~capped)
        chances = dict(zip(table.numbers, table.chances, strict=True))
        found = [Considered(f.id, 0.0, "no creative fits the placement") for f in here.creativeless]
        for n, flight in enumerate(here.flights):
            bit, chance = 1 << n, chances.get(n, 0.0)
            reason = "eligible" if chance else "its share is zero here: higher tiers or its pacing leave nothing"
            for passed, words in (
                (~capped, "frequency cap reached"),
                (targeted, "targeting does not match"),
                (live, "outside its dates"),
            ):
                reason = reason if passed & bit else words
            found.append(Considered(flight.id, chance, reason))
        return tuple(found)
