"""What changes to how we work did, measured on campaigns before and after them. Nothing is said with too few of either."""

import dataclasses
import datetime
import itertools
from collections import defaultdict
from collections.abc import Hashable

from makegood.engine import effect, flowmap
from makegood.engine.process import Event, traces
from makegood.insight import process
from makegood.insight.entries import Entries
from makegood.insight.models import Initiative

YEAR = datetime.timedelta(days=365)


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a change did, measured on campaigns begun before and after it; `shift` None while there are too few."""

    initiative: Initiative
    unit: str
    shift: effect.Shift | None
    before: int
    after: int


def effects(found: Entries) -> list[Effect]:
    """Every initiative over these campaigns, a year of them: those live before it began against those drafted since."""
    events = process.steps(found)
    return [_effect(one, events) for one in Initiative.objects.select_related("owner").order_by("-began_on")]


def _effect(one: Initiative, events: tuple[Event, ...]) -> Effect:
    began = datetime.datetime.combine(one.began_on, datetime.time(), datetime.UTC)
    spans = flowmap.cycles(events)
    values = _values(one.measure, events)
    before = [values[case] for case, (_, live) in spans.items() if live < began and case in values]
    after = [values[case] for case, (first, _) in spans.items() if first >= began and case in values]
    return Effect(one, "days", effect.shift(before, after), len(before), len(after))


def _values(measure: str, events: tuple[Event, ...]) -> dict[Hashable, float]:
    """A figure a case: days from draft to live, or days before one stage ("review_days")."""
    if measure == "brief_to_live_days":
        return {case: flowmap.days(end - start) for case, (start, end) in flowmap.cycles(events).items()}
    stage = measure.removesuffix("_days").replace("_", "-").lower()
    found: dict[Hashable, float] = defaultdict(float)
    for case, trace in traces(events).items():
        for before, event in itertools.pairwise(trace):
            if event.stage.lower() == stage:
                found[case] += flowmap.days(event.at - before.at)
    return dict(found)
