"""Load per person: hours of open work by week against what a person has, absences subtracted."""

import dataclasses
import datetime
from collections import defaultdict
from decimal import Decimal

from makegood.core import queries as people
from makegood.core.models import Absence, Person
from makegood.orders.models import Order
from makegood.work.models import Task

WEEKS = 4
STAGE_HOURS = {"campaign_manager": Decimal(6), "trafficker": Decimal(4), "account_manager": Decimal(3)}
UPKEEP_HOURS = Decimal("1.5")  # a week of watching one live campaign


@dataclasses.dataclass(frozen=True)
class Load:
    """One person's next weeks: hours asked and there, and what is late."""

    person: Person
    hours: tuple[Decimal, ...]
    capacity: tuple[Decimal, ...]
    overdue: int
    open_tasks: int
    campaigns: int
    absences: tuple[Absence, ...]

    @property
    def percent(self) -> int:
        """Asked of there, over all weeks; 0 when nothing is there."""
        there = sum(self.capacity, Decimal(0))
        return round(100 * sum(self.hours, Decimal(0)) / there) if there else 0

    @property
    def first_over(self) -> int | None:
        """The first week asked for more than there is."""
        return next((n for n, (asked, there) in enumerate(zip(self.hours, self.capacity, strict=True)) if asked > there), None)


def loads(*, now: datetime.datetime) -> list[Load]:
    """Everybody with work of their own, the fullest first. Work: open tasks by due week, booked starts by role, live upkeep."""
    monday = now.date() - datetime.timedelta(days=now.weekday())
    staff = list(people.staff())
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(status="open", owner__isnull=False):
        tasks[task.owner_id].append(task)  # type: ignore[index]
    orders = list(Order.objects.filter(status__in=["approved", "signed", "booked", "live"], end__gte=monday))
    away: dict[int, list[Absence]] = defaultdict(list)
    for absence in Absence.objects.filter(end__gte=monday, start__lt=monday + datetime.timedelta(weeks=WEEKS)).select_related("cover"):
        away[absence.person_id].append(absence)
    rows = [_load(person, tasks[person.pk], orders, away[person.pk], monday, now) for person in staff]
    return sorted((row for row in rows if any(row.hours) or row.absences), key=lambda row: (-row.percent, row.person.name))


def _load(
    person: Person, tasks: list[Task], orders: list[Order], away: list[Absence], monday: datetime.date, now: datetime.datetime
) -> Load:
    hours = [Decimal(0)] * WEEKS
    for task in tasks:
        week = max(0, (task.due_at.date() - monday).days // 7)
        if week < WEEKS:
            hours[week] += task.effort_hours
    mine = [(role, order) for order in orders for role in STAGE_HOURS if getattr(order, f"{role}_id") == person.pk]
    for role, order in mine:
        for week in range(WEEKS):
            first = monday + datetime.timedelta(weeks=week)
            if first <= order.start < first + datetime.timedelta(weeks=1):
                hours[week] += STAGE_HOURS[role]
            elif role == "campaign_manager" and order.start < first <= order.end:
                hours[week] += UPKEEP_HOURS
    return Load(
        person=person, hours=tuple(hours), capacity=tuple(_capacity(person, away, monday + datetime.timedelta(weeks=w)) for w in range(WEEKS)),
        overdue=sum(task.due_at < now for task in tasks), open_tasks=len(tasks), campaigns=len({order.pk for _, order in mine}),
        absences=tuple(away),
    )  # fmt: skip


def _capacity(person: Person, away: list[Absence], monday: datetime.date) -> Decimal:
    days = [monday + datetime.timedelta(days=n) for n in range(5)]
    there = sum(not any(one.start <= day <= one.end for one in away) for day in days)
    return person.hours_per_week * there / 5


@dataclasses.dataclass(frozen=True)
class HandOver:
    """A proposal: this task from somebody over capacity to somebody with room."""

    task: Task
    to: Person
    why: str


def hand_overs(rows: list[Load]) -> list[HandOver]:
    """For each person over capacity, the latest-due task of that week to the freest colleague of the same role and team."""
    found = []
    for row in rows:
        if row.first_over is None:
            continue
        same = [one for one in rows if one.person != row.person and set(one.person.roles) & set(row.person.roles) and one.first_over is None]
        task = Task.objects.filter(status="open", owner=row.person, effort_hours__gt=0).order_by("-due_at").first()
        if same and task:
            to = min(same, key=lambda one: one.percent)
            found.append(HandOver(task, to.person, f"{row.person.name} is at {row.percent} %, {to.person.name} at {to.percent} %"))
    return found
