"""Load per person by week from tasks, booked starts and live campaigns; absences take capacity away."""

import datetime
from decimal import Decimal

from makegood.core.models import Absence, Role
from makegood.insight import handing, team
from makegood.work.actions import tasks
from tests import personas
from tests.factories import orders
from tests.factories.accounts import NOW

MONDAY = NOW.date()  # 23 November 2026 is a Monday


def load_of(person):
    return next(row for row in team.loads(now=NOW) if row.person == person)


def test_hours_by_week(campaign_manager, trafficker):
    orders.booked(orders.drafted(by=None, campaign_manager=campaign_manager, trafficker=trafficker))  # starts 7 December, week 2
    order = orders.order("Other")
    tasks.open(order, "spec", title="Check the spec", due_at=NOW + datetime.timedelta(days=8), by=None, at=NOW, owner=campaign_manager, effort_hours=5)
    tasks.open(order, "late", title="Late", due_at=NOW - datetime.timedelta(days=3), by=None, at=NOW, owner=campaign_manager, effort_hours=2)
    Absence.objects.create(person=campaign_manager, start=MONDAY + datetime.timedelta(days=3), end=MONDAY + datetime.timedelta(days=7))
    row = load_of(campaign_manager)
    assert row.hours == (Decimal(2), Decimal(5), Decimal(6), Decimal("1.5"))
    assert row.capacity == (Decimal("22.5"), Decimal("30.0"), Decimal("37.5"), Decimal("37.5"))
    assert (row.overdue, row.open_tasks, row.campaigns, row.percent, row.first_over) == (1, 2, 1, 11, None)
    assert load_of(trafficker).hours == (Decimal(0), Decimal(0), Decimal(4), Decimal(0))


def test_who_is_over_capacity_is_offered_a_colleague_with_room(trafficker):
    colleague = personas.person("Bo Lindgren", Role.TRAFFICKER)
    order = orders.order()
    tasks.open(order, "big", title="Big", due_at=NOW + datetime.timedelta(days=1), by=None, at=NOW, owner=trafficker, effort_hours=30)
    tasks.open(order, "next", title="Next", due_at=NOW + datetime.timedelta(days=2), by=None, at=NOW, owner=trafficker, effort_hours=20)
    tasks.open(order, "small", title="Small", due_at=NOW + datetime.timedelta(days=1), by=None, at=NOW, owner=colleague, effort_hours=2)
    found, = handing.hand_overs(team.loads(now=NOW), now=NOW)
    assert (found.task.title, found.to, load_of(trafficker).first_over) == ("Next", colleague, 0)
