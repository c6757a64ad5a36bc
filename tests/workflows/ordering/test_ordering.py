"""A document becomes a campaign that knows what it lacks, who owes it and by when."""

import datetime
from decimal import Decimal

import pytest

from makegood.accounts.actions import contacts
from makegood.catalog.actions import generic
from makegood.core.errors import NotAllowed
from makegood.orders.actions import drafting
from makegood.orders.errors import AlreadyImported, Unfinished
from makegood.orders.models import Order, OrderImport
from makegood.work.models import Approval, Task
from makegood.workflows import readiness
from makegood.workflows.ordering import asking, backward, deciding, intake
from tests import personas
from tests.factories import accounts, orders
from tests.factories.accounts import NOW
from tests.orders.test_importing import LINES, book, sheet

pytestmark = pytest.mark.django_db
__all__ = ["book"]


def test_a_clean_document_is_taken_to_approval_step_by_step(book, account_manager):
    steps = []
    taken = intake.take([sheet()], name="order.csv", by=account_manager, at=NOW, told=lambda step, text: steps.append(step))
    assert steps == ["read", "match", "order", "submit"]
    assert (taken.order.status, taken.order.gross) == ("approved", Decimal("30000.00"))
    with pytest.raises(AlreadyImported):
        intake.take([sheet()], name="order.csv", by=account_manager, at=NOW)


def test_an_unclear_document_stays_to_be_corrected_and_fixes_finish_it(book, account_manager):
    wrong = [(*LINES[0][:4], "13.00", "6000.00")]
    with pytest.raises(Unfinished) as refused:
        intake.take([sheet(wrong)], name="order.csv", by=account_manager, at=NOW)
    assert (len(refused.value.open), Order.objects.count(), OrderImport.objects.get().status) == (1, 0, "read")
    taken = intake.take([sheet(wrong)], name="order.csv", by=account_manager, at=NOW, fixes={"line:1:rate": "12.00"})
    assert taken.order.gross == Decimal("6000.00")


def test_yes_to_all_takes_the_generic_product(book, account_manager):
    generic.ensure(by=None, at=NOW)
    rows = [("Unheard-of thing", *LINES[0][1:])]
    taken = intake.take([sheet(rows, advertiser="Kestrel Outdoor")], name="x.csv", by=account_manager, at=NOW, accept_defaults=True)
    assert [(line.product.code, line.rate_type) for line in taken.order.lines.all()] == [("any-media", "CPM")]


def test_an_order_follows_its_decision(account_manager, lead):
    orders.rule("discount", "15")
    order = orders.order(by=account_manager)
    orders.line(order, rate=Decimal(9), by=account_manager)
    from makegood.orders.actions import approval

    approval.submit(order, by=account_manager, at=NOW)
    deciding.decide(Approval.objects.get(), "approved", by=lead, at=NOW)
    order.refresh_from_db()
    assert order.status == "approved"


def test_what_is_missing_is_asked_once_with_owner_and_due_date_worked_back(account_manager, campaign_manager, trafficker):
    order = orders.order(by=account_manager, campaign_manager=campaign_manager, trafficker=trafficker)
    orders.line(order)
    orders.booked(order)
    asked = asking.ask(order, by=campaign_manager, at=NOW)
    assert asking.ask(order, by=campaign_manager, at=NOW) == asked
    found = {task.key: (task.owner.name, str(task.owed_by or ""), task.due_at.date().isoformat()) for task in asked}
    client = "Oatfield Foods"
    assert found == {  # launch on Monday 7 December, creatives five business days before
        "po_number": (account_manager.name, client, "2026-12-07"), "contact": (account_manager.name, "", "2026-11-30"),
        "creative:300×250": (campaign_manager.name, client, "2026-11-30"), "click_url": (campaign_manager.name, client, "2026-11-30"),
        "setup": (trafficker.name, "", "2026-12-03"), "qa": (trafficker.name, "", "2026-12-04"),
    }  # fmt: skip


def test_readiness_follows_the_facts_and_closes_what_is_held(account_manager):
    order = orders.booked(orders.drafted(by=account_manager))
    asking.ask(order, by=account_manager, at=NOW)
    before = readiness.of(order, at=NOW)
    assert (before.says, before.held_back) == ("2 of 8 facts hold", Decimal("6000.00"))
    drafting.edit(order, by=account_manager, at=NOW, po_number="PO-7")
    contacts.add_contact(order.advertiser, "Lena Ortiz", email="lena@oatfield.example", by=account_manager, at=NOW)
    assert asking.close_held(order, at=NOW) == 2
    after = readiness.of(order, at=NOW)
    assert (after.held, Task.objects.filter(status="open").count()) == (4, 4)
    assert {item.key for item in after.missing} == {"creative:300×250", "click_url", "setup", "qa"}


def test_a_client_sees_what_it_owes_and_a_rival_nothing(account_manager):
    order = orders.booked(orders.drafted(by=account_manager))
    client = personas.client_of(order.advertiser.party, "Lena Ortiz")
    rival = personas.client_of(accounts.advertiser("Meridian Rail").party, "Rhea Rival")
    assert {item.owed_by for item in readiness.seen_by(client, order.pk, at=NOW).items} == {"Oatfield Foods"}
    with pytest.raises(Order.DoesNotExist):
        readiness.seen_by(rival, order.pk, at=NOW)
    with pytest.raises(NotAllowed):
        asking.ask(order, by=client, at=NOW)


def test_nobody_is_asked_for_yesterday():
    order = Order(zone="America/New_York")
    due = backward.moment(order, datetime.date(2026, 11, 2), at=NOW)
    assert due == datetime.datetime(2026, 11, 24, 22, tzinfo=datetime.UTC)
