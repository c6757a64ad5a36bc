"""Terms of cancelling are what both sides signed: frozen with the revision, on its paper, and in force whatever is agreed later."""

import datetime
from decimal import Decimal as D

import pytest

from makegood.accounts.actions import contracts
from makegood.catalog.actions import clauses
from makegood.core.errors import Refused
from makegood.orders import cancellation, snapshots
from makegood.orders.actions import approval, changing, giving_notice
from makegood.orders.changes.notice import Terms
from makegood.orders.models import Order, Revision
from makegood.workflows import changing as workflow
from tests.factories import accounts, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
HOUSE, LATER = Terms(5, 2, D(25)), Terms(60, 30, D(100))


@pytest.fixture(autouse=True)
def house():
    """What the house asks for when the order is written."""
    giving_notice.agree_terms(HOUSE, by=None, at=NOW)


def test_signed_then_the_house_asks_for_more_and_it_is_cancelled_by_what_was_signed(account_manager):
    order = orders.booked()
    giving_notice.agree_terms(LATER, by=None, at=NOW)
    order = Order.objects.get(pk=order.pk)
    assert cancellation.terms_of(order) == HOUSE
    assert cancellation.terms_of(orders.drafted(name="Another")) == LATER
    change = workflow.give_notice(order, by=account_manager, at=NOW, source="letter", why="the budget is gone")
    assert (change.notice["notice_days"], change.notice["fee_pct"], D(change.notice["owed"])) == (5, "25.00", D("1500.00"))  # a quarter of 6,000
    assert order.revisions.get(number=2).snapshot["cancellation"] == order.revisions.get(number=1).snapshot["cancellation"]


@pytest.mark.parametrize("where", ["agreement", "order"])
def test_nearer_terms_than_the_houses_are_frozen_too(where):
    deal = contracts.create(accounts.advertiser(), "Year", start=datetime.date(2026, 1, 1), end=datetime.date(2026, 12, 31), commitment=D(1), by=None, at=NOW)
    order = orders.drafted(contract=contracts.activate(deal, by=None, at=NOW))
    whose = {"contract": deal} if where == "agreement" else {"order": order}
    giving_notice.agree_terms(Terms(10, 3, D("33.33")), by=None, at=NOW, **whose)
    order = orders.booked(order)
    giving_notice.agree_terms(LATER, by=None, at=NOW, contract=deal)
    assert cancellation.terms_of(Order.objects.get(pk=order.pk)) == Terms(10, 3, D("33.33"))


def test_the_paper_says_what_the_data_says(lead):
    clauses.adopt("en", by=None, at=NOW)
    order = orders.signed()
    giving_notice.agree_terms(LATER, by=None, at=NOW)
    revision = order.revisions.get()
    said = " ".join(one["text"] for one in revision.paper.content["clauses"])
    kept = revision.snapshot["cancellation"]
    assert kept == {"notice_days": 5, "other_notice_days": 2, "fee_pct": "25.00"}
    assert "5 days" in said and "25" in said and "60 days" not in said
    assert snapshots.sha256(snapshots.of(Order.objects.get(pk=order.pk))) == revision.sha256
    assert approval.current(Order.objects.get(pk=order.pk)) == revision


def test_once_sent_its_terms_are_agreed_only_by_withdrawing_it():
    order = approval.submit(orders.drafted(), by=None, at=NOW)
    with pytest.raises(Refused, match="Withdraw it first") as error:
        giving_notice.agree_terms(LATER, by=None, at=NOW, order=order)
    assert error.value.place == str(order)
    order = approval.withdraw(order, by=None, at=NOW, why="other terms")
    giving_notice.agree_terms(LATER, by=None, at=NOW, order=order)
    assert cancellation.terms_of(approval.submit(order, by=None, at=NOW)) == LATER
    first, second = (one.snapshot["cancellation"]["notice_days"] for one in order.revisions.order_by("number"))
    assert (first, second) == (5, 60)


def test_a_change_in_effect_keeps_them_and_an_order_signed_before_they_were_frozen_has_the_nearest():
    order = orders.booked()
    giving_notice.agree_terms(LATER, by=None, at=NOW)
    change = changing.begin(order, by=None, at=NOW)
    workflow.collect(change, {"op": "line.quantity", "line": 1, "quantity": 400_000}, by=None, at=NOW)
    workflow.send(change, by=None, at=NOW)
    for side in ("seller", "client"):
        workflow.sign(change, side, "Somebody", by=None, at=NOW)
    assert cancellation.terms_of(Order.objects.get(pk=order.pk)) == HOUSE
    older = orders.booked(orders.drafted(name="Older"))
    bare = {name: value for name, value in older.revisions.get().snapshot.items() if name != "cancellation"}
    Revision.objects.create(order=older, number=2, snapshot=bare, sha256=snapshots.sha256(bare), at=NOW)
    Order.objects.filter(pk=older.pk).update(revision=2)
    older = Order.objects.get(pk=older.pk)
    assert cancellation.terms_of(older) == LATER and "cancellation" not in snapshots.of(older)
