"""The real flow from draft to live, mined from the activity log. Nobody types anything for it."""

import dataclasses
import datetime
from collections.abc import Collection

from django.db.models import Exists, OuterRef

from makegood.core.models import Activity
from makegood.creatives.models import Version
from makegood.engine import process

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
Row = tuple[int, str, datetime.datetime, str, int, int | None]


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


def flow(since: datetime.datetime, until: datetime.datetime, *, among: Collection[int] | None = None) -> Flow:
    """Campaigns whose first flight went live between the two moments; only the orders `among` when given."""
    chosen = _launched(since, until, among)
    found = Activity.objects.filter(root_type="orders.order", root_id__in=chosen, verb__in=STAGES).order_by("at", "pk")
    rows = list(found.values_list("root_id", "verb", "at", "side", "subject_id", "actor_id"))
    sent = [row[4] for row in rows if row[1] == "creative_version.created"]
    resent = set(Version.objects.filter(pk__in=sent, number__gt=1).values_list("pk", flat=True)) if sent else set()
    events = _steps(rows, resent)
    measures = process.measure(events)
    conforming, skipped = 0, dict.fromkeys(PLAYBOOK, 0)
    for trace, number in measures.variants:
        result = process.conformance(_once(trace), PLAYBOOK)
        conforming += number if result.fitness == 1 else 0
        for stage in result.skipped:
            skipped[stage] += number
    failed = {row[0] for row in rows if row[1] == "qa.failed"}
    return Flow(
        measures, conforming, {stage: n for stage, n in skipped.items() if n}, len(rows), tuple(events), _hands(rows), len(failed)
    )


def _launched(since: datetime.datetime, until: datetime.datetime, among: Collection[int] | None) -> list[int]:
    """Orders whose first flight went live between the two moments; what was live before is looked up, not read."""
    live = Activity.objects.filter(verb="flight.live", root_type="orders.order")
    before = live.filter(root_id=OuterRef("root_id"), at__lt=since)
    rows = live.filter(~Exists(before), at__gte=since, at__lt=until)
    rows = rows if among is None else rows.filter(root_id__in=among)
    return list(rows.order_by("root_id").values_list("root_id", flat=True).distinct())


def _steps(rows: list[Row], resent: set[int]) -> list[process.Event]:
    """Activities as process events up to the first time live.

    The same stage twice in a row is one step, complete at its last. Work on several creatives or flights goes on side by
    side: coming to a stage again is a step only when something was sent back in between or a file was sent anew.
    """
    traces: dict[int, list[process.Event]] = {}
    back: set[int] = set()
    for case, verb, at, side, subject, _ in rows:
        trace, stage = traces.setdefault(case, []), STAGES[verb]
        if trace and trace[-1].stage == "Live":
            continue
        seen = {event.stage for event in trace}
        if stage == "Approval" and "Plan" not in seen:
            trace.append(process.Event(case, "Plan", "us", at))  # nothing needed approval: submitting and approving are one
        again = stage in seen and trace[-1].stage != stage
        if again and case not in back and not (verb == "creative_version.created" and subject in resent):
            continue
        if trace and trace[-1].stage == stage:
            trace.pop()
        trace.append(process.Event(case, stage, WAITS_ON.get(verb, "client" if side == "client" else "us"), at))  # type: ignore[arg-type]
        if verb in SENT_BACK or (verb == "creative_version.created" and subject in resent):
            back.add(case)
        elif stage in ("Review", "QA", "Approval"):
            back.discard(case)
    return sorted((event for trace in traces.values() for event in trace), key=lambda event: event.at)


def _hands(rows: list[Row]) -> int:
    """How often work went from one person to another, over all cases."""
    last: dict[int, int] = {}
    changes = 0
    for case, _, _, _, _, actor in rows:
        if actor is not None:
            changes += last.get(case, actor) != actor
            last[case] = actor
    return changes


def _once(trace: tuple[str, ...]) -> tuple[str, ...]:
    """Each stage at its first occurrence: rework is measured by itself and does not break conformance."""
    return tuple(dict.fromkeys(trace))
