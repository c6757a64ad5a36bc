"""Rates in a change order: never above what the client's agreement protects; below the floor or far off the card they are asked for."""

import datetime
from decimal import Decimal as D

import pytest

from makegood.accounts.actions import contracts
from makegood.catalog.actions import rates
from makegood.core.errors import Invalid
from makegood.orders.actions import changing
from makegood.orders.models import Order
from makegood.work.models import Approval
from makegood.workflows import changing as workflow
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
YEAR = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
ADDED = {"op": "line.add", "product": "run-of-site", "start": str(orders.START), "end": str(orders.END), "quantity": 100_000}


@pytest.fixture
def deal():
    """Run of site protected at 8.00, the takeover at nothing."""
    made = contracts.create(accounts.advertiser(), "Year", start=YEAR[0], end=YEAR[1], commitment=D(1), by=None, at=NOW)
    rates.protect(made, catalog.run_of_site(), D(8), by=None, at=NOW)
    return contracts.activate(made, by=None, at=NOW)


@pytest.fixture
def change(deal):
    order = orders.order(contract=deal)
    orders.line(order)
    return changing.begin(orders.booked(order), by=None, at=NOW)


@pytest.mark.parametrize("asked", [{"op": "line.rate", "line": 1, "rate": "8.01"}, ADDED | {"rate": "9"}])
def test_above_what_an_agreement_protects_it_is_refused_by_name(change, deal, asked):
    with pytest.raises(Invalid, match=rf"{deal.number} protects a rate of 8; .* is above it") as error:
        workflow.collect(change, asked, by=None, at=NOW)
    assert (error.value.place, error.value.remedy) == (f"line {asked.get('line', 2)}, rate", "Give 8 or less.")
    change.refresh_from_db()
    assert change.operations == []


@pytest.mark.parametrize("asked", [{"op": "line.rate", "line": 1, "rate": "7.9"}, ADDED | {"rate": "8"}, ADDED])
def test_at_or_a_little_below_the_protected_rate_nobody_is_asked(change, asked):
    orders.rule("discount", "15")
    workflow.collect(change, asked, by=None, at=NOW)
    workflow.send(change, by=None, at=NOW)
    assert (change.status, Approval.objects.count()) == ("approved", 0)


def test_below_floor_and_card_a_lead_is_asked_as_for_a_draft(change, lead):
    orders.rule("discount", "15")
    orders.rule("floor")
    workflow.collect(change, {"op": "line.rate", "line": 1, "rate": "3"}, by=None, at=NOW)
    seen = workflow.preview(lead, change.pk, at=NOW)
    assert sorted(need.kind for need in seen.needs) == ["discount", "floor"]
    workflow.send(change, by=None, at=NOW)
    assert {one.kind for one in Approval.objects.filter(status="pending")} == {"discount", "floor"}


def test_a_line_whose_rate_stays_is_not_held_against_an_agreement_made_later(deal):
    order = orders.order()
    orders.line(order)
    order = orders.booked(order)
    Order.objects.filter(pk=order.pk).update(contract=deal)  # the agreement came after the signatures
    change = changing.begin(Order.objects.get(pk=order.pk), by=None, at=NOW)
    workflow.collect(change, {"op": "line.quantity", "line": 1, "quantity": 600_000}, by=None, at=NOW)
    with pytest.raises(Invalid, match="above it"):
        workflow.collect(change, {"op": "line.rate", "line": 1, "rate": "11"}, by=None, at=NOW)
    workflow.collect(change, {"op": "line.rate", "line": 1, "rate": "8"}, by=None, at=NOW)
