"""Money paid in advance, rebates credited at the end of an agreement, and merges that would split books."""

import datetime
from decimal import Decimal as D

import pytest

from makegood.accounts.actions import accounts as acts
from makegood.accounts.actions import contracts
from makegood.billing import balances
from makegood.billing.actions import receiving
from makegood.billing.queries import on_account
from makegood.core.errors import NotAllowed, Refused
from makegood.insight import agreement, rebate
from makegood.orders.actions import drafting
from makegood.orders.models import Order, Prepayment
from makegood.workflows import merging, rebating
from makegood.workflows.crediting import advance
from tests.factories import accounts, billing, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
YEAR = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
AFTER = datetime.datetime(2027, 1, 10, 15, tzinfo=datetime.UTC)
TIERS = [(D(500), D(2)), (D(1500), D(4))]


@pytest.fixture
def oatfield():
    return accounts.advertiser(address="9 Mill Lane\nPortland ME")


@pytest.fixture
def deal(oatfield):
    made = contracts.create(oatfield, "Year", start=YEAR[0], end=YEAR[1], commitment=D(3000), by=None, at=NOW, tiers=TIERS)
    return contracts.activate(made, by=None, at=NOW)


@pytest.fixture
def billed(deal, finance):
    """Two months billed under the agreement: $1,200 and $600 at $10 CPM."""
    order = billing.ran(agency=False, contract=deal)
    return [billing.issued(order, finance, day) for day in billing.BROADCAST[:2]]


def seen(deal):
    return rebate.of(agreement.progress([deal], AFTER.date())[0])


def test_a_rebate_accrues_month_by_month_from_what_was_billed(deal, billed):
    found = seen(deal)
    assert [(one.month, one.spend, one.pct, one.accrued) for one in found.months] == [("2026-06", D(1200), D(2), D(24)), ("2026-07", D(600), D(4), D(48))]
    assert (found.earned, found.due, found.next) == (D(72), D(72), None)


def test_it_is_credited_once_the_agreement_is_over(deal, billed, finance, lead):
    with pytest.raises(Refused, match="runs until 2026-12-31"):
        rebating.credit(deal, by=finance, at=NOW)
    with pytest.raises(NotAllowed):
        rebating.credit(deal, by=lead, at=AFTER)
    (note,) = rebating.credit(deal, by=finance, at=AFTER)
    assert (note.amount, note.invoice, note.reason.startswith(f"Volume rebate {deal.number}")) == (D(72), billed[1], True)
    after = seen(deal)
    assert (after.earned, after.credited, after.due) == (D(72), D(72), D(0))  # the rebate itself lowers no spend
    with pytest.raises(Refused, match="no rebate is due"):
        rebating.credit(deal, by=finance, at=AFTER)


def test_what_open_bills_owe_goes_first_and_of_paid_ones_it_stays_on_account(deal, billed, finance, oatfield):
    june, july = billed
    receiving.record(oatfield, D(600), currency="USD", received_on=AFTER.date(), reference="W1", by=finance, at=AFTER, apply_to={july: D(600)})
    assert rebating.propose(deal, at=AFTER).parts == ((june, D(72)),)  # july, the newer, is paid
    paid = receiving.record(oatfield, D(1200), currency="USD", received_on=AFTER.date(), reference="W2", by=finance, at=AFTER)
    (note,) = rebating.credit(deal, by=finance, at=AFTER)
    assert (note.invoice, note.frees.get().amount, seen(deal).due) == (july, D(72), D(0))
    (there,) = on_account.by_payer(finance)
    assert (there.account_id, there.amount, balances.left(paid)) == (oatfield.pk, D(72), D(0))


def test_the_fact_of_being_paid_is_written_when_all_of_it_is(oatfield, finance):
    acts.set_terms(oatfield, by=finance, at=NOW, why="new client", prepay=True)
    order = billing.ran(agency=False, complete=False, delivered=(), bill_schedule="prepaid", bill_source="contracted")
    invoice = billing.issued(order, finance, billing.START)
    assert (invoice.net, order.net) == (D(3000), D(3000))
    receiving.record(oatfield, D(2999), currency="USD", received_on=AFTER.date(), reference="W1", by=finance, at=AFTER)
    assert (advance.follow(at=AFTER), Prepayment.objects.count()) == (0, 0)
    receiving.record(oatfield, D(1), currency="USD", received_on=AFTER.date(), reference="W2", by=finance, at=AFTER)
    assert (advance.follow(at=AFTER), advance.follow(at=AFTER), Prepayment.objects.get().order) == (1, 0, order)


def test_an_account_with_books_is_not_the_one_to_go(oatfield, billed, lead):
    twin = accounts.advertiser("Oatfield Food Company")
    with pytest.raises(Refused, match=r"was billed or has paid.*has an agreement in force"):
        merging.merge(oatfield, twin, by=lead, at=NOW, why="one")
    assert merging.preview(twin, oatfield).problems == ()
    merging.merge(twin, oatfield, by=lead, at=NOW, why="one")


def test_orders_on_the_way_to_signature_stand_in_the_way_and_drafts_move(oatfield, lead):
    twin = accounts.advertiser("Oatfield Food Company")
    draft = orders.order(advertiser=twin)
    signed = orders.signed(orders.drafted(name="Signed", advertiser=twin))
    with pytest.raises(Refused, match=rf"{signed.number} is on the way to signature"):
        merging.merge(twin, oatfield, by=lead, at=NOW, why="one")
    signed.refresh_from_db()
    drafting.edit(signed, by=None, at=NOW, estimate="E2")  # a draft again
    merging.merge(twin, oatfield, by=lead, at=NOW, why="one")
    assert set(Order.objects.values_list("advertiser", flat=True)) == {oatfield.pk}
    assert draft.pk in Order.objects.values_list("pk", flat=True)
