"""Process measures mined from an activity log: cycle times, waiting by side, rework and conformance.

Events in, frozen measures out. The log itself lives in `core`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

Side = Literal["us", "client", "partner"]


@dataclass(frozen=True, slots=True)
class Event:
    """`case` reached `stage` at `at` by the hand of `side`; the time since the case's last event was spent on that side."""

    case: Hashable
    stage: str
    side: Side
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class StageMeasure:
    """Time from the event before to this stage, over all its occurrences."""

    stage: str
    occurrences: int
    median: dt.timedelta
    p90: dt.timedelta
    total: dt.timedelta


@dataclass(frozen=True, slots=True)
class Rework:
    """A stage reached again: in `cases` cases, `repeats` times in all."""

    stage: str
    cases: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What the log shows; `waiting` sums to the sum of all cases' cycle times."""

    cases: int
    cycle_median: dt.timedelta
    stages: tuple[StageMeasure, ...]
    waiting: dict[Side, dt.timedelta]
    rework: tuple[Rework, ...]
    variants: tuple[tuple[tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Conformance:
    """Fitness 1 follows the playbook; `skipped` playbook stages and `extra` events break it."""

    fitness: float
    skipped: tuple[str, ...]
    extra: tuple[str, ...]


def traces(events: Iterable[Event]) -> dict[Hashable, list[Event]]:
    """Each case's events in order of time."""
    cases: dict[Hashable, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.at):
        cases[event.case].append(event)
    return dict(cases)


def measure(events: Iterable[Event]) -> Measures:
    """Mine the log (van der Aalst, Process Mining, 2016, performance perspective)."""
    cases = traces(events)
    waits: dict[str, list[dt.timedelta]] = {}
    waiting: dict[Side, dt.timedelta] = {"us": dt.timedelta(), "client": dt.timedelta(), "partner": dt.timedelta()}
    for trace in cases.values():
        for before, event in pairwise(trace):
            waits.setdefault(event.stage, []).append(event.at - before.at)
            waiting[event.side] += event.at - before.at
    cycles = [trace[-1].at - trace[0].at for trace in cases.values()]
    stages = tuple(_stage(stage, found) for stage, found in waits.items())
    variants = Counter(tuple(event.stage for event in trace) for trace in cases.values())
    return Measures(len(cases), _median(cycles), stages, waiting, _rework(variants), tuple(variants.most_common()))


def _stage(stage: str, waits: Sequence[dt.timedelta]) -> StageMeasure:
    ordered = sorted(waits)
    p90 = ordered[min(len(ordered) - 1, (9 * len(ordered)) // 10)]
    return StageMeasure(stage, len(ordered), _median(ordered), p90, sum(ordered, dt.timedelta()))


def _median(spans: Sequence[dt.timedelta]) -> dt.timedelta:
    return dt.timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else dt.timedelta()


def _rework(variants: Counter[tuple[str, ...]]) -> tuple[Rework, ...]:
    cases: Counter[str] = Counter()
    repeats: Counter[str] = Counter()
    for trace, number in variants.items():
        for stage, times in Counter(trace).items():
            if times > 1:
                cases[stage] += number
                repeats[stage] += number * (times - 1)
    return tuple(Rework(stage, cases[stage], times) for stage, times in repeats.most_common())


def conformance(trace: Sequence[str], playbook: Sequence[str]) -> Conformance:
    """Alignment of a case's stages to the playbook's order: 1 − (skipped + extra) ÷ (both lengths).

    The best alignment keeps the longest common subsequence (Adriansyah, van der Aalst, alignments with unit costs).
    """
    kept = _common(trace, playbook)
    used, wanted = {n for n, _ in kept}, {n for _, n in kept}
    extra = tuple(stage for n, stage in enumerate(trace) if n not in used)
    skipped = tuple(stage for n, stage in enumerate(playbook) if n not in wanted)
    whole = len(trace) + len(playbook)
    return Conformance(1 - (len(extra) + len(skipped)) / whole if whole else 1.0, skipped, extra)


def _common(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of a longest common subsequence."""
    length = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for a in range(len(one) - 1, -1, -1):
        for b in range(len(other) - 1, -1, -1):
            same = one[a] == other[b]
            length[a][b] = length[a + 1][b + 1] + 1 if same else max(length[a + 1][b], length[a][b + 1])
    kept, a, b = [], 0, 0
    while a < len(one) and b < len(other):
        if one[a] == other[b]:
            kept.append((a, b))
            a, b = a + 1, b + 1
        elif length[a + 1][b] >= length[a][b + 1]:
            a += 1
        else:
            b += 1
    return kept
