"""Two people with the same money at the same time: it is spent once, and without the actions the database says so."""

from collections import Counter
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from makegood.billing import balances
from makegood.billing.actions import applying, correcting, receiving, refunding
from makegood.billing.models import Allocation, Invoice, Refund
from makegood.core.errors import Invalid
from tests import personas
from tests.factories import billing
from tests.factories.accounts import NOW
from tests.orders.contending import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by():
    return personas.person("Jonas Abel", "finance")


@pytest.fixture
def bills(by):
    order = billing.ran()
    return [billing.issued(order, by, day) for day in billing.BROADCAST[:2]]


def pay(invoice, amount, by, apply_to):
    return receiving.record(invoice.bill_to, D(amount), currency="USD", received_on=NOW.date(), reference="W", by=by, at=NOW, apply_to=apply_to)


def test_the_same_money_is_applied_or_paid_back_once(bills, by):
    june, july = bills
    one = pay(june, "500", by, {})
    acts = [lambda bill=bill: applying.on_account(bill, D("500"), by=by, at=NOW) for bill in (june, july, june)]
    acts += [lambda number=number: refunding.refund(one, D("500"), paid_on=NOW.date(), reference=f"R{number}", why="x", by=by, at=NOW) for number in range(3)]
    assert Counter(isinstance(one, Invalid) for one in at_once(acts)) == {True: 5, False: 1}
    assert balances.left(one) == 0


def test_a_bill_is_paid_and_credited_at_once_and_never_below_zero(bills, by):
    june, _ = bills
    one = pay(june, "2000", by, {})
    acts = [lambda: receiving.apply(one, june, D("1020"), by=by, at=NOW), lambda: correcting.credit(june, D("700"), reason="x", by=by, at=NOW)]
    assert Counter(isinstance(one, Invalid) for one in at_once(acts * 2))[False] in (1, 2)  # the credit, and the payment where it came first
    bill = balances.with_balance(Invoice.objects.filter(pk=june.pk)).get()
    assert (bill.credited, (bill.balance, bill.status) in ((D(0), "paid"), (D("320"), "issued"))) == (D("700"), True)
    assert bill.balance - balances.left(one) == D("1020") - D("700") - D("2000")


def test_without_the_actions_the_database_refuses_the_later_one(bills, by):
    june, july = bills
    one = pay(june, "500", by, {})

    def row(make):
        with transaction.atomic():
            make()

    facts = {"payment": one, "account": one.account, "amount": 400, "paid_on": NOW.date(), "why": "x", "at": NOW}
    acts = [lambda bill=bill: row(lambda: Allocation.objects.create(payment=one, invoice=bill, amount=400)) for bill in (june, july)]
    found = at_once([*acts, lambda: row(lambda: Refund.objects.create(reference="R", **facts))])
    assert Counter(type(one) for one in found) == {IntegrityError: 2, type(None): 1}
    assert balances.left(one) == D("100")
