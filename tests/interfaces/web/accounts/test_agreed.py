"""What an agreement's, an account's and an order's page let people change: what is agreed, cancelling, paying in advance."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from makegood.accounts.actions import accounts as acts
from makegood.accounts.actions import contracts
from makegood.accounts.models import Contract
from makegood.catalog.actions import rates
from makegood.core.errors import Refused
from makegood.orders import cancellation
from makegood.orders.models import CancellationTerms, Prepayment
from makegood.orders.protected import Book
from tests.factories import accounts, catalog, orders

pytestmark = pytest.mark.django_db
NOTICE = {"notice_days": "45", "other_notice_days": "10", "fee_pct": "25"}


@pytest.fixture
def contract():
    today = timezone.localdate()
    return contracts.create(accounts.advertiser(), "Year", start=today, end=today + datetime.timedelta(days=300), commitment=Decimal(1), by=None, at=timezone.now())


def terms(found) -> tuple[int, int, Decimal]:
    return found.notice_days, found.other_notice_days, found.fee_pct


def asked(**more):
    """An agreement as the form sends it: two tiers, the rest of the rows empty."""
    facts = {"title": "Oatfield 2027", "start": "2027-01-01", "end": "2027-12-31", "commitment": "500000", "currency": "USD", "notice_days": "60", "rebate_basis": "marginal",
             "t0-spend_from": "250000", "t0-rebate_pct": "3", "t1-spend_from": "100000", "t1-rebate_pct": "1.5"}  # fmt: skip
    return facts | more


def test_an_agreement_is_drafted_with_its_tiers_and_a_category_and_put_in_force(web, account_manager, lead, trafficker):
    product, client, base = catalog.run_of_site(), accounts.advertiser(), "/contracts/new/"
    sent = asked(account=client.pk, exclusive_category="Food", exclusive_properties=[product.property_id])
    assert web(trafficker).get(base).status_code == web(trafficker).post(base, sent).status_code == 403
    seller = web(account_manager)
    assert f'value="{client.pk}" selected' in seller.get(f"{base}?account={client.pk}").content.decode()
    for wrong, said in (({"t1-rebate_pct": ""}, "Give both, or neither"), ({"t1-spend_from": "250000"}, "two tiers begin at one spend"), ({"end": "2026-01-01"}, "not after 2027-01-01"),
                        ({"exclusive_category": ""}, "properties are kept for a category"), ({"account": ""}, "This field is required"), ({"currency": "XXQ"}, "Select a valid choice")):  # fmt: skip
        answer = seller.post(base, sent | wrong)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
    assert Contract.objects.count() == 0
    made = seller.post(base, sent)
    found = Contract.objects.get()
    assert made["Location"] == f"/contracts/{found.pk}/" and list(found.tiers.values_list("spend_from", "rebate_pct")) == [(100_000, Decimal("1.5")), (250_000, 3)]
    assert (found.exclusive_properties, found.owner, found.status) == ([product.property_id], client.owner, "draft")
    assert web(lead).post(f"/contracts/{found.pk}/activate/").status_code == 303
    assert found.promises.get().category == "Food"
    rival = asked(account=accounts.advertiser("Rival Oats").pk, exclusive_category="food", exclusive_properties=[product.property_id])
    seller.post(base, rival)  # the control: the same category is drafted for another, and refused where it would hold
    assert web(lead).post(f"/contracts/{Contract.objects.latest('pk').pk}/activate/").status_code == 409


def test_a_draft_agreement_is_changed_on_its_page_and_one_in_force_is_not(web, account_manager, lead, contract):
    product, client, base = catalog.run_of_site(), web(account_manager), f"/contracts/{contract.pk}/"
    sent = asked(card_on="2026-01-01", exclusive_category="Food", exclusive_properties=[product.property_id])
    assert client.post(f"{base}terms/", sent).status_code == 303
    contract.refresh_from_db()
    assert (contract.rebate_basis, contract.card_on, contract.exclusive_category) == ("marginal", datetime.date(2026, 1, 1), "Food")
    assert (contract.exclusive_properties, contract.commitment, contract.tiers.count()) == ([product.property_id], 500_000, 2)
    assert client.post(f"{base}terms/", asked(**{"t1-spend_from": "", "t1-rebate_pct": ""}) | {"card_on": "2026-01-01", "exclusive_category": "Food"}).status_code == 303
    assert [one.spend_from for one in contract.tiers.all()] == [250_000]
    assert client.post(f"{base}rates/", {"product": product.pk, "rate": "8.50"}).status_code == 303
    page = client.get(base).content.decode()
    for told in ("Each part at its own tier", "Food, everywhere", "8.50", "The rate card of", "3 % from 250000", "Tiers set"):
        assert told in page, told
    assert client.post(f"{base}terms/", sent | {"exclusive_category": ""}).status_code == 422  # properties without a category
    assert client.post(f"{base}rates/", {"product": product.pk, "rate": "-1"}).status_code == 422
    contracts.activate(contract, by=lead, at=timezone.now())
    assert [client.post(f"{base}{part}/", body).status_code for part, body in (("terms", sent), ("rates", {"product": product.pk, "rate": "1"}))] == [409, 409]
    assert client.get(f"{base}terms/")["Location"] == base
    assert contract.rates.get().rate == Decimal("8.5") and "Protect a rate" not in client.get(base).content.decode()


def test_a_protected_rate_is_taken_out_of_a_draft_and_of_one_in_force_ended_by_a_lead(web, account_manager, lead, contract):
    product, seller, base = catalog.run_of_site(), web(account_manager), f"/contracts/{contract.pk}/rates/"
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    gone, kept = (rates.protect(contract, one, Decimal(8), by=None, at=timezone.now()) for one in (catalog.takeover(), product))
    ends = {"last": str(tomorrow), "why": "the client left the package"}
    assert web(lead).post(f"{base}{kept.pk}/end/", ends).status_code == 409  # a draft's is taken out
    assert seller.post(f"{base}{gone.pk}/out/").status_code == 303
    assert list(contract.rates.all()) == [kept] and "Rate taken out" in seller.get(f"/contracts/{contract.pk}/").content.decode()
    contracts.activate(contract, by=lead, at=timezone.now())
    assert seller.post(f"{base}{kept.pk}/out/").status_code == 409 and seller.post(f"{base}{kept.pk}/end/", ends).status_code == 403
    late = {"last": str(contract.end)}
    assert [web(lead).post(f"{base}{kept.pk}/end/", ends | wrong).status_code for wrong in ({"why": ""}, late, {"last": "2020-01-01"})] == [422, 422, 422]
    assert web(lead).post(f"{base}{kept.pk}/end/", ends).status_code == 303
    page = web(lead).get(f"/contracts/{contract.pk}/").content.decode()
    assert "Rate ended" in page and "the client left the package" in page
    contract.refresh_from_db()
    book = Book(contract, "USD", [product.pk])
    assert book.card(product.pk, tomorrow).by == contract.number
    after = book.card(product.pk, tomorrow + datetime.timedelta(days=1))
    assert after is None or after.by == ""
    assert web(lead).post(f"{base}{gone.pk}/end/", ends).status_code == 404


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


def test_a_draft_that_comes_to_nothing_is_discarded_with_its_reason_and_never_put_in_force(web, account_manager, lead, trafficker, contract):
    page, at = f"/contracts/{contract.pk}/", timezone.now()
    assert "Discard this draft" in web(account_manager).get(page).content.decode()
    assert web(trafficker).post(f"{page}discard/", {"why": "They went elsewhere"}).status_code == 403
    assert web(account_manager).post(f"{page}discard/", {"why": " "}).status_code == 422
    assert web(account_manager).post(f"{page}discard/", {"why": "They went elsewhere"}).url == f"/accounts/{contract.account_id}/"
    shown = web(lead).get(page).content.decode()
    assert ("never in force" in shown, "They went elsewhere" in shown, "Put in force" in shown) == (True, True, False)
    for act in (lambda: contracts.activate(contract, by=None, at=at), lambda: contracts.edit(contract, by=None, at=at, title="Anew"), lambda: contracts.discard(contract, by=None, at=at, why="x")):
        with pytest.raises(Refused):
            act()
    assert web(account_manager).get("/contracts/?status=discarded").content.decode().count(contract.number) == 1
