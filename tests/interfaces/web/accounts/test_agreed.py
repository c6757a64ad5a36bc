"""What an agreement's, an account's and an order's page let people change: what is agreed, cancelling, paying in advance."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from makegood.accounts.actions import accounts as acts
from makegood.accounts.actions import contracts
from makegood.orders import cancellation
from makegood.orders.models import CancellationTerms, Prepayment
from tests.factories import accounts, catalog, orders

pytestmark = pytest.mark.django_db
NOTICE = {"notice_days": "45", "other_notice_days": "10", "fee_pct": "25"}


@pytest.fixture
def contract():
    today = timezone.localdate()
    return contracts.create(accounts.advertiser(), "Year", start=today, end=today + datetime.timedelta(days=300), commitment=Decimal(1), by=None, at=timezone.now())


def terms(found) -> tuple[int, int, Decimal]:
    return found.notice_days, found.other_notice_days, found.fee_pct


def test_a_draft_agreement_is_changed_on_its_page_and_one_in_force_is_not(web, account_manager, lead, contract):
    product, client, base = catalog.run_of_site(), web(account_manager), f"/contracts/{contract.pk}/"
    asked = {"rebate_basis": "marginal", "card_on": "2026-01-01", "exclusive_category": "Food", "exclusive_properties": [product.property_id]}
    assert client.post(f"{base}terms/", asked).status_code == 303
    contract.refresh_from_db()
    assert (contract.rebate_basis, contract.card_on, contract.exclusive_category) == ("marginal", datetime.date(2026, 1, 1), "Food")
    assert contract.exclusive_properties == [product.property_id]
    assert client.post(f"{base}rates/", {"product": product.pk, "rate": "8.50"}).status_code == 303
    page = client.get(base).content.decode()
    for told in ("Each part at its own tier", "Food, Northlight News", "8.50", "The rate card of"):
        assert told in page, told
    assert client.post(f"{base}terms/", asked | {"exclusive_category": ""}).status_code == 422  # properties without a category
    assert client.post(f"{base}rates/", {"product": product.pk, "rate": "-1"}).status_code == 422
    contracts.activate(contract, by=lead, at=timezone.now())
    assert [client.post(f"{base}{part}/", body).status_code for part, body in (("terms", asked), ("rates", {"product": product.pk, "rate": "1"}))] == [409, 409]
    assert contract.rates.get().rate == Decimal("8.5") and "Protect a rate" not in client.get(base).content.decode()


def test_the_house_s_terms_give_way_to_the_agreement_s_and_those_to_the_order_s(web, account_manager, lead, contract):
    order = orders.order(advertiser=contract.account, contract=contract, by=account_manager)
    assert web(account_manager).post("/approvals/cancelling/", NOTICE).status_code == 403
    assert web(lead).post("/approvals/cancelling/", NOTICE).status_code == 303
    assert terms(cancellation.terms_of(order)) == terms(cancellation.terms_of_contract(contract)) == (45, 10, 25)
    assert "45 days" in web(lead).get("/approvals/rules/").content.decode()
    assert web(lead).post(f"/contracts/{contract.pk}/cancelling/", NOTICE | {"fee_pct": "30"}).status_code == 303
    assert terms(cancellation.terms_of(order)) == (45, 10, 30) and cancellation.terms_of_the_seller().fee_pct == 25
    assert web(account_manager).post(f"/orders/{order.pk}/cancelling/", NOTICE | {"notice_days": "5"}).status_code == 303
    assert terms(cancellation.terms_of(order)) == (5, 10, 25)
    assert "Change the terms of cancelling" in web(account_manager).get(f"/orders/{order.pk}/?tab=money").content.decode()
    assert web(account_manager).post(f"/orders/{order.pk}/cancelling/", NOTICE | {"notice_days": "400"}).status_code == 422
    assert CancellationTerms.objects.count() == 3


def test_terms_of_a_booked_order_stay(web, account_manager):
    order = orders.booked(orders.drafted(by=account_manager))
    assert web(account_manager).post(f"/orders/{order.pk}/cancelling/", NOTICE).status_code == 409
    assert "Change the terms of cancelling" not in web(account_manager).get(f"/orders/{order.pk}/?tab=money").content.decode()


def test_finance_makes_a_client_pay_in_advance_and_lets_an_order_start(web, account_manager, finance):
    order = orders.drafted(by=account_manager)
    account, page = order.bill_to, f"/orders/{order.pk}/?tab=money"
    assert web(finance).post(f"/orders/{order.pk}/release/", {"why": "trust"}).status_code == 409  # the control: it does not pay in advance
    assert web(account_manager).post(f"/accounts/{account.pk}/prepay/", {"prepay": "on", "why": "new"}).status_code == 403
    assert web(finance).post(f"/accounts/{account.pk}/prepay/", {"prepay": "on", "why": ""}).status_code == 422
    assert web(finance).post(f"/accounts/{account.pk}/prepay/", {"prepay": "on", "why": "new client"}).status_code == 303
    account.refresh_from_db()
    assert account.prepay and "Nothing starts before: $0.00" in web(account_manager).get(page).content.decode()
    assert "Let it start unpaid" not in web(account_manager).get(page).content.decode()
    assert "Let it start unpaid" in web(finance).get(page).content.decode()
    assert web(finance).post(f"/orders/{order.pk}/release/", {"why": "the wire is seen"}).status_code == 303
    assert Prepayment.objects.get().by == finance and "the wire is seen" in web(finance).get(page).content.decode()
    acts.set_terms(account, by=finance, at=timezone.now(), why="known by now", prepay=False)
    assert "Paid in advance" not in web(finance).get(page).content.decode()
