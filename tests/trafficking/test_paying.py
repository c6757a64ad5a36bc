"""What a payer's credit keeps from the plan, state by state, for flights that run, that are ready, and that are only booked."""

import datetime
import pathlib

import pytest
from django.conf import settings

from makegood.accounts.actions import accounts
from makegood.accounts.states import CreditStatus
from makegood.core.errors import NotAllowed, Refused
from makegood.engine import plan as plans
from makegood.orders.actions import running
from makegood.orders.models import Prepayment
from makegood.trafficking.actions import assigning, qa
from makegood.workflows import publishing
from makegood.workflows.crediting import advance, states
from tests.factories.creatives import NOW

LATER = NOW + datetime.timedelta(days=6)  # the flight's days have begun
SERVED = {  # state: whether (a live flight, a flight that never ran) is served
    "active": (True, True), "on_hold": (True, False), "stop": (True, False), "blocked": (False, False), "inactive": (False, False),
}  # fmt: skip


@pytest.fixture
def cleared(order, flight, version, trafficker, campaign_manager):
    """Assigned, checked by a second person, published."""
    assigning.assign(flight, version, by=trafficker, at=NOW)
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch")
    return flight


def served():
    return [entry.id for entry in plans.from_json(pathlib.Path(settings.PLAN_FILE).read_bytes()).flights]


@pytest.mark.parametrize("runs", [True, False])
@pytest.mark.parametrize("state", CreditStatus.values)
def test_a_change_of_credit_is_followed_at_once(cleared, bank, finance, state, runs):
    at = LATER if runs else NOW
    if runs:
        running.start(cleared, by=None, at=at)
    if state == "active":
        states.set_credit(bank, "on_hold", by=finance, at=at, why="late")
    effect = states.set_credit(bank, state, by=finance, at=at, why="as agreed")
    assert served() == ([cleared.pk] if SERVED[state][0 if runs else 1] else [])
    assert effect.flights == 1
    if state != "active":
        assert states.set_credit(bank, "active", by=finance, at=at, why="paid").published is True
        assert served() == [cleared.pk]


def test_the_refusal_names_who_lifts_it(cleared, order, bank, finance, trafficker, campaign_manager):
    states.set_credit(bank, "blocked", by=finance, at=NOW, why="90 days late")
    with pytest.raises(Refused, match=r"is blocked: nothing of it runs.*Ask finance or administrator"):
        publishing.publish(by=trafficker, at=NOW, why="again", order=order)


def test_only_finance_sets_it(bank, cleared, trafficker):
    with pytest.raises(NotAllowed):
        states.set_credit(bank, "blocked", by=trafficker, at=NOW, why="x")
    assert served() == [cleared.pk]


def test_a_prepaying_client_starts_when_paid(order, flight, version, bank, trafficker, campaign_manager, finance):
    accounts.set_terms(bank, by=finance, at=NOW, why="new client", prepay=True)
    assigning.assign(flight, version, by=trafficker, at=NOW)
    qa.run(order, by=campaign_manager, at=NOW)
    with pytest.raises(Refused, match=r"pays in advance, and MG-\d+ is not paid.*Finance records the payment"):
        publishing.publish(by=trafficker, at=NOW, why="launch", order=order)
    assert (advance.follow(at=NOW), Prepayment.objects.count()) == (0, 0)
    with pytest.raises(NotAllowed):
        advance.release(order, why="trust me", by=trafficker, at=NOW)
    advance.release(order, why="the wire is seen", by=finance, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch", order=order)
    assert served() == [flight.pk]
