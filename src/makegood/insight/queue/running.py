"""Items of what runs or is about to: lines off pace, files that wait for a decision."""

import datetime
import zoneinfo
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from makegood.core import permissions
from makegood.core.models import Person
from makegood.creatives.models import Version
from makegood.creatives.queries import lists
from makegood.delivery.models import Pace
from makegood.delivery.queries import pacing
from makegood.engine.schedule import WorkingWeek
from makegood.insight.queue.item import Item, close_of, local_day, sentence, urgency
from makegood.work.models import Task


def paces(actor: Person, people: Collection[int]) -> QuerySet[Pace]:
    """Lines of these people's campaigns that are not on track, the most money first, with `changes` proposed."""
    rows = pacing.pace_list(actor).filter(line__order__campaign_manager__in=people).exclude(state="ok")
    return rows.annotate(changes=Count("line__recommendations", filter=Q(line__recommendations__status="proposed"))).order_by("-at_risk", "pk")


def off_pace(actor: Person, rows: Collection[Pace], at: datetime.datetime) -> list[Item]:
    """Lines at risk or blocked; watched lines stand in the panel only."""
    return [_pace(pace, actor, at) for pace in rows if pace.state in ("risk", "blocked")]


def without_repeats(items: list[Item]) -> list[Item]:
    """A line that does not run because of what is asked for on it stands once: as what is asked for."""
    asked = {item.place_id for item in items if item.place == "orders.line" and item.key.startswith("task-")}
    return [item for item in items if not (item.key.startswith("pace-") and item.state == "blocked" and item.place_id in asked)]


def _pace(pace: Pace, actor: Person, at: datetime.datetime) -> Item:
    line = pace.line
    last = datetime.datetime.combine(line.end, datetime.time(12), zoneinfo.ZoneInfo(line.order.zone))
    changes: int = pace.changes  # type: ignore[attr-defined]
    plural = "s" if changes != 1 else ""
    return Item(
        key=f"pace-{pace.line_id}", kind="pacing", icon="trending-down", title=f"{line.name} {gap(pace)}",
        why=sentence(f"{line.order.advertiser}, {line.order.name}", pace.finding), due_at=min(_next_close(at, actor), max(last, at)),
        state=pace.state, action=f"Look at {changes} change{plural}" if changes else "Find the cause", place="orders.line", place_id=line.pk,
        amount=pace.at_risk, currency=line.order.currency, owner=str(line.order.campaign_manager), owner_id=line.order.campaign_manager_id,
    )  # fmt: skip


def _next_close(at: datetime.datetime, actor: Person) -> datetime.datetime:
    """Close of business today, or tomorrow's once that has passed: a forecast is never late, only unheeded."""
    today = close_of(local_day(at, actor), actor)
    return today if today > at else today + datetime.timedelta(days=1)


def gap(pace: Pace) -> str:
    """How it ends: "ends 7 % short"."""
    if pace.state == "blocked":
        return "does not run"
    share = 100 * (1 - pace.projected / pace.goal) if pace.goal else 0
    if share < 0.05:
        return "may miss its promise"
    return f"ends {share:.1f} % short" if share < 10 else f"ends {share:.0f} % short"


def to_review(actor: Person, at: datetime.datetime) -> list[Item]:
    """Files in review that nobody was asked to decide, for those who may; one's own uploads are not among them."""
    if not permissions.may(actor, "creatives.decide"):
        return []
    asked = Task.objects.filter(subject_type="creatives.version", subject_id=OuterRef("pk"), key="creative.review", status="open", owner__isnull=False)
    rows = lists.versions(actor).filter(~Exists(asked), status="in_review").exclude(uploaded_by=actor).order_by("uploaded_at")
    return [_version(one, actor, at) for one in rows[:30]]


def _version(one: Version, actor: Person, at: datetime.datetime) -> Item:
    due = close_of(WorkingWeek().shift(local_day(one.uploaded_at, actor), 1), actor)
    return Item(
        key=f"version-{one.pk}", kind="creatives", icon="photo-search", title=f"Decide on {one}",
        why=sentence(str(one.creative.advertiser), f"{len(one.findings)} findings" if one.findings else "Meets the spec"), due_at=due,
        state=urgency(due, at), action="Decide", place="creatives.creative", place_id=one.creative_id,
    )  # fmt: skip
