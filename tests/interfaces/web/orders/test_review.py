"""The reviewer's one page: rates against the card, terms against our paper, what fires, and the decision with conditions."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.catalog.actions import rates
from makegood.orders.actions import approval, drafting
from makegood.work.models import Approval, Task
from tests.documents.terms.test_terms import THEIRS
from tests.factories import accounts, catalog, orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(account_manager):
    made = orders.order(by=account_manager, advertiser=accounts.advertiser(owner=account_manager, category="Food"))
    orders.line(made, by=account_manager)
    return made


def send(client, order, text=THEIRS, name="terms.txt"):
    return client.post(f"/orders/{order.pk}/review/terms/", {"file": SimpleUploadedFile(name, text.encode())})


def test_terms_are_compared_decided_with_conditions_and_the_order_goes_on(web, order, account_manager, lead):
    orders.rule("terms", "5")
    reworded = "\n10. Confidentiality. Rates and results of this order are kept confidential by both sides for two years, except towards their advisers."
    assert send(web(account_manager), order, THEIRS + reworded).status_code == 303
    approval.submit(order, by=account_manager, at=timezone.now())
    asked = Approval.objects.get(kind="terms")
    page = web(lead).get(f"/orders/{order.pk}/review/").content.decode()
    for words in ("Most favoured client", "Payment within", "60 days", "ours 30 days", "Reworded", "Missing", asked.title):
        assert words in page, words
    assert web(lead).post(f"/orders/{order.pk}/review/{asked.pk}/", {"outcome": "conditions"}).status_code == 409
    answer = web(lead).post(f"/orders/{order.pk}/review/{asked.pk}/", {"outcome": "conditions", "conditions": "Strike clause 6"})
    order.refresh_from_db()
    asked.refresh_from_db()
    assert (answer.status_code, order.status, asked.conditions) == (303, "approved", "Strike clause 6")
    task = Task.objects.get(key="conditions")
    assert (task.owner, task.title) == (account_manager, "Meet: Strike clause 6")


def test_other_terms_after_the_approval_void_it(web, order, account_manager, lead):
    orders.rule("terms", "5")
    send(web(account_manager), order)
    approval.submit(order, by=account_manager, at=timezone.now())
    assert send(web(account_manager), order, THEIRS.replace("sixty (60)", "ninety (90)")).status_code == 303
    order.refresh_from_db()
    assert (order.status, order.revision, Approval.objects.get().status) == ("draft", 2, "void")
    assert send(web(account_manager), order, "Net 30").status_code == 422
    assert order.terms.count() == 2


def test_the_requester_may_not_decide_and_a_client_sees_nothing(web, order, account_manager, lead):
    from tests.personas import client_of

    orders.rule("terms", "5")
    send(web(account_manager), order)
    approval.submit(order, by=account_manager, at=timezone.now())
    asked = Approval.objects.get()
    answer = web(account_manager).post(f"/orders/{order.pk}/review/{asked.pk}/", {"outcome": "approved"})
    assert (answer.status_code, Approval.objects.get().status) == (403, "pending")
    assert "You made or asked for it" in web(account_manager).get(f"/orders/{order.pk}/review/").content.decode()
    rival = client_of(accounts.advertiser("Harrow Mutual").party, "Rita Rival")
    assert web(rival).get(f"/orders/{order.pk}/review/").status_code in (302, 403, 404)


def test_margin_floor_and_discount_stand_beside_each_line(web, account_manager, lead):
    product = catalog.run_of_site()
    product.rates.all().delete()
    rates.set_rate(product, rate=Decimal(10), floor=Decimal(8), cost=Decimal(6), start=orders.START, end=orders.END, by=None, at=timezone.now())
    order = orders.order(by=account_manager)
    orders.line(order, product, rate=Decimal("7.5"), by=account_manager)
    orders.rule("margin", "70")
    page = web(lead).get(f"/orders/{order.pk}/review/").content.decode()
    for words in ("25.0 %", "20.0 %", "Margin 20.0 % of net", "margin above 70"):
        assert words in page, words


def test_queries_do_not_grow_with_lines(web, order, account_manager, lead):
    counts = []
    for more in (0, 3):
        for _ in range(more):
            orders.line(order, by=account_manager)
        with CaptureQueriesContext(connection) as found:
            assert web(lead).get(f"/orders/{order.pk}/review/").status_code == 200
        counts.append(len(found))
    assert counts[1] <= counts[0] + 3, counts


def test_an_agency_without_a_relation_is_a_warning_only(web, order, account_manager, lead):
    drafting.edit(order, by=account_manager, at=timezone.now(), agency=accounts.agency())
    page = web(lead).get(f"/orders/{order.pk}/review/").content.decode()
    assert "has no relation with Oatfield Foods on its dates" in page
    approval.submit(order, by=account_manager, at=timezone.now())
