"""What every route of one server process sees: keys, plan, lists, clock and counters.

A holder without behaviour; loading plans is `plans`, answering is `application` and `routes`.
"""

from __future__ import annotations

import dataclasses

import msgspec

from makegood.adserver.clock import Clock, Random
from makegood.adserver.http import Response
from makegood.adserver.journal import Journal
from makegood.adserver.keys import Keys
from makegood.adserver.lines import Recorded
from makegood.adserver.metrics import Metrics
from makegood.adserver.plans import Plans
from makegood.adserver.settings import Settings
from makegood.adserver.sources import Sources


@dataclasses.dataclass(frozen=True, slots=True)
class State:
    """Everything passed to a route."""

    settings: Settings
    keys: Keys
    plans: Plans
    sources: Sources
    clock: Clock
    random: Random
    journal: Journal
    metrics: Metrics


class Answer(msgspec.Struct):
    """A route's result. The response follows its events: once they are on disk with `waits`, else once they are written."""

    response: Response
    events: tuple[Recorded, ...] = ()
    waits: bool = True
