"""Rules as pages: read by all of us, changed by an administrator's proposal that another approves, tried before anything is asked."""

import datetime
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.core.models import Role
from makegood.work.models import Approval, ApprovalRule, Measured
from makegood.workflows.ordering import deciding
from tests.factories import accounts, orders

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "terms", "name": "Liability", "above": "5", "about": "liability, indemnity", "from_amount": "", "team": "", "window_days": "0", "starts": "", "ends": "",
    "active": "on", "why": "Legal asked for it", "s0-roles": ["lead"], "s0-need": "any", "s0-hours": "6", "s1-roles": ["finance", "leadership"], "s1-need": "all",
}  # fmt: skip


def test_a_rule_is_proposed_approved_by_another_and_then_listed(web, admin, lead):
    assert web(admin).post("/approvals/rules/new/", FORM).status_code == 303
    assert ApprovalRule.objects.count() == 0
    assert "Legal asked for it" in web(lead).get("/approvals/rules/").content.decode()
    asked = Approval.objects.get()
    deciding.decide(asked, "approved", by=lead, at=timezone.now())
    rule = ApprovalRule.objects.get()
    assert (rule.about, [stage["roles"] for stage in rule.stages], rule.stages[0]["hours"]) == (["indemnity", "liability"], [["lead"], ["finance", "leadership"]], 6)
    page = web(lead).get("/approvals/rules/").content.decode()
    for words in ("Liability", "indemnity, liability", "any of lead, then all of finance or leadership", "In force", "No rule: nobody is asked"):
        assert words in page, words
    assert "checked" in web(admin).get(f"/approvals/rules/{rule.pk}/").content.decode()


def test_nobody_but_an_administrator_proposes_and_mistakes_are_said_beside_the_field(web, admin, lead):
    assert web(lead).post("/approvals/rules/new/", FORM).status_code == 403
    answer = web(admin).post("/approvals/rules/new/", FORM | {"kind": "category", "about": ""})
    assert (answer.status_code, "a rule for sensitive categories names them" in answer.content.decode()) == (422, True)
    answer = web(admin).post("/approvals/rules/new/", FORM | {"s0-roles": [], "s1-roles": []})
    assert (answer.status_code, "it has no stage" in answer.content.decode(), Approval.objects.count()) == (422, True, 0)


def test_an_order_is_tried_before_it_is_submitted(web, account_manager, lead, finance):
    orders.rule("discount", "10")
    orders.rule("payment_terms", "20", Role.FINANCE)
    order = orders.order(by=account_manager, payment_days=60)
    line = orders.line(order, by=account_manager)
    orders.line(order, rate=line.rate / 2, by=account_manager)
    page = web(account_manager).get(f"/approvals/try/?order={order.number}").content.decode()
    for words in ("discount above 10", "Ruth Delgado", "payment_terms above 20", "Jonas Abel", "Pays in 60 days, 30 more than its terms"):
        assert words in page, words
    order.refresh_from_db()
    assert (order.status, Approval.objects.count(), Measured.objects.count()) == ("draft", 0, 0)
    assert web(account_manager).get("/approvals/try/?order=MG-99999").status_code == 404


def test_figures_are_tried_with_the_narrowing(web, lead):
    ApprovalRule.objects.create(kind="category", name="Alcohol is sensitive", above=0, about=["Alcohol"], stages=orders.rule("floor").stages)
    fires = web(lead).get("/approvals/try/", {"kind": "category", "measure": "100", "amount": "100", "about": "alcohol"}).content.decode()
    passes = web(lead).get("/approvals/try/", {"kind": "category", "measure": "100", "amount": "100", "about": "Food"}).content.decode()
    assert ("Alcohol is sensitive" in fires, "No rule asks about it" in passes) == (True, True)


def test_queries_do_not_grow_with_rules(web, lead):
    counts = []
    for above in ((1,), (2, 3, 4)):
        for one in above:
            orders.rule("discount", str(one))
        with CaptureQueriesContext(connection) as found:
            assert web(lead).get("/approvals/rules/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1], counts


def test_a_client_does_not_see_the_rules(web):
    from tests.personas import client_of

    client = client_of(accounts.advertiser().party, "Lena Ortiz")
    assert web(client).get("/approvals/rules/").status_code in (302, 403)


def test_the_requester_reads_where_it_is_on_the_campaign(web, account_manager, lead):
    from makegood.orders.actions import approval

    orders.rule("payment_terms", "20")
    order = orders.drafted(by=account_manager, payment_days=60)
    approval.submit(order, by=account_manager, at=timezone.now() - datetime.timedelta(hours=1))
    page = web(account_manager).get(f"/orders/{order.pk}/").content.decode()
    assert "With Ruth Delgado since" in page and "Review everything" in page
    assert D(30) == Approval.objects.get().measure
