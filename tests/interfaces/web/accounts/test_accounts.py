"""An account and an agreement as their pages show them."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.accounts.actions import contacts, contracts
from makegood.accounts.models import Account
from makegood.core.models import Party
from makegood.insight import account as insight
from makegood.insight import agreement
from tests import personas
from tests.factories import accounts, billing, orders

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.django_db]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def oatfield(account_manager):
    return accounts.advertiser(owner=account_manager, category="Food", credit_limit=Decimal(50_000))


@pytest.fixture
def contract(oatfield, lead):
    today = timezone.localdate()
    made = contracts.create(
        oatfield, "Breakfast partnership", start=today - 100 * DAY, end=today + 100 * DAY, commitment=Decimal(100_000), by=None, at=timezone.now(),
        tiers=[(Decimal(5_000), Decimal(2)), (Decimal(90_000), Decimal(4))], exclusive_category="Food",
    )  # fmt: skip
    return contracts.activate(made, by=lead, at=timezone.now())


def test_the_list_and_the_account_open(web, lead, oatfield):
    assert "Oatfield Foods" in web(lead).get("/accounts/").content.decode()
    page = web(lead).get(f"/accounts/{oatfield.pk}/").content.decode()
    for words in ("Oatfield Foods", "Food", "Nothing is owed", "Dana Whitfield", "None is open"):
        assert words in page, words


def test_queries_do_not_grow_with_orders(web, lead, oatfield, contract):
    client, counts = web(lead), []
    for names in (("A",), ("B", "C")):
        for name in names:
            order = orders.order(name, advertiser=oatfield, contract=contract)
            orders.line(order, quantity=100_000)
            orders.booked(order)
            contacts.add_contact(oatfield, f"Lena {name}", by=None, at=timezone.now(), email=f"{name}@example.com")
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/accounts/{oatfield.pk}/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 30, counts


def test_credit_changes_by_finance_with_a_reason_only(web, finance, lead, oatfield):
    assert web(lead).post(f"/accounts/{oatfield.pk}/credit/", {"status": "stop", "why": "late"}).status_code == 403
    assert web(finance).post(f"/accounts/{oatfield.pk}/credit/", {"status": "stop", "why": ""}).status_code == 422
    assert web(finance).post(f"/accounts/{oatfield.pk}/credit/", {"status": "stop", "why": "90 days late"}).status_code == 303
    assert Account.objects.get().credit_status == "stop"
    assert "90 days late" in web(lead).get(f"/accounts/{oatfield.pk}/").content.decode()


def test_what_is_owed_is_told_by_age(web, finance):
    order = billing.ran(agency=False)
    invoice = billing.issued(order, finance, at=timezone.now() - 45 * DAY)
    page = insight.page(finance, order.advertiser_id, at=timezone.now())
    assert [row.buckets["1-30"] for row in page.aging] == [invoice.net]
    assert invoice.number in web(finance).get(f"/accounts/{order.advertiser_id}/").content.decode()


def test_a_contact_is_added_and_let_into_the_portal(web, account_manager, oatfield):
    client = web(account_manager)
    client.post(f"/accounts/{oatfield.pk}/contacts/", {"name": "Lena Ortiz", "email": "lena@oatfield.example", "does": "buyer"})
    one = oatfield.contacts.get()
    client.post(f"/accounts/{oatfield.pk}/contacts/", {"invite": one.pk})
    one.refresh_from_db()
    assert one.person.is_client and list(one.person.parties.all()) == [oatfield.party]


def test_a_rival_with_the_category_promised_alone_is_a_conflict(lead, oatfield, contract):
    rival = accounts.advertiser("Brannock Mills", category="Food")
    orders.booked(orders.drafted(name="Rival", advertiser=oatfield))
    found = insight.page(lead, rival.pk, at=timezone.now()).conflicts
    assert [(one.who, one.exclusive) for one in found] == [("Oatfield Foods", True)]
    orders.drafted(name="Theirs", advertiser=rival)
    found = insight.page(lead, rival.pk, at=timezone.now()).conflicts
    assert [one.exclusive for one in found] == [True, False]


def test_an_agreement_counts_what_was_booked_delivered_and_billed(web, lead, finance, contract, oatfield):
    order = billing.ran((120_000, 60_000, 140_000), agency=False, contract=contract)
    invoice = billing.issued(order, finance)
    seen = agreement.progress([contract], timezone.localdate())[0]
    assert (seen.booked, seen.billed, seen.rebate) == (order.net, invoice.net, Decimal(0))
    assert seen.delivered == order.net  # 320,000 of 300,000: never worth more than was contracted
    assert seen.elapsed == Decimal("0.5") and seen.outlook == 2 * order.net and seen.state == "risk"
    page = web(lead).get(f"/contracts/{contract.pk}/").content.decode()
    for words in ("Summer Rides", "$100,000", "at this rate it ends at $6,0"):
        assert words in page, words


def test_an_agreement_is_ended_by_a_lead_with_a_reason(web, lead, account_manager, contract):
    assert web(account_manager).post(f"/contracts/{contract.pk}/end/", {"why": "no"}).status_code == 403
    assert web(lead).post(f"/contracts/{contract.pk}/end/", {"why": ""}).status_code == 422
    assert web(lead).post(f"/contracts/{contract.pk}/end/", {"why": "Merged"}).status_code == 303
    contract.refresh_from_db()
    assert contract.status == "ended"


@pytest.mark.parametrize("path", ["/accounts/", "/contracts/", "/cases/", "/team/", "/process/", "/tasks/", "/"])
def test_clients_are_led_to_the_portal(web, path):
    party = Party.objects.create(name="Rival", kind="advertiser")
    answer = web(personas.client_of(party, "Rival Person")).get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/portal/")
