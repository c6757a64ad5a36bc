"""What a decision on a creative means downstream: where it runs, what it replaces, what stops."""

import datetime
from collections.abc import Collection, Mapping

from makegood.core import verbs
from makegood.core.models import Person
from makegood.creatives import assets
from makegood.creatives.actions import reviewing
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.engine.schedule import WorkingWeek
from makegood.orders.models import Flight
from makegood.trafficking import confined
from makegood.trafficking.actions import assigning
from makegood.trafficking.models import Assignment
from makegood.work.actions import tasks
from makegood.work.models import Task
from makegood.workflows import publishing

SHOWN = ("active", "paused")
NOTHING: Mapping[int, str] = {}
WEEK, NOTICE_DAYS = WorkingWeek(), 5


@verbs.whole
def succeed(version: Version, *, by: Person, at: datetime.datetime, flights: Collection[int] | None = None) -> list[Assignment]:
    """An approved version takes the place of its predecessors on every flight they are on, or on those of these ids: all of them
    or none. The flights need QA again; until a plan is published they show what they showed."""
    olds = (
        Version.objects.filter(creative=version.creative_id, assignments__status__in=SHOWN)
        .exclude(pk=version.pk)
        .distinct()
    )
    chosen = None if flights is None else list(Flight.objects.filter(pk__in=flights))
    return [made for old in olds.order_by("number") for made in assigning.replace(old, version, by=by, at=at, flights=chosen)]


@verbs.whole
def withdraw(version: Version, *, by: Person, at: datetime.datetime, why: str) -> int:
    """Take a version out, off every flight and out of the plan at once; how many flights it was on."""
    reviewing.withdraw(version, by=by, at=at, why=why)
    return _off(list(Assignment.objects.filter(version=version, status__in=SHOWN)), why, at)


@verbs.whole
def stop_ended(*, at: datetime.datetime) -> int:
    """Take off their flights and out of the plan: versions whose approval has ended, rests on what has changed, or holds
    elsewhere only; how many flights. What changed is put to review again. Do whatever is due."""
    today = approvals.day(at)
    rows = Assignment.objects.filter(status="active").select_related("flight__line__order", "version__creative__advertiser")
    ended = list(approvals.ending(today))
    outside = confined.breaches(rows.filter(version__in=confined.decisions(today)), today)
    stopped = {row.pk: row for row in [*rows.filter(version__in=ended), *rows.filter(pk__in=outside)]}
    for version in ended:
        latest = version.decisions.select_related("version__creative__advertiser", "brief").order_by("-at", "-pk").first()
        if latest and approvals.outdated(latest, on=today):
            reviewing.void(version, at=at)
    return _off(list(stopped.values()), "its approval no longer holds", at, outside)


@verbs.whole
def stop_altered(*, at: datetime.datetime) -> int:
    """Withdraw versions whose stored bytes are no longer those approved, off every flight: one byte is enough; how many flights."""
    rows = list(Assignment.objects.filter(status="active").select_related("flight__line__order", "version__creative", "version__file"))
    versions = {row.version_id: row.version for row in rows}
    changed = {pk: assets.altered(one.sha256, one.asset_path, one.file) for pk, one in versions.items()}
    stopped = [row for row in rows if changed[row.version_id]]
    for pk in {row.version_id for row in stopped}:
        reviewing.withdraw(versions[pk], by=None, at=at, why=changed[pk])
    return _off(stopped, "", at, {row.pk: changed[row.version_id] for row in stopped})


@verbs.whole
def warn_ending(*, at: datetime.datetime) -> int:
    """Tell owners before it happens: each flight that runs on after its exception ends or a rule announced voids its approval."""
    today = approvals.day(at)
    soon = WEEK.shift(today, NOTICE_DAYS)
    rows = Assignment.objects.filter(status="active", flight__end__gt=today, flight__status__in=assigning.OPEN)
    rows = rows.exclude(version__in=approvals.ending(today)).filter(version__in=approvals.ending(soon))
    return len([_warn(row, soon, at) for row in rows.select_related("flight__line__order", "version__creative__advertiser")])


def _warn(row: Assignment, soon: datetime.date, at: datetime.datetime) -> Task:
    decision = row.version.decisions.select_related("version__creative__advertiser", "brief").order_by("-at", "-pk")[0]
    last = decision.expires_on if decision.expires_on and decision.expires_on < soon else None
    why = f"its exception ends on {last}" if last else f"its approval ends with {'; '.join(approvals.outdated(decision, on=soon))}"
    order = row.flight.line.order
    return tasks.open(
        row.flight, f"creative.ends.{row.version_id}", title=f"{row.version} stops on {row.flight}: {why}", action="Replace",
        detail=f"The flight runs to {row.flight.end}. Extend it, have it decided anew, or send another file.",
        owner=order.campaign_manager or order.trafficker, due_at=at, by=None, at=at,
    )  # fmt: skip


def _off(rows: list[Assignment], why: str, at: datetime.datetime, particular: Mapping[int, str] = NOTHING) -> int:
    for row in rows:
        reason = particular.get(row.pk, why)
        assigning.remove(row, by=None, at=at, why=reason)
        order = row.flight.line.order
        tasks.open(
            row.flight, "creative.missing", title=f"{row.version} is off {row.flight}: {reason}"[:200], action="Assign",
            owner=order.trafficker or order.campaign_manager, due_at=at, by=None, at=at,
        )  # fmt: skip
    if rows:
        publishing.publish(by=None, at=at, why=why)
    return len(rows)
