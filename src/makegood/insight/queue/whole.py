"""The whole queue of a person or a team, grouped by deadline with what each group is worth."""

import dataclasses
import datetime
import zoneinfo
from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet

from makegood.core import permissions
from makegood.core.models import Absence, Person
from makegood.delivery.models import Pace
from makegood.insight.models import Snooze
from makegood.insight.queue import changing, holding, running, selling, working
from makegood.insight.queue.item import Item, local_day
from makegood.orders.models import Order
from makegood.work import queries
from makegood.work.models import Task

FAR = 7  # days from which on everything is "Later"


@dataclasses.dataclass(frozen=True)
class Queue:
    """Items by deadline, then money; and the rows they came from, which the panel shows too."""

    items: tuple[Item, ...]
    tasks: tuple[Task, ...]
    paces: tuple[Pace, ...]
    half_signed: tuple[Order, ...]
    people: frozenset[int]

    @property
    def counts(self) -> Counter[str]:
        """Items by kind."""
        return Counter(item.kind for item in self.items)

    def find(self, key: str) -> Item | None:
        """The item of that key."""
        return next((item for item in self.items if item.key == key), None)


@dataclasses.dataclass(frozen=True)
class Group:
    """Items of one stretch of time; `late` for what is overdue."""

    name: str
    items: tuple[Item, ...]
    late: bool = False

    @property
    def money(self) -> dict[str, Decimal]:
        """What they hold, by currency, each subject once."""
        return money(self.items)


def owners(actor: Person, at: datetime.datetime, *, team: bool = False) -> frozenset[int]:
    """Whose work is shown: one's own and that of those one covers today, or the whole team's."""
    today = at.date()
    covered = Absence.objects.filter(cover=actor, start__lte=today, end__gte=today).values_list("person_id", flat=True)
    found = {actor.pk, *covered}
    if team:
        staff = Person.objects.filter(is_active=True).exclude(roles__contains=["client"])
        found |= set(staff.filter(team=actor.team_id).values_list("pk", flat=True) if actor.team_id else staff.values_list("pk", flat=True))
    return frozenset(found)


def of(actor: Person, at: datetime.datetime, *, team: bool = False) -> Queue:
    """Everything that needs `actor` (or the team) as of `at`. A fixed number of queries, however much there is."""
    people = owners(actor, at, team=team)
    tasks = tuple(queries.my_tasks(actor, at, team=team))
    paces = tuple(running.paces(actor, people))
    half = tuple(selling.half_signed(actor, people)) if permissions.may(actor, "orders.sign") else ()
    found = [
        *working.tasks(tasks, at), *working.approvals(actor, at), *working.cases(actor, people, at), *working.mentions(actor, at),
        *running.off_pace(actor, paces, at), *running.to_review(actor, at), *selling.countersign(actor, half, at),
        *selling.imports(actor, people, at), *holding.holds(actor, people, at), *selling.drafts(actor, at), *changing.changes(actor, people, at),
    ]  # fmt: skip
    hidden = _hidden(actor, at)
    items = sorted((item for item in running.without_repeats(found) if item.key not in hidden), key=lambda item: (item.due_at, -(item.amount or 0), item.key))
    return Queue(tuple(items), tasks, paces, half, people)


def waiting(actor: Person, at: datetime.datetime) -> QuerySet[Task]:
    """Tasks of one's own due by the end of today: those the rail counts."""
    zone = zoneinfo.ZoneInfo(actor.zone)
    midnight = datetime.datetime.combine(local_day(at, actor) + datetime.timedelta(days=1), datetime.time(), zone)
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
    return Task.objects.filter(awake, owner=actor, status="open", due_at__lt=midnight)


def _hidden(actor: Person, at: datetime.datetime) -> set[str]:
    """Keys put off by this person, and those that were handed over: they stand as a task with the colleague."""
    away = set(Snooze.objects.filter(person=actor, until__gt=at).values_list("key", flat=True))
    handed = Task.objects.filter(key__startswith="queue.", status="open").values_list("key", "subject_id")
    return away | {f"{key.removeprefix('queue.')}-{pk}" for key, pk in handed}


def grouped(items: Sequence[Item], at: datetime.datetime, person: Person) -> list[Group]:
    """Overdue, before noon, today, tomorrow, the days of the week, later; empty groups are left out."""
    zone = zoneinfo.ZoneInfo(person.zone)
    names: dict[str, list[Item]] = {}
    for item in items:
        names.setdefault(_name(item, at, zone), []).append(item)
    return [Group(name, tuple(rows), name == "Overdue") for name, rows in names.items()]


def _name(item: Item, at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    due, now = item.due_at.astimezone(zone), at.astimezone(zone)
    days = (due.date() - now.date()).days
    if item.due_at < at:
        return "Overdue"
    if days == 0:
        return "Before noon" if due.time() <= datetime.time(12) else "Today"
    return "Tomorrow" if days == 1 else f"{due:%A}" if days < FAR else "Later"


def money(items: Collection[Item]) -> dict[str, Decimal]:
    """Sum by currency; of several items about one record the largest counts, so that no money is counted twice."""
    largest: dict[tuple[str, str, int], Decimal] = {}
    for item in items:
        if item.amount:
            key = (item.currency, item.place, item.place_id)
            largest[key] = max(largest.get(key, Decimal(0)), item.amount)
    sums: dict[str, Decimal] = {}
    for (currency, _, _), amount in largest.items():
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums
