"""Credit states against the verbs of a campaign's life; categories kept for others; protected rates; new needs."""

import datetime
import re
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, connection, transaction

from makegood.accounts import credit
from makegood.accounts.actions import accounts as acts
from makegood.accounts.actions import contracts, relations
from makegood.accounts.states import CreditStatus
from makegood.catalog.actions import rates
from makegood.core.errors import Invalid, Refused
from makegood.core.queries import seller
from makegood.orders import cautions, needs
from makegood.orders.actions import approval, booking, drafting, lines
from makegood.orders.models import Order
from makegood.orders.promises import KeptForAnother
from makegood.orders.queries import campaign, steps
from makegood.work.actions import approvals
from makegood.work.models import Approval
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
YEAR = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)


@pytest.fixture
def oatfield():
    return accounts.advertiser(category="Food")


def create(account):
    orders.order(advertiser=account)


def submit(account):
    approval.submit(account.orders.get(name="Draft"), by=None, at=NOW)


def book(account):
    booking.book(account.orders.get(name="Signed"), by=None, at=NOW)


VERBS = {credit.Step.CREATE: create, credit.Step.SUBMIT: submit, credit.Step.BOOK: book}
REFUSED = {  # state: which of create, submit, book it refuses
    "active": "", "on_hold": "", "stop": "create submit book", "blocked": "create submit book", "inactive": "create submit book",
}  # fmt: skip


@pytest.mark.parametrize("step", VERBS)
@pytest.mark.parametrize("state", CreditStatus.values)
def test_every_state_against_every_verb(oatfield, state, step):
    orders.signed(orders.drafted(name="Signed"))
    orders.drafted(name="Draft")
    if state != "active":
        acts.set_credit(oatfield, state, by=None, at=NOW, why="late")
    oatfield.refresh_from_db()
    before = list(Order.objects.order_by("pk").values_list("name", "status"))
    if step in REFUSED[state].split():
        with pytest.raises(Refused, match="Ask finance or administrator to lift it"):
            VERBS[step](oatfield)
        assert list(Order.objects.order_by("pk").values_list("name", "status")) == before
    else:
        VERBS[step](oatfield)
        assert list(Order.objects.order_by("pk").values_list("name", "status")) != before


def test_lifted_by_finance_with_a_reason_it_goes_on(oatfield, finance):
    acts.set_credit(oatfield, "stop", by=finance, at=NOW, why="90 days late")
    with pytest.raises(Invalid, match="needs a reason"):
        acts.set_credit(oatfield, "active", by=finance, at=NOW, why=" ")
    acts.set_credit(oatfield, "active", by=finance, at=NOW, why="paid")
    create(oatfield)


def test_every_state_and_step_has_its_words():
    assert set(credit.STOPS) == set(CreditStatus.values) == {*credit.SAYS, "active"}
    assert set(credit.EFFECTS) == set(credit.Step)


@pytest.mark.parametrize(("state", "open_still"), [("active", {"submit", "book"}), ("on_hold", {"submit", "book"}), ("stop", set()), ("blocked", set())])
def test_a_step_that_credit_stops_is_closed_and_says_who_lifts_it(oatfield, finance, lead, state, open_still):
    draft, signed = orders.drafted(advertiser=oatfield), orders.signed(orders.drafted(advertiser=oatfield))
    if state != "active":
        acts.set_credit(oatfield, state, by=finance, at=NOW, why="90 days late")
    found = {one.key: one for order in (draft, signed) for one in steps.steps(lead, campaign(lead, order.pk)) if one.main}
    assert {key for key, one in found.items() if one.open} == open_still
    assert all("Ask finance or administrator to lift it" in one.needs for one in found.values() if not one.open)


@pytest.fixture
def kept(oatfield):
    """Food is kept for Oatfield all year; a rival's order in it is signed."""
    made = contracts.create(oatfield, "Breakfast", start=YEAR[0], end=YEAR[1], commitment=D(1), by=None, at=NOW, exclusive_category="Food")
    contracts.activate(made, by=None, at=NOW)
    return accounts.advertiser("Harrow Foods", category="food")


def to_book(order, lead):
    """The step that books a signed order."""
    return next(one for one in steps.steps(lead, campaign(lead, order.pk)) if one.key == "book")


def test_a_rival_s_order_is_refused_at_booking_with_who_holds_it(kept, lead):
    order = orders.signed(orders.drafted(advertiser=kept))
    said = r"Oatfield Foods has Food alone by MC-\d+, 2026-01-01 until 2026-12-31: line 1\."
    assert re.match(said, to_book(order, lead).needs)
    with pytest.raises(KeptForAnother, match=said):
        booking.book(order, by=None, at=NOW)
    order.refresh_from_db()
    assert (order.status, order.lines.get().flights.get().reservations.count()) == ("signed", 0)
    with pytest.raises(IntegrityError, match="kept for another client"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET status = 'booked' WHERE id = %s", [order.pk])  # whoever goes round the action


def test_with_the_exclusivity_approval_of_exactly_this_revision_it_is_booked(kept, lead):
    orders.rule("exclusivity")
    order = approval.submit(orders.drafted(advertiser=kept), by=None, at=NOW)
    asked = Approval.objects.get(kind="exclusivity")
    assert (order.status, asked.measure, asked.title) == ("pending", order.gross, "Food is kept for Oatfield Foods")
    approvals.decide(asked, "approved", by=lead, at=NOW)
    approval.settle(order, by=lead, at=NOW)
    from makegood.orders.actions import signing

    for side in ("seller", "client"):
        signing.sign(order, side, "Dana Whitfield", by=None, at=NOW)
    order.refresh_from_db()
    assert to_book(order, lead).open
    assert booking.book(order, by=None, at=NOW).status == "booked"


def test_the_holder_itself_another_category_and_other_days_are_free(kept, oatfield):
    orders.booked(orders.drafted(advertiser=oatfield))
    toys = accounts.advertiser("Toy Barn", category="Toys")
    orders.booked(orders.drafted(advertiser=toys))
    brand = relations.add_brand(toys, "Cereal Heroes", by=None, at=NOW, category="Food")
    with pytest.raises(KeptForAnother):
        orders.booked(orders.drafted(advertiser=toys, brand=brand))
    later = orders.order(advertiser=kept, start=datetime.date(2027, 1, 4), end=datetime.date(2027, 1, 10))
    orders.line(later, start=later.start, end=later.end, rate=D(10))
    orders.booked(later)


@pytest.fixture
def deal(oatfield):
    """Run of site protected at 8.00; the rest at the card of the first of January."""
    made = contracts.create(oatfield, "Year", start=YEAR[0], end=YEAR[1], commitment=D(1), by=None, at=NOW, card_on=YEAR[0])
    rates.protect(made, catalog.run_of_site(), D(8), by=None, at=NOW)
    return contracts.activate(made, by=None, at=NOW)


def test_a_line_under_the_agreement_has_its_rate_and_none_above_it(oatfield, deal):
    order = orders.order(contract=deal)
    line = orders.line(order)
    assert (line.rate, line.card_rate) == (D(8), D(8))
    with pytest.raises(Invalid, match=rf"{deal.number} protects a rate of 8; 9 is above it"):
        orders.line(order, rate=D(9))
    with pytest.raises(Invalid, match="above it"):
        lines.edit(line, rate=D(9), by=None, at=NOW)
    cheap = orders.line(order, rate=D(4))
    found = {one.kind: one.facts for one in needs.of(order, {one.pk: _none() for one in order.lines.all()}, seller())}
    assert found["discount"]["lines"] == {str(cheap.number): "50.00"}
    with pytest.raises(Refused, match="rates of one in force stay"):
        rates.protect(deal, catalog.run_of_site(), D(7), by=None, at=NOW)


def test_naming_the_agreement_later_holds_lines_against_it(oatfield, deal):
    order = orders.order()
    line = orders.line(order)
    before = line.card_rate
    drafting.edit(order, contract=deal, by=None, at=NOW)
    line.refresh_from_db()
    assert (before > D(8), line.card_rate) == (True, D(8))
    with pytest.raises(Invalid, match="above it"):
        approval.submit(order, by=None, at=NOW)


def _none():
    from makegood.orders.availability import Avails

    return Avails(0, 0, "impressions")


def test_payment_terms_margin_and_category_are_measured(oatfield):
    product = catalog.run_of_site()
    product.rates.all().delete()
    rates.set_rate(product, rate=D(10), floor=D(5), cost=D(6), start=YEAR[0], end=YEAR[1], by=None, at=NOW)
    order = orders.order(payment_days=60, commission_pct=D(20))
    orders.line(order, product)
    found = {one.kind: one for one in needs.of(order, {one.pk: _none() for one in order.lines.all()}, seller())}
    assert (found["payment_terms"].measure, found["margin"].measure, found["margin"].title) == (D(30), D(75), "Margin 25.0 % of net")
    assert (found["category"].about, found["category"].measure) == (("Food",), order.gross)
    order.brand = relations.add_brand(oatfield, "Oaty Bites", by=None, at=NOW)
    (category,) = [one for one in needs.of(order, {one.pk: _none() for one in order.lines.all()}, seller()) if one.kind == "category"]
    assert category.about == ("Food", "Oaty Bites")  # so that a rule may be about a brand


def test_an_agency_s_relation_is_looked_at_on_the_order_s_dates(oatfield):
    agency, other = accounts.agency("Fenwick & Rowe"), accounts.agency("Parallel Media")
    order = orders.order(agency=agency)
    assert [one.key for one in cautions.of(order)] == ["agency", "signer"]
    relations.represent(other, oatfield, commission_pct=D(15), start=YEAR[0], by=None, at=NOW)
    assert "Parallel Media is its agency of record" in cautions.of(order)[0].says
    bond = relations.represent(agency, oatfield, commission_pct=D(15), start=YEAR[0], end=orders.START, by=None, at=NOW)
    assert "on some of its days only" in cautions.of(order)[0].says
    bond.delete()
    relations.represent(agency, oatfield, commission_pct=D(15), start=YEAR[0], by=None, at=NOW)
    assert [one.key for one in cautions.of(order)] == ["signer"]
