"""Many different requests to one placement decided at once, each with its own draw, in compiled code.

The answers are those of `Decider.decide`; a person's caps and the other slots of a page are not seen here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from makegood.engine.decision import kernel
from makegood.engine.decision.decider import UNSEEN, Decider
from makegood.engine.decision.tables import set_bits
from makegood.engine.decision.terms import Floats, Ints
from makegood.engine.targeting import Request


class Cells:
    """The flights eligible at `at` for each of some requests to `placement`, side by side; KeyError for one unknown."""

    def __init__(self, decider: Decider, placement: int, requests: Sequence[Request], *, at: dt.datetime) -> None:
        here = decider.placements[placement]
        found = [set_bits(here.open(request, at, UNSEEN).mask) for request in requests]
        eligible = np.array([number for some in found for number in some], dtype=np.int64)
        self._first = np.cumsum([0, *map(len, found)], dtype=np.int64)
        self._terms = here.terms.rows(eligible)
        self._chance = np.zeros(len(eligible))
        self._ids = np.array([*(here.flights[number].id for number in eligible), 0], dtype=np.int64)

    def decide(self, cells: Ints, us: Floats) -> Ints:
        """The flight id for each draw `us[q]` of a request like number `cells[q]` of those given; 0 where unfilled."""
        won = np.empty(len(us), dtype=np.int64)
        kernel.decide_each(cells, us, self._first, self._terms, self._chance, won)
        chosen: Ints = self._ids[won]  # NOBODY, -1, is the last
        return chosen
