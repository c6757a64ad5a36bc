"""What stands beside the queue: promises at risk, what launches next, what others owe."""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum

from makegood.core.models import Person
from makegood.insight.queue.item import local_day
from makegood.insight.queue.whole import Queue
from makegood.orders.models import Line
from makegood.trafficking.queries.launches import Start, starting
from makegood.work import waiting
from makegood.work.models import Approval, Task

DAYS, AHEAD = 5, datetime.timedelta(days=14)
WORDS = (("creative", "creative"), ("click_url", "click URL"), ("po_number", "order number"), ("sign", "signature"), ("approval", "approval"))


@dataclasses.dataclass(frozen=True)
class LaunchDay:
    """The orders that start on a day: ready or not, each."""

    day: datetime.date
    orders: tuple[tuple[str, int, bool], ...]

    @property
    def pips(self) -> list[bool]:
        """Ready ones first."""
        return sorted((ready for _, _, ready in self.orders), reverse=True)


@dataclasses.dataclass(frozen=True)
class Launches:
    """The next five days with a start, and a sentence on those not ready."""

    days: tuple[LaunchDay, ...]
    total: int
    unready: int
    says: str


@dataclasses.dataclass(frozen=True)
class Owed:
    """What one outside party or colleague owes; `task_ids` can be reminded."""

    who: str
    what: str
    due_at: datetime.datetime
    task_ids: tuple[int, ...]


def in_flight(people: frozenset[int]) -> dict[str, Decimal]:
    """Money of running lines of these people's campaigns, by currency."""
    rows = Line.objects.filter(status__in=["live", "paused"], order__campaign_manager__in=people)
    return dict(rows.values_list("order__currency").annotate(total=Sum("amount")))


def launches(actor: Person, people: frozenset[int], at: datetime.datetime) -> Launches:
    """Orders of these people that start from today on, with whether every flight is set up and compared."""
    today = local_day(at, actor)
    rows = starting(people, today, today + AHEAD)
    days: dict[datetime.date, list[tuple[str, int, bool]]] = defaultdict(list)
    for start in rows:
        days[start.day].append((f"{start.client}, {start.name}", start.order_id, start.ready))
    shown = tuple(LaunchDay(day, tuple(found)) for day, found in sorted(days.items())[:DAYS])
    unready = [start for start in rows if not start.ready]
    return Launches(shown, len(rows), len(unready), _says(rows, unready))


def _says(rows: list[Start], unready: list[Start]) -> str:
    if not rows:
        return ""
    if not unready:
        return "All are set up and compared with their orders."
    waits = _waits(unready)
    named = [f"{start.client} waits on {waits[start.order_id]}" for start in unready if start.order_id in waits][:2]
    return f"{len(unready)} of {len(rows)} {'is' if len(unready) == 1 else 'are'} not ready." + (f" {', '.join(named)}." if named else "")


def _waits(unready: list[Start]) -> dict[int, str]:
    """Whom each order waits for, by its task that is due first."""
    rows = Task.objects.filter(root_type="orders.order", root_id__in=[start.order_id for start in unready], status="open")
    found: dict[int, str] = {}
    for task in rows.select_related("owed_by", "owner").order_by("due_at"):
        who = str(task.owed_by or task.owner or "")
        if who:
            found.setdefault(task.root_id, who)
    return found


def owed(actor: Person, queue: Queue) -> list[Owed]:
    """What clients and deciders owe, the most overdue first."""
    parts: dict[str, list[tuple[str, datetime.datetime, int | None]]] = defaultdict(list)
    for task in queue.tasks:
        if task.owed_by:
            parts[task.owed_by.name].append((_word(task.key, task.title), task.due_at, task.pk))
    for order in queue.half_signed:
        if not order.client_at:  # type: ignore[attr-defined]
            parts[str(order.bill_to)].append(("signature", datetime.datetime.combine(order.start, datetime.time(), datetime.UTC), None))
    asked = list(Approval.objects.filter(status="pending", requested_by__in=queue.people).order_by("due_at")[:20])
    for where in waiting.of(asked).values():
        parts[where.who].append(("approval", where.due_at, None))
    found = [_owed(who, rows) for who, rows in parts.items()]
    return sorted(found, key=lambda one: one.due_at)


def _owed(who: str, rows: Sequence[tuple[str, datetime.datetime, int | None]]) -> Owed:
    counts = Counter(word for word, _, _ in rows)
    what = ", ".join(f"{number} {word}{'s' if number > 1 else ''}" for word, number in counts.most_common())
    return Owed(who, what, min(due for _, due, _ in rows), tuple(pk for _, _, pk in rows if pk is not None))


def _word(key: str, title: str) -> str:
    return next((word for start, word in WORDS if key.startswith(start)), "answer")
