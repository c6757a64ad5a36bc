"""Several slots of one page decided together: competitors kept apart, companions kept together.

Slots are answered in the order given; chances within a slot are those of the single decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from makegood.engine.decision.decider import UNSEEN, Decider, Decision, draw
from makegood.engine.decision.placement import CompiledPlacement
from makegood.engine.plan import PlanFlight
from makegood.engine.targeting import Request


def decide_page(
    decider: Decider,
    requests: Sequence[Request],
    *,
    at: dt.datetime,
    us: Sequence[float],
    caps: Mapping[int, int] = UNSEEN,
) -> list[Decision | None]:
    """One decision per slot, `us` one draw each. A flight with separation bars its category's other advertisers.

    Once a flight of a companion group is chosen, flights of that group take the later slots they are eligible for.
    An impression given earlier on the page counts towards the caps of the later slots.
    """
    chosen: list[PlanFlight] = []
    answers: list[Decision | None] = []
    seen = dict(caps)
    for request, u in zip(requests, us, strict=True):
        here = decider.placements.get(request.placement)
        answer = None if here is None else _slot(here, request, at, u, seen, chosen)
        answers.append(answer)
        if answer is not None:
            chosen.append(decider.flights[answer.flight_id])
            seen[answer.flight_id] = seen.get(answer.flight_id, 0) + 1
    return answers


def _slot(
    here: CompiledPlacement,
    request: Request,
    at: dt.datetime,
    u: float,
    seen: Mapping[int, int],
    chosen: list[PlanFlight],
) -> Decision | None:
    mask = here.eligible(request, at, seen)
    groups = {f.companion_group for f in chosen if f.companion_group}
    for n, flight in enumerate(here.flights):
        if any(_competes(flight, other) for other in chosen):
            mask &= ~(1 << n)
    companions = mask & sum(1 << n for n, f in enumerate(here.flights) if f.companion_group in groups)
    found = draw(here, companions, u, seen) if companions else None
    return found or draw(here, mask, u, seen)


def _competes(one: PlanFlight, other: PlanFlight) -> bool:
    rivals = one.category is not None and one.category == other.category and one.advertiser_id != other.advertiser_id
    return rivals and (one.competitive_separation or other.competitive_separation)
