"""The open things a version leaves behind: a review owed by a reviewer, a correction owed by the client.

Called by actions only; the tasks themselves are work's.
"""

import datetime

from django.db.models import Count, Q

from makegood.core.models import Person, Role
from makegood.creatives.models import Creative, Version
from makegood.engine.schedule import WorkingWeek
from makegood.work.actions import tasks
from makegood.work.models import Task

REVIEW, CORRECT, LANDING, SETTLE = "creative.review", "creative.correct", "creative.landing", "creative.settle"
REVIEW_DAYS, CORRECT_DAYS = 1, 2


def review(version: Version, *, at: datetime.datetime) -> None:
    """Ask the reviewer with the fewest open tasks for a decision within one business day."""
    tasks.open(
        version, REVIEW, title=f"Decide on {version}", action="Decide", owner=_reviewer(version), due_at=_due(at, REVIEW_DAYS),
        by=None, at=at, effort_hours=0,
    )  # fmt: skip


def correction(version: Version, text: str, *, at: datetime.datetime) -> None:
    """Ask the client for a corrected file; whoever looks after the account follows it up."""
    creative = version.creative
    tasks.open(
        creative, CORRECT, title=f"Send a corrected file for {creative}", action="Upload", detail=text,
        owner=creative.advertiser.owner, owed_by=creative.advertiser_id, due_at=_due(at, CORRECT_DAYS), by=None, at=at,
    )  # fmt: skip


def settle(version: Version, why: str, *, at: datetime.datetime) -> None:
    """Ask a lead to decide between reviewers."""
    lead = Person.objects.filter(is_active=True, agent_for=None, roles__contains=[Role.LEAD]).exclude(pk=version.uploaded_by_id or 0)
    tasks.open(
        version, SETTLE, title=f"Settle {version}: {why}", action="Decide", owner=lead.order_by("pk").first(), due_at=_due(at, REVIEW_DAYS), by=None, at=at,
    )  # fmt: skip


def reviewed(version: Version, *, at: datetime.datetime) -> None:
    """The review of this version is no longer owed."""
    for key in (REVIEW, SETTLE):
        _close("creatives.version", version.pk, key, at)


def corrected(creative: Creative, *, at: datetime.datetime) -> None:
    """The correction was received."""
    _close("creatives.creative", creative.pk, CORRECT, at)


def landing(creative: Creative, text: str, *, at: datetime.datetime) -> None:
    """Ask whoever looks after the account to have the landing page mended; other findings than before are asked for anew."""
    asked = Task.objects.filter(subject_type="creatives.creative", subject_id=creative.pk, key=LANDING, status="open")
    if asked.exclude(detail=text).exists():
        landed(creative, at=at)
    tasks.open(
        creative, LANDING, title=f"The landing page of {creative} is not as agreed", action="Look", detail=text,
        owner=creative.advertiser.owner, due_at=_due(at, REVIEW_DAYS), by=None, at=at, effort_hours=0,
    )  # fmt: skip


def landed(creative: Creative, *, at: datetime.datetime) -> None:
    """The landing page is in order again."""
    _close("creatives.creative", creative.pk, LANDING, at)


def _close(kind: str, pk: int, key: str, at: datetime.datetime) -> None:
    tasks.done_all(list(Task.objects.filter(subject_type=kind, subject_id=pk, key=key, status="open")), by=None, at=at)


def _reviewer(version: Version) -> Person | None:
    """Never the uploader: nobody decides on their own file."""
    able = Person.objects.filter(is_active=True, agent_for=None, roles__contains=[Role.REVIEWER])
    able = able.exclude(pk=version.uploaded_by_id or 0)
    return able.annotate(load=Count("tasks", filter=Q(tasks__status="open"))).order_by("load", "pk").first()


def _due(at: datetime.datetime, days: int) -> datetime.datetime:
    return datetime.datetime.combine(WorkingWeek().shift(at.date(), days), at.time(), at.tzinfo)
