"""The real flow from draft to live, mined from the activity log. Nobody types anything for it."""

import dataclasses
import datetime
from collections.abc import Iterable

from makegood.engine import process
from makegood.insight import entries
from makegood.insight.entries import Entries, Entry

STAGES = {  # verb of the activity log -> stage it completes
    "order.created": "Brief",
    "order.reopened": "Plan",
    "order.pending": "Plan",
    "order.approved": "Approval",
    "order.signed_by_client": "Signature",
    "order.signed_by_seller": "Signature",
    "order.signed": "Signature",
    "order.booked": "Booking",
    "creative_version.created": "Creatives",
    "creative_version.failed": "Review",
    "creative_version.approved": "Review",
    "creative_version.rejected": "Review",
    "creative.approve": "Review",
    "creative.changes": "Review",
    "creative.exception": "Review",
    "creative.reject": "Review",
    "assignment.created": "Set-up",
    "qa.run": "QA",
    "qa.passed": "QA",
    "qa.failed": "QA",
    "flight.live": "Live",
}
PLAYBOOK = ("Brief", "Plan", "Approval", "Signature", "Booking", "Creatives", "Review", "Set-up", "QA", "Live")
WAITS_ON = {"order.signed": "client", "order.signed_by_client": "client", "creative_version.created": "client"}
SENT_BACK = ("creative_version.failed", "creative_version.rejected", "creative.reject", "qa.failed", "order.reopened")


@dataclasses.dataclass(frozen=True)
class Flow:
    """Measures over campaigns that went live in a window, and how many followed the playbook."""

    measures: process.Measures
    conforming: int
    skipped: dict[str, int]
    entries: int
    events: tuple[process.Event, ...]
    hands: int = 0
    failed_qa: int = 0


def read(since: datetime.datetime, until: datetime.datetime) -> Entries:
    """What was logged about campaigns that went live between the two moments: one query, for any window within."""
    return entries.read(since, until, STAGES)


def flow(found: Entries) -> Flow:
    """The measures of these campaigns."""
    events = steps(found)
    measures = process.measure(events)
    conforming, skipped = 0, dict.fromkeys(PLAYBOOK, 0)
    for trace, number in measures.variants:
        result = process.conformance(_once(trace), PLAYBOOK)
        conforming += number if result.fitness == 1 else 0
        for stage in result.skipped:
            skipped[stage] += number
    failed = {row.case for row in found.rows if row.verb == "qa.failed"}
    missed = {stage: n for stage, n in skipped.items() if n}
    return Flow(measures, conforming, missed, len(found.rows), events, _hands(found.rows), len(failed))


def steps(found: Entries) -> tuple[process.Event, ...]:
    """Activities as process events up to the first time live.

    The same stage twice in a row is one step, complete at its last. Work on several creatives or flights goes on side by
    side: coming to a stage again is a step only when something was sent back in between or a file was sent anew.
    """
    traces: dict[int, list[process.Event]] = {}
    back: set[int] = set()
    for case, verb, at, side, _, resent in found.rows:
        trace, stage = traces.setdefault(case, []), STAGES[verb]
        if trace and trace[-1].stage == "Live":
            continue
        seen = {event.stage for event in trace}
        if stage == "Approval" and "Plan" not in seen:
            trace.append(process.Event(case, "Plan", "us", at))  # nothing needed approval: submitting and approving are one
        again = stage in seen and trace[-1].stage != stage
        if again and case not in back and not resent:
            continue
        if trace and trace[-1].stage == stage:
            trace.pop()
        trace.append(process.Event(case, stage, WAITS_ON.get(verb, "client" if side == "client" else "us"), at))  # type: ignore[arg-type]
        if verb in SENT_BACK or resent:
            back.add(case)
        elif stage in ("Review", "QA", "Approval"):
            back.discard(case)
    return tuple(sorted((event for trace in traces.values() for event in trace), key=lambda event: event.at))


def _hands(rows: Iterable[Entry]) -> int:
    """How often work went from one person to another, over all cases."""
    last: dict[int, int] = {}
    changes = 0
    for row in rows:
        if row.actor is not None:
            changes += last.get(row.case, row.actor) != row.actor
            last[row.case] = row.actor
    return changes


def _once(trace: tuple[str, ...]) -> tuple[str, ...]:
    """Each stage at its first occurrence: rework is measured by itself and does not break conformance."""
    return tuple(dict.fromkeys(trace))
