"""The process as its page shows it: days by stage and side, returns, what costs most, the trend."""

import dataclasses
import datetime
import statistics
from collections import defaultdict
from collections.abc import Hashable

from makegood.engine import flowmap
from makegood.engine.process import Side
from makegood.insight import process
from makegood.insight.entries import Entries
from makegood.orders.models import Order

SIDES: tuple[Side, ...] = ("us", "client", "partner")
AGAIN = {"Creatives": "Creatives sent again", "Plan": "Plan reworked", "Set-up": "Set-up redone", "Signature": "Signed again", "Approval": "Approved again"}
WAITED = {"Creatives": "First creative"}


@dataclasses.dataclass(frozen=True)
class Stage:
    """Mean days a campaign spends before it reaches the stage, by who is waited for; `cases` that reached it."""

    name: str
    cases: int
    days: dict[Side, float]

    @property
    def total(self) -> float:
        """Over all sides."""
        return sum(self.days.values())


@dataclasses.dataclass(frozen=True)
class Cost:
    """One thing that costs time: days over all cases, how many cases, days each."""

    what: str
    days: float
    cases: int
    each: float


@dataclasses.dataclass(frozen=True)
class Week:
    """Launches of one week: median and middle half of days from draft to live."""

    start: datetime.date
    cases: int
    median: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True)
class Mined:
    """One window. Days are means over cases unless said otherwise; shares are 0 to 1."""

    cases: int
    entries: int
    stages: tuple[Stage, ...]
    returns: tuple[flowmap.Return, ...]
    skipped: dict[str, int]
    conforming: int
    reordered: int
    on_time: float | None
    first_right: float | None
    hands: float
    failed_qa: float | None

    @property
    def mean(self) -> float:
        """Days from draft to live."""
        return sum(stage.total for stage in self.stages)

    def side(self, side: Side) -> float:
        """Mean days spent on one side."""
        return sum(stage.days[side] for stage in self.stages)


def mined(found: Entries) -> Mined:
    """The campaigns of one window."""
    flow = process.flow(found)
    cases, waits, reached = flow.measures.cases, flowmap.waits(flow.events), flowmap.reached(flow.events)
    stages = tuple(
        Stage(name, reached[name], {side: flowmap.days(waits.get((name, side), flowmap.ZERO)) / cases if cases else 0.0 for side in SIDES})
        for name in process.PLAYBOOK
    )  # fmt: skip
    missing = flowmap.skipped(flow.events, process.PLAYBOOK)
    whole = sum(number for trace, number in flow.measures.variants if set(process.PLAYBOOK) <= set(trace))
    reworked = _reworked(flow)
    return Mined(
        cases=cases, entries=flow.entries, stages=stages, returns=flowmap.returns(flow.events), skipped={k: missing[k] for k in process.PLAYBOOK if missing[k]},
        conforming=flow.conforming, reordered=whole - flow.conforming, on_time=_on_time(flow), first_right=1 - len(reworked) / cases if cases else None,
        hands=flow.hands / cases if cases else 0.0, failed_qa=flow.failed_qa / cases if cases else None,
    )  # fmt: skip


def _reworked(flow: process.Flow) -> set[Hashable]:
    found: dict[Hashable, list[str]] = defaultdict(list)
    for event in flow.events:
        found[event.case].append(event.stage)
    return {case for case, trace in found.items() if len(set(trace)) < len(trace)}


def _on_time(flow: process.Flow) -> float | None:
    """Share that was live by the end of its first day, in UTC with a day's grace for zones."""
    live = {event.case: event.at for event in flow.events if event.stage == "Live"}
    starts = dict(Order.objects.filter(pk__in=live).values_list("pk", "start"))
    return sum(at.date() <= starts[case] + datetime.timedelta(days=1) for case, at in live.items()) / len(live) if live else None  # type: ignore[index]


def costs(found: Mined) -> list[Cost]:
    """Returns and waiting for clients, in days over all cases, the dearest first."""
    rows = [Cost(AGAIN.get(one.target, f"{one.target} done again"), flowmap.days(one.extra), one.cases, flowmap.days(one.each)) for one in found.returns]
    for stage in found.stages:
        total = stage.days["client"] * found.cases
        if total >= 1:
            rows.append(Cost(f"{WAITED.get(stage.name, stage.name)} waits for the client", total, stage.cases, total / stage.cases))
    return sorted((row for row in rows if row.days >= 0.5), key=lambda row: -row.days)


def trend(found: Entries) -> list[Week]:
    """By week of launch; weeks without a launch are left out."""
    weeks: dict[datetime.date, list[float]] = defaultdict(list)
    for start, end in flowmap.cycles(process.steps(found)).values():
        weeks[end.date() - datetime.timedelta(days=end.weekday())].append(flowmap.days(end - start))
    return [_week(start, days) for start, days in sorted(weeks.items())]


def _week(start: datetime.date, found: list[float]) -> Week:
    low, middle, high = statistics.quantiles(found, n=4, method="inclusive") if len(found) > 1 else (found[0],) * 3
    return Week(start, len(found), middle, low, high)
