"""The map of a process: time before each stage by side, returns to a stage already reached, stages left out.

Events of `engine.process` in, frozen figures out. Returns and skips after van der Aalst, Process Mining (2016), chapter 8.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from makegood.engine.process import Event, Side, traces

ZERO = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Return:
    """`cases` cases came back from `source` to `target`, reached before; `extra` is all the time until `source` was reached again."""

    source: str
    target: str
    cases: int
    extra: dt.timedelta

    @property
    def each(self) -> dt.timedelta:
        """What it cost a case."""
        return self.extra / self.cases


def waits(events: Iterable[Event]) -> dict[tuple[str, Side], dt.timedelta]:
    """{(stage, side): time before the stage was reached}; its sum is the sum of all cycle times."""
    found: dict[tuple[str, Side], dt.timedelta] = defaultdict(dt.timedelta)
    for trace in traces(events).values():
        for before, event in pairwise(trace):
            found[event.stage, event.side] += event.at - before.at
    return dict(found)


def returns(events: Iterable[Event]) -> tuple[Return, ...]:
    """Every kind of return, the dearest first. A move to a stage not reached before is progress, in whatever order."""
    cases: dict[tuple[str, str], set[Hashable]] = defaultdict(set)
    extra: dict[tuple[str, str], dt.timedelta] = defaultdict(dt.timedelta)
    for case, trace in traces(events).items():
        for at, (before, event) in enumerate(pairwise(trace), 1):
            back = event.stage != before.stage and any(earlier.stage == event.stage for earlier in trace[:at])
            if back and _first(trace, event.stage) < _first(trace, before.stage):
                again = next((later for later in trace[at:] if later.stage == before.stage), trace[-1])
                cases[before.stage, event.stage].add(case)
                extra[before.stage, event.stage] += again.at - before.at
    made = [Return(source, target, len(found), extra[source, target]) for (source, target), found in cases.items()]
    return tuple(sorted(made, key=lambda one: (-one.extra, one.source, one.target)))


def _first(trace: Sequence[Event], stage: str) -> int:
    """Where the case reached the stage first: only a move against that order is a return, the way forward again is not."""
    return next(at for at, event in enumerate(trace) if event.stage == stage)


def reached(events: Iterable[Event]) -> Counter[str]:
    """Cases that reached each stage at all."""
    return Counter(stage for trace in traces(events).values() for stage in {event.stage for event in trace})


def skipped(events: Iterable[Event], playbook: Sequence[str]) -> Counter[str]:
    """Cases that never reached a stage of the playbook, by stage."""
    found: Counter[str] = Counter()
    for trace in traces(events).values():
        there = {event.stage for event in trace}
        found.update(stage for stage in playbook if stage not in there)
    return found


def cycles(events: Iterable[Event]) -> dict[Hashable, tuple[dt.datetime, dt.datetime]]:
    """{case: its first and its last moment}."""
    return {case: (trace[0].at, trace[-1].at) for case, trace in traces(events).items()}


def days(span: dt.timedelta) -> float:
    """A span in days."""
    return span.total_seconds() / 86400
