"""Relaxations to try on an ask that falls short: one predicate freed or widened, other dates, a looser cap.

Proposals only; what each gains is computed by `check`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from makegood.engine.avails.records import Ask
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.plan import FrequencyCap
from makegood.engine.targeting import Predicate, Targeting
from makegood.engine.targeting.predicates import KEY_VALUE, TREES

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Variant:
    """The ask with one thing changed, and the change in words."""

    change: str
    ask: Ask


def variants(ask: Ask, horizon: Period) -> list[Variant]:
    """Every single relaxation of the ask; dates stay inside the forecast `horizon`."""
    found = [
        Variant(words, replace(ask, scope=scope))
        for words, scope in (*_targeting(ask.scope), *_dates(ask.scope, horizon))
    ]
    if ask.frequency_cap is not None:
        looser = FrequencyCap(2 * ask.frequency_cap.count, ask.frequency_cap.seconds)
        found.append(Variant(f"raise the frequency cap to {looser.count}", replace(ask, frequency_cap=looser)))
    return found


def _targeting(scope: Scope) -> Iterator[tuple[str, Scope]]:
    for predicate in scope.targeting.predicates:
        name = predicate.dimension.removeprefix(KEY_VALUE).replace("_", " ")
        for words, wider in _wider(predicate, scope.targeting, name):
            yield words, replace(scope, targeting=wider)


def _wider(predicate: Predicate, whole: Targeting, name: str) -> Iterator[tuple[str, Targeting]]:
    if predicate.include:
        yield f"drop the {name} targeting", whole.without(predicate.dimension)
    if predicate.exclude:
        freed = Predicate(predicate.dimension, predicate.include)
        wider = whole.widened(freed) if predicate.include else whole.without(predicate.dimension)
        yield f"drop the {name} exclusions", wider
    mark = TREES.get(predicate.dimension)
    parents = {str(token).rpartition(mark)[0] or str(token) for token in predicate.include} if mark else set()
    if parents and parents != predicate.include:
        words = f"widen {name} to {', '.join(sorted(parents))}"
        yield words, whole.widened(Predicate(predicate.dimension, frozenset(parents), predicate.exclude))


def _dates(scope: Scope, horizon: Period) -> Iterator[tuple[str, Scope]]:
    period = scope.period
    if (end := min(period.end + WEEK, horizon.end)) > period.end:
        yield f"end on {end:%d %b %Y}", replace(scope, period=Period(period.start, end))
    if (start := max(period.start - WEEK, horizon.start)) < period.start:
        yield f"start on {start:%d %b %Y}", replace(scope, period=Period(start, period.end))
