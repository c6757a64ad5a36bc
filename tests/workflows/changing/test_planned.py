"""An order made of a plan beside it: on its page, and where a change takes away what the plan promised."""

import re

import pytest
from django.test import Client

from makegood.orders import snapshots
from makegood.orders.actions import changing
from makegood.orders.models import Order
from makegood.workflows import changing as workflow
from makegood.workflows.changing import planned
from makegood.workflows.planning import making, ordering
from tests.factories import accounts, orders, planning
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(account_manager):
    """A booked order of a plan, and the plan."""
    accounts.seller()
    planning.stocked()
    plan = making.make(planning.brief(account_manager), by=account_manager, at=NOW)
    order = ordering.order(plan, by=account_manager, at=NOW)
    return orders.booked(Order.objects.get(pk=order.pk)), plan


def test_booked_as_planned_it_keeps_its_plan_and_one_not_planned_has_none(made):
    order, plan = made
    kept = planned.of(snapshots.of(order))
    assert (kept.plan, kept.short, kept.below) == (plan, (), False)
    assert kept.expected == pytest.approx(sum(line.outcome for line in plan.lines.all()))
    assert planned.of(snapshots.of(orders.drafted())) is None


def test_a_change_that_takes_a_line_away_says_what_the_plan_loses(made, account_manager):
    order, plan = made
    most = max(plan.lines.all(), key=lambda line: line.outcome)
    number = order.lines.get(product=most.product).number
    change = changing.begin(order, by=account_manager, at=NOW)
    workflow.collect(change, {"op": "line.cut", "line": number}, by=account_manager, at=NOW)
    kept = workflow.preview(account_manager, change.pk, at=NOW).plan
    assert [(one.name, one.planned, one.booked) for one in kept.short] == [(most.product.name, most.units, 0)]
    assert kept.expected == pytest.approx(sum(line.outcome for line in plan.lines.all()) - most.outcome)
    browser = Client()
    browser.force_login(account_manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", browser.get(f"/orders/changes/{change.pk}/preview/").content.decode()))
    assert "What the plan promised" in said and f"{most.product.name}: 0 of {most.units:,}" in said
    page = browser.get(f"/orders/{order.pk}/").content.decode()
    assert f'href="/plans/{plan.pk}/"' in page and "expected; as it is booked, about" in page
