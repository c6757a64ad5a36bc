"""The real flow from brief to live, mined from the activity log. Nobody types anything for it."""

import dataclasses
import datetime

from makegood.core.models import Activity
from makegood.engine import process

STAGES = {  # verb of the activity log -> stage it completes
    "order.created": "Brief",
    "order.pending": "Plan",
    "order.approved": "Approval",
    "order.signed": "Signature",
    "order.booked": "Booking",
    "creative_version.created": "Creatives",
    "creative_version.approved": "Review",
    "creative_version.rejected": "Review",
    "assignment.created": "Set-up",
    "qa.run": "QA",
    "flight.live": "Live",
}
PLAYBOOK = ("Brief", "Plan", "Approval", "Signature", "Booking", "Creatives", "Review", "Set-up", "QA", "Live")
WAITS_ON = {"Signature": "client", "Creatives": "client"}


@dataclasses.dataclass(frozen=True)
class Flow:
    """Measures over campaigns that went live in a window, and how many followed the playbook."""

    measures: process.Measures
    conforming: int
    skipped: dict[str, int]
    entries: int
    events: tuple[process.Event, ...]


def flow(since: datetime.datetime, until: datetime.datetime) -> Flow:
    """Campaigns whose first flight went live between the two moments."""
    live = Activity.objects.filter(verb="flight.live", at__gte=since, at__lt=until, root_type="orders.order").values("root_id")
    rows = Activity.objects.filter(root_type="orders.order", root_id__in=live, verb__in=STAGES).order_by("at", "pk")
    events = _steps(list(rows.values_list("root_id", "verb", "at", "side")))
    measures = process.measure(events)
    conforming, skipped = 0, dict.fromkeys(PLAYBOOK, 0)
    for trace, number in measures.variants:
        result = process.conformance(_once(trace), PLAYBOOK)
        conforming += number if result.fitness == 1 else 0
        for stage in result.skipped:
            skipped[stage] += number
    return Flow(measures, conforming, {stage: n for stage, n in skipped.items() if n}, len(rows), tuple(events))


def _steps(rows: list[tuple[int, str, datetime.datetime, str]]) -> list[process.Event]:
    """Activities as process events up to the first time live; the same stage twice in a row is one step, a return is rework."""
    events: list[process.Event] = []
    last: dict[int, str] = {}
    for case, verb, at, side in rows:
        stage = STAGES[verb]
        if last.get(case) in (stage, "Live"):
            continue
        last[case] = stage
        waited = WAITS_ON.get(stage, "client" if side == "client" else "us")
        events.append(process.Event(case, stage, waited, at))  # type: ignore[arg-type]
    return events


def _once(trace: tuple[str, ...]) -> tuple[str, ...]:
    """Each stage at its first occurrence: rework is measured by itself and does not break conformance."""
    return tuple(dict.fromkeys(trace))
