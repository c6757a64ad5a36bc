"""Several slots of one page decided together: competitors kept apart, companions kept together, roadblocks whole.

Slots are answered in the order given; how is in `slots` and `roadblock`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from makegood.engine.decision import roadblock
from makegood.engine.decision.decider import UNSEEN, Decider
from makegood.engine.decision.slots import Given, Page
from makegood.engine.decision.tables import Decision
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
    A roadblock drawn for the first slot takes every slot, alone or with its companion group; one that cannot, or was
    not drawn, takes none. An impression given earlier on the page counts towards the caps of the later slots.
    """
    if len(requests) == 1:  # nobody to keep apart or together, and a roadblock fills the page as any other flight does
        return [decider.decide(requests[0], at=at, u=us[0], caps=caps)]
    page = Page(decider, requests, us, at)
    if any(here is not None and here.roadblocks for here in page.places):
        return roadblock.decide(page, caps)
    return page.fill(Given(dict(caps)))
