"""The last touches once every story is told: goals, initiatives, absences, views, standings, today's plan."""

import calendar
import datetime
import random
from collections import defaultdict
from decimal import Decimal

from makegood.accounts.actions import contracts
from makegood.core.models import Absence, SavedView
from makegood.delivery.actions import comparing, pacing, recommending
from makegood.insight import revenue
from makegood.insight.models import Goal, Initiative
from makegood.orders.models import Line
from makegood.workflows import holding, publishing
from makegood.workflows.demo.world import World
from makegood.workflows.ordering import asking

INITIATIVES = (
    ("Click URLs asked for at signing", -150, "Priya", "brief_to_live_days", "One form for files and URLs; the agency fills it once."),
    ("Reviewer answers within a business day", -95, "Mei", "review_days", "Mornings are for decisions; precedents beside each."),
    ("Second-person QA by the campaign manager", -40, "Tomas", "brief_to_live_days", "The trafficker assigns, the manager compares."),
)
VIEWS = (
    ("Dana", "orders", "My campaigns at risk", "account_manager=me&standing=risk,blocked", False),
    ("Priya", "pacing", "Mine, worst first", "owner=me&sort=-at_risk", False),
    ("Ruth", "pacing", "Off pace, all", "state=blocked,risk,watch", True),
    ("Tomas", "trafficking", "Launching this week", "sort=launch", False),
    ("Jonas", "invoices", "Overdue", "status=issued&due_on=..today-1&sort=due_on", True),
    ("Owen", "orders", "To sign and book", "status=approved,signed", True),
    ("Ines", "lines", "Live by property", "status=live&group=property", True),
)
ABSENCES = (  # who, start, days, cover, note
    ("Tomas", 7, 5, "Nadia", "Leave"), ("Mei", 3, 1, "Ruth", "Training"), ("Ben", -4, 3, "Grace", "Ill"), ("Hana", 21, 10, "Dana", "Leave"),
    ("Priya", -40, 5, "Grace", "Leave"),
)  # fmt: skip


def finish(world: World) -> None:
    """Everything that is computed from what happened, and the few records nobody acts on."""
    now = world.times.now
    holding.expire_due(at=now)
    contracts.expire_due(today=world.times.today, at=now)
    asking.close_all_held(at=now)
    for name, start, days, cover, note in ABSENCES:
        first = world.times.monday() + datetime.timedelta(days=start)
        last = first + datetime.timedelta(days=days - 1)
        Absence.objects.create(person=world.cast[name], start=first, end=last, cover=world.cast[cover], note=note)
    for name, began, owner, measure, note in INITIATIVES:
        Initiative.objects.create(name=name, began_on=world.times.day(began), owner=world.cast[owner], measure=measure, note=note)
    for who, key, name, query, shared in VIEWS:
        SavedView.objects.create(person=world.cast[who], list_key=key, name=name, query=query, shared=shared)
    _goals(world)
    publishing.publish(by=world.cast["Tomas"], at=now, why="This morning's plan")
    recommending.recommend(pacing.compute(pacing.running_lines(), by=None, at=now), by=None, at=now)
    comparing.compare(comparing.due(now), by=None, at=now)


def _goals(world: World) -> None:
    """Goals around what was sold in each month; the months ahead as the last four were."""
    chance, sold = random.Random(world.seed), _sold()
    first = world.times.today.replace(day=1)
    months = [revenue.add_months(first, n) for n in range(-11, 6)]
    for home in sorted({product.property for product in world.products.values()}, key=lambda one: one.pk):
        usual = sum((sold[home.pk, month] for month in months[8:12]), Decimal(0)) / 4
        for month in months:
            basis = max(sold[home.pk, month], usual * Decimal("0.4")) if month <= first else usual
            amount = (basis * Decimal(str(round(chance.uniform(0.94, 1.14), 3))) / 1000).quantize(Decimal(1)) * 1000
            Goal.objects.create(property=home, month=month, amount=max(amount, Decimal(5000)))


def _sold() -> dict[tuple[int, datetime.date], Decimal]:
    """Money of booked lines by property and month, spread over their days."""
    found: dict[tuple[int, datetime.date], Decimal] = defaultdict(Decimal)
    for line in Line.objects.filter(status__in=revenue.SOLD).select_related("product"):
        length, month = (line.end - line.start).days + 1, line.start.replace(day=1)
        while month <= line.end:
            last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
            days = (min(line.end, last) - max(line.start, month)).days + 1
            found[line.product.property_id, month] += line.amount * days / length
            month = revenue.add_months(month, 1)
    return found
