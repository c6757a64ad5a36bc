"""The steps of an order as commands: who acts is named, refusals are one line, results are JSON."""

import contextlib
import datetime
import json

import pytest
from typer.testing import CliRunner

from makegood.core.models import Person
from makegood.interfaces.cli.main import app
from makegood.orders.models import Order
from tests.factories import orders

RUN = CliRunner()
pytestmark = pytest.mark.django_db


def call(*words: str) -> tuple[int, dict[str, object]]:
    """Exit status and the JSON printed, on whichever stream."""
    done = RUN.invoke(app, [*words, "--json"], obj=contextlib.nullcontext)
    return done.exit_code, json.loads(done.stdout or done.stderr)


def test_from_draft_to_booked(campaign_manager: Person, account_manager: Person) -> None:
    order = orders.drafted(by=None, account_manager=account_manager, campaign_manager=campaign_manager)
    at = ("--at", "2026-11-23T15:00:00+00:00")
    code, found = call("order", "check", order.number, *at)
    assert (code, len(found["lines"])) == (0, 1)
    assert call("order", "submit", order.number, "--as", campaign_manager.email, *at)[1]["status"] == "approved"
    who = ("--as", account_manager.email, *at)
    call("order", "sign", order.number, "--name", "Dana Whitfield", *who)
    code, signed = call("order", "sign", order.number, "--side", "client", "--name", "Lena Ortiz", "--on-paper", "PDF by mail", *who)
    assert (code, signed["status"]) == (0, "signed")
    code, booked = call("order", "book", order.number, "--as", campaign_manager.email, *at)
    assert (code, booked["status"]) == (0, "booked")
    code, asked = call("order", "ask", order.number, "--as", campaign_manager.email, *at)
    assert (code, asked["tasks"] != []) == (0, True)
    again = call("order", "book", order.number, "--as", campaign_manager.email)
    assert (again[0], again[1]["error"]["remedy"]) == (1, "Signed orders are booked.")


def test_nobody_and_strangers_are_refused(account_manager: Person) -> None:
    order = orders.drafted()
    for who in ((), ("--as", "stranger@example.com")):
        code, told = call("order", "submit", order.number, *who)
        assert (code, told["error"]["place"]) == (1, "--as")
    assert call("order", "submit", "MG-99999", "--as", account_manager.email)[1]["error"]["place"] == "MG-99999"
    assert Order.objects.get(pk=order.pk).status == "draft"


def test_the_rest_prints_json(account_manager: Person) -> None:
    order = orders.drafted()
    code, opened = call("case", "open", order.number, "Where is the report?", "--as", account_manager.email)
    assert (code, opened["status"]) == (0, "open")
    code, done = call("case", "resolve", str(opened["case"]), "--cause", "Mail", "--resolution", "Sent again", "--as", account_manager.email)
    assert (code, done["status"]) == (0, "resolved")
    assert call("count")[1]["read"] == 0
    assert call("pace")[1]["lines"] == []
    assert set(call("status")[1]) == {"quarter", "revenue", "at_risk", "roadblocks"}
    code, told = call("bill", order.number, "--on", "yesterday", "--as", account_manager.email)
    assert (code, told["error"]["place"]) == (1, "--on")
    code, added = call("people", "add", "new@example.com", "New Person", "--role", "sales", "--password", "long-enough-77")
    assert (code, added["roles"]) == (0, ["sales"])
    assert datetime.date.fromisoformat(call("status")[1]["quarter"]).day == 1
