"""A booked order changed, and cancelled by notice, from the command line."""

import datetime
from decimal import Decimal

import pytest

from makegood.accounts.actions import contracts
from makegood.core.errors import Refused
from makegood.orders import cancellation
from makegood.orders.actions import cancelling, running
from makegood.orders.changes.notice import Terms
from makegood.orders.models import Order
from tests.factories import accounts, orders
from tests.factories.accounts import NOW
from tests.interfaces.cli.test_steps import call

pytestmark = pytest.mark.django_db
AT = ("--at", "2026-11-23T15:00:00+00:00")


def test_a_change_is_collected_previewed_sent_signed_and_another_pushed(account_manager):
    order = orders.booked(orders.drafted())
    who = ("--as", account_manager.email, *AT)
    assert call("order", "push-change", order.number, *who)[1]["error"]["remedy"].startswith("Begin one")
    code, seen = call("order", "change", order.number, "--op", '{"op": "line.quantity", "line": 1, "quantity": 600000}', *who)
    assert (code, seen["class"], seen["gross"]) == (0, "commercial", ["6000.00", "7200.00"])
    assert call("order", "change", order.number, "--op", '{"op": "line.quantity", "line": 9, "quantity": 1}', *who)[1]["error"]["place"] == "line 9"
    assert call("order", "change", order.number, "--op", "{", *who)[1]["error"]["place"] == "--op"
    assert call("order", "send-change", order.number, *who)[1]["status"] == "approved"
    call("order", "sign-change", order.number, "--name", "Dana", *who)
    assert call("order", "sign-change", order.number, "--side", "client", "--name", "Lena", "--on-paper", "PDF", *who)[1]["status"] == "applied"
    call("order", "change", order.number, "--op", '{"op": "line.cap", "line": 1, "cap": [3, 24]}', "--op", '{"op": "line.rename", "line": 1, "name": "x"}', *who)
    assert call("order", "change", order.number, "--undo", *who)[1]["says"] == ["Line 1 at most 3 in 24 hours"]
    assert call("order", "push-change", order.number, "--why", "seen too often", *who)[1] == {"order": order.number, "change": 2, "status": "applied", "revision": 3, "operations": 1}


def test_withdrawn_and_cancelled_by_notice(account_manager):
    order = orders.booked(orders.drafted())
    who = ("--as", account_manager.email, *AT)
    call("order", "change", order.number, "--op", '{"op": "line.cap", "line": 1, "cap": [3, 24]}', *who)
    assert call("order", "withdraw-change", order.number, *who)[1]["status"] == "withdrawn"
    assert "ends within the notice" in call("order", "cancel-by-notice", order.number, "--source", "letter", "--why", "closed", *who)[1]["error"]["message"]
    assert Order.objects.get(pk=order.pk).revision == 1


def test_the_nearest_terms_of_cancelling_hold(account_manager, lead):
    who = ("--as", lead.email, *AT)
    account = accounts.advertiser()
    contract = contracts.create(account, "Year", start=NOW.date(), end=NOW.date() + datetime.timedelta(days=365), commitment=Decimal(90000), by=None, at=NOW)
    order = orders.drafted(advertiser=account, contract=contract)
    assert cancellation.terms_of(order) == Terms(30, 7, Decimal(50))
    found = []
    for words in (("--notice-days", "20"), (contract.number, "--fee-pct", "25"), (order.number, "--notice-days", "5")):
        assert call("order", "cancellation-terms", *words, *who)[0] == 0
        found.append(cancellation.terms_of(order))
    assert found == [Terms(20, 7, Decimal(50)), Terms(30, 7, Decimal(25)), Terms(5, 7, Decimal(50))]
    assert "may not do this" in call("order", "cancellation-terms", "--as", account_manager.email)[1]["error"]["message"]
    orders.booked(order)
    assert "what was signed" in call("order", "cancellation-terms", order.number, *who)[1]["error"]["remedy"]


def test_a_running_order_ends_at_once_by_a_lead_only(account_manager, lead):
    order = orders.booked(orders.drafted())
    running.start(order.lines.get().flights.select_related("line__order").get(), by=None, at=NOW)
    order = Order.objects.get(pk=order.pk)
    with pytest.raises(Refused, match="by the notice and the fee"):
        cancelling.cancel(order, by=account_manager, at=NOW, why="they stop")
    assert cancelling.cancel(order, by=lead, at=NOW, why="they stop, agreed").status == "cancelled"
