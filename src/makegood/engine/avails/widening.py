"""Relaxations to try on an ask that falls short: one predicate freed or widened, other dates, a looser cap.

Proposals only, in a salesperson's words; what each gains is computed by `check`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from makegood.engine.avails import values
from makegood.engine.avails.records import Ask
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.plan import FrequencyCap
from makegood.engine.supply import Supply
from makegood.engine.targeting import Predicate, Targeting
from makegood.engine.targeting.predicates import TREES

STEPS = (3, 7)  # days


@dataclass(frozen=True, slots=True)
class Variant:
    """The ask with one thing changed, and the change in words."""

    change: str
    ask: Ask


def variants(ask: Ask, horizon: Period, supply: Supply) -> list[Variant]:
    """Every single relaxation of the ask; dates stay inside the forecast `horizon`, values are those of the supply."""
    scopes = [*_targeting(ask.scope, supply), *_longer(ask.scope, horizon), *_moved(ask.scope, horizon)]
    found = {scope: words for words, scope in reversed(scopes) if scope != ask.scope}
    return [Variant(words, replace(ask, scope=scope)) for scope, words in reversed(found.items())] + _caps(ask)


def _caps(ask: Ask) -> list[Variant]:
    if ask.frequency_cap is None:
        return []
    looser = FrequencyCap(2 * ask.frequency_cap.count, ask.frequency_cap.seconds)
    return [
        Variant(f"raise the frequency cap to {looser.count}", replace(ask, frequency_cap=looser)),
        Variant("drop the frequency cap", replace(ask, frequency_cap=None)),
    ]


def _targeting(scope: Scope, supply: Supply) -> Iterator[tuple[str, Scope]]:
    for predicate in scope.targeting.predicates:
        name = values.name(predicate.dimension)
        for words, wider in _freed(predicate, scope.targeting, name):
            yield words, replace(scope, targeting=wider)
        for words, other in (*values.hours(predicate), *_parents(predicate, name), *values.more(predicate, supply)):
            yield words, replace(scope, targeting=scope.targeting.widened(other))


def _freed(predicate: Predicate, whole: Targeting, name: str) -> Iterator[tuple[str, Targeting]]:
    if predicate.include:
        only = f"drop {next(iter(predicate.include))}-only" if predicate.dimension == "device" and len(predicate.include) == 1 else ""
        yield only or f"drop the {name} targeting", whole.without(predicate.dimension)
    if predicate.exclude:
        freed = Predicate(predicate.dimension, predicate.include)
        wider = whole.widened(freed) if predicate.include else whole.without(predicate.dimension)
        yield f"drop the {name} exclusions", wider


def _parents(predicate: Predicate, name: str) -> Iterator[tuple[str, Predicate]]:
    """The places, sections or categories one step up the tree."""
    mark = TREES.get(predicate.dimension)
    parents = {str(token).rpartition(mark)[0] or str(token) for token in predicate.include} if mark else set()
    if parents and parents != predicate.include:
        words = f"widen {name} to {', '.join(sorted(parents))}"
        yield words, Predicate(predicate.dimension, frozenset(parents), predicate.exclude)


def _longer(scope: Scope, horizon: Period) -> Iterator[tuple[str, Scope]]:
    """The same days and some more before or after them."""
    period = scope.period
    for days in STEPS:
        step = dt.timedelta(days=days)
        if (end := min(period.end + step, horizon.end)) > period.end:
            yield f"end on {end:%d %b %Y}", replace(scope, period=Period(period.start, end))
        if (start := max(period.start - step, horizon.start)) < period.start:
            yield f"start on {start:%d %b %Y}", replace(scope, period=Period(start, period.end))


def _moved(scope: Scope, horizon: Period) -> Iterator[tuple[str, Scope]]:
    """As many days, sooner or later, where all of them are inside the horizon."""
    period = scope.period
    for days in (*STEPS, *(-days for days in STEPS)):
        step = dt.timedelta(days=days)
        start, end = period.start + step, period.end + step
        if horizon.start <= start and end <= horizon.end:
            yield f"run it {abs(days)} days {'later' if days > 0 else 'earlier'}", replace(scope, period=Period(start, end))
