"""The slots of one page being filled: who may take the next one beside what the page has given already.

Competitors and companions are seen to here; roadblocks in `roadblock`, the draws themselves in `draws`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from makegood.engine.decision.decider import Decider
from makegood.engine.decision.draws import draw, draw_others, draw_surely
from makegood.engine.decision.placement import CompiledPlacement
from makegood.engine.decision.tables import Decision
from makegood.engine.plan import PlanFlight
from makegood.engine.targeting import Request

NOBODY: frozenset[int] = frozenset()


@dataclass(slots=True)
class Given:
    """What the page has given so far: impressions by flight, this person's earlier ones included, and the flights."""

    seen: dict[int, int]
    chosen: list[PlanFlight] = field(default_factory=list)

    def add(self, flight: PlanFlight) -> None:
        """One more impression."""
        self.chosen.append(flight)
        self.seen[flight.id] = self.seen.get(flight.id, 0) + 1


class Page:
    """The slots of one page with their placements and draws."""

    def __init__(self, decider: Decider, requests: Sequence[Request], us: Sequence[float], at: dt.datetime) -> None:
        self.decider, self.at = decider, at
        self.places = [decider.placements.get(request.placement) for request in requests]
        self.slots = list(zip(self.places, requests, us, strict=True))

    def fill(
        self, given: Given, slots: slice = slice(None), *, unable: frozenset[int] = NOBODY, lost: frozenset[int] = NOBODY
    ) -> list[Decision | None]:
        """Decide some of the slots. Flights `unable` do not take part; `lost` ones did and were not drawn."""
        answers = []
        for here, request, u in self.slots[slots]:
            answer = None if here is None else self._slot(here, request, u, given, unable, lost)
            answers.append(answer)
            if answer is not None:
                given.add(self.decider.flights[answer.flight_id])
        return answers

    def allowed(self, here: CompiledPlacement, request: Request, given: Given) -> int:
        """Bits of the flights that may take the slot beside what the page has given."""
        mask = here.open(request, self.at, given.seen).mask
        for n, flight in enumerate(here.flights):
            if any(_competes(flight, other) for other in given.chosen):
                mask &= ~(1 << n)
        return mask

    def _slot(
        self, here: CompiledPlacement, request: Request, u: float, given: Given, unable: frozenset[int], lost: frozenset[int]
    ) -> Decision | None:
        mask = self.allowed(here, request, given) & ~here.bits_of(unable)
        groups = {flight.companion_group for flight in given.chosen if flight.companion_group}
        barred = here.bits_of(lost)
        companions = here.companions(groups) & mask & ~barred if groups else 0
        if companions:
            return draw_surely(here, companions, u, given.seen)
        return draw_others(here, mask, barred, u, given.seen) if barred & mask else draw(here, here.table(mask), u, given.seen)


def _competes(one: PlanFlight, other: PlanFlight) -> bool:
    rivals = one.category is not None and one.category == other.category and one.advertiser_id != other.advertiser_id
    return rivals and (one.competitive_separation or other.competitive_separation)
