"""A booked order changed, and cancelled by notice, from the command line."""

import pytest

from makegood.orders.models import Order
from tests.factories import orders
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
