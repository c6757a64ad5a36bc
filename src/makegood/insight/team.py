"""Load per person: hours of open work by week against what a person has, absences subtracted."""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from makegood.core import queries as people
from makegood.core.models import Absence, Person
from makegood.delivery.models import Pace
from makegood.orders.models import Order
from makegood.work.models import Task

WEEKS = 4
STAGE_HOURS = {"campaign_manager": Decimal(6), "trafficker": Decimal(4), "account_manager": Decimal(3)}
UPKEEP_HOURS = Decimal("1.5")  # a week of watching one live campaign
ZERO = Decimal(0)
Part = tuple[str, Order]  # role and order


@dataclasses.dataclass(frozen=True)
class Load:
    """One person's next weeks: hours asked and there, what is late, money of lines at risk, the open tasks by due date."""

    person: Person
    hours: tuple[Decimal, ...]
    capacity: tuple[Decimal, ...]
    overdue: int
    at_risk: int
    campaigns: int
    absences: tuple[Absence, ...]
    tasks: tuple[Task, ...]

    @property
    def open_tasks(self) -> int:
        """How many tasks are open."""
        return len(self.tasks)

    @property
    def percent(self) -> int:
        """Asked of there, over all weeks; 0 when nothing is there."""
        there = sum(self.capacity, ZERO)
        return round(100 * sum(self.hours, ZERO) / there) if there else 0

    @property
    def first_over(self) -> int | None:
        """The first week asked for more than there is."""
        return next((n for n, (asked, there) in enumerate(zip(self.hours, self.capacity, strict=True)) if asked > there), None)


def monday(now: datetime.datetime) -> datetime.date:
    """The first day of this week."""
    return now.date() - datetime.timedelta(days=now.weekday())


def loads(*, now: datetime.datetime) -> list[Load]:
    """Everybody with work of their own or days away, the fullest first. Work: open tasks by due week, booked starts by role, live upkeep."""
    first = monday(now)
    staff = list(people.staff())
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(status="open", owner__isnull=False).select_related("owner", "owed_by").order_by("due_at", "pk"):
        tasks[task.owner_id].append(task)  # type: ignore[index]
    orders = _by_person(Order.objects.filter(status__in=["approved", "signed", "booked", "live"], end__gte=first))
    bad = Pace.objects.filter(state__in=["risk", "blocked"], line__status__in=["live", "paused", "ready"])
    risky = Counter(bad.values_list("line__order__campaign_manager", flat=True))
    away: dict[int, list[Absence]] = defaultdict(list)
    for absence in Absence.objects.filter(end__gte=first, start__lt=first + datetime.timedelta(weeks=WEEKS)).select_related("cover").order_by("start"):
        away[absence.person_id].append(absence)
    rows = [_load(person, tasks[person.pk], orders[person.pk], away[person.pk], risky[person.pk], first, now) for person in staff]
    return sorted((row for row in rows if any(row.hours) or row.absences or row.tasks), key=lambda row: (-row.percent, row.person.name))


def _by_person(orders: Iterable[Order]) -> dict[int, list[Part]]:
    """Each person's parts in the orders."""
    found: dict[int, list[Part]] = defaultdict(list)
    for order in orders:
        for role in STAGE_HOURS:
            found[getattr(order, f"{role}_id")].append((role, order))
    return found


def _load(
    person: Person, tasks: list[Task], parts: list[Part], away: list[Absence], risky: int, first: datetime.date, now: datetime.datetime
) -> Load:
    hours = [ZERO] * WEEKS
    for task in tasks:
        week = week_of(task, now)
        if week < WEEKS:
            hours[week] += task.effort_hours
    for role, order in parts:
        for week in range(WEEKS):
            day = first + datetime.timedelta(weeks=week)
            if day <= order.start < day + datetime.timedelta(weeks=1):
                hours[week] += STAGE_HOURS[role]
            elif role == "campaign_manager" and order.start < day <= order.end:
                hours[week] += UPKEEP_HOURS
    return Load(
        person=person, hours=tuple(hours), capacity=tuple(_capacity(person, away, first + datetime.timedelta(weeks=w)) for w in range(WEEKS)),
        overdue=sum(task.due_at < now for task in tasks), at_risk=risky, campaigns=len({order.pk for _, order in parts}),
        absences=tuple(away), tasks=tuple(tasks),
    )  # fmt: skip


def week_of(task: Task, now: datetime.datetime) -> int:
    """The week a task is due in on the clock of `now`, counted from this one; what is late is for now."""
    return max(0, (day_of(task, now) - monday(now)).days // 7)


def day_of(task: Task, now: datetime.datetime) -> datetime.date:
    """The day a task is due on the clock of `now`."""
    return task.due_at.astimezone(now.tzinfo).date()


def _capacity(person: Person, away: list[Absence], first: datetime.date) -> Decimal:
    days = [first + datetime.timedelta(days=n) for n in range(5)]
    there = sum(not any(one.start <= day <= one.end for one in away) for day in days)
    return person.hours_per_week * there / 5
