"""What a decision on a creative means downstream: where it runs, what it replaces, what stops."""

import datetime

from makegood.core import verbs
from makegood.core.models import Person
from makegood.creatives.actions import reviewing
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.trafficking.actions import assigning
from makegood.trafficking.models import Assignment
from makegood.work.actions import tasks
from makegood.workflows import publishing

SHOWN = ("active", "paused")


@verbs.whole
def succeed(version: Version, *, by: Person, at: datetime.datetime) -> list[Assignment]:
    """An approved version takes the place of its predecessors on every flight they are on. The flights need QA again."""
    olds = (
        Version.objects.filter(creative=version.creative_id, assignments__status__in=SHOWN)
        .exclude(pk=version.pk)
        .distinct()
    )
    return [made for old in olds.order_by("number") for made in assigning.replace(old, version, by=by, at=at)]


@verbs.whole
def withdraw(version: Version, *, by: Person, at: datetime.datetime, why: str) -> int:
    """Take a version out, off every flight and out of the plan at once; how many flights it was on."""
    reviewing.withdraw(version, by=by, at=at, why=why)
    return _off(list(Assignment.objects.filter(version=version, status__in=SHOWN)), why, at)


@verbs.whole
def stop_ended(*, at: datetime.datetime) -> int:
    """Take versions whose approval has ended off their flights and out of the plan; how many flights. Do whatever is due."""
    ended = Assignment.objects.filter(version__in=approvals.ending(approvals.day(at)), status="active")
    return _off(list(ended.select_related("flight__line__order", "version__creative")), "its approval has ended", at)


def _off(rows: list[Assignment], why: str, at: datetime.datetime) -> int:
    for row in rows:
        assigning.remove(row, by=None, at=at, why=why)
        order = row.flight.line.order
        tasks.open(
            row.flight, "creative.missing", title=f"{row.version} is off {row.flight}: {why}", action="Assign",
            owner=order.trafficker or order.campaign_manager, due_at=at, by=None, at=at,
        )  # fmt: skip
    if rows:
        publishing.publish(by=None, at=at, why=why)
    return len(rows)
