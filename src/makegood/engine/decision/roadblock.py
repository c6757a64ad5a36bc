"""Roadblocks: every slot of a page for one flight or companion group, or none of them.

Who may take a slot is `slots`, the draw `draws`; here only whether a roadblock can take the whole page, and that it does.
"""

from __future__ import annotations

from collections.abc import Mapping

from makegood.engine.decision.draws import draw_surely
from makegood.engine.decision.slots import Given, Page
from makegood.engine.decision.tables import Decision
from makegood.engine.plan import PlanFlight


def decide(page: Page, caps: Mapping[int, int]) -> list[Decision | None]:
    """Draw the first slot with the roadblocks that can take every slot; the one drawn gets them all, the others none.

    A later slot is drawn given that no roadblock was, so everybody's chance over the whole page is as planned.
    """
    whole = {flight.id: _filled(page, flight, caps) for flight in _roadblocks(page)}
    unable = frozenset(number for number, answers in whole.items() if answers is None)
    given = Given(dict(caps))
    lead = page.fill(given, slice(1), unable=unable)
    won = whole.get(lead[0].flight_id) if lead and lead[0] is not None else None
    if won is not None:
        return [*lead, *won[1:]]
    return lead + page.fill(given, slice(1, None), unable=unable, lost=frozenset(whole) - unable)


def _roadblocks(page: Page) -> list[PlanFlight]:
    """The roadblock flights of the page's placements, each once."""
    return list({flight.id: flight for here in page.places if here for flight in here.roadblocks}.values())


def _filled(page: Page, flight: PlanFlight, caps: Mapping[int, int]) -> list[Decision] | None:
    """Every slot's answer when the flight leads and its group fills the rest; None when a slot stays without."""
    given, answers, takers = Given(dict(caps)), list[Decision](), frozenset((flight.id,))
    for here, request, u in page.slots:
        mask = page.allowed(here, request, given) & here.bits_of(takers) if here else 0
        answer = draw_surely(here, mask, u, given.seen) if here and mask else None
        if answer is None:
            return None
        answers.append(answer)
        given.add(page.decider.flights[answer.flight_id])
        takers = page.decider.together(flight)
    return answers
