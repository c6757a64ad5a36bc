"""A case from the first word to the named cause, through its pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.work.actions import cases
from makegood.work.models import Case
from tests.factories import orders

pytestmark = pytest.mark.django_db


def test_a_case_lives_through_its_pages(web, account_manager, trafficker):
    order, client = orders.drafted(account_manager=account_manager), web(account_manager)
    facts = {"order": order.pk, "kind": "incident", "title": "Homepage was down", "severity": "high", "owner": account_manager.pk, "amount": "420.00"}
    answer = client.post("/cases/open/", facts)
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.pk}/" and (case.severity, case.currency) == ("high", "USD")
    client.post(f"/cases/{case.pk}/say/", {"body": "Looking into it", "audience": "client"})
    assert client.post(f"/cases/{case.pk}/wait/", {"why": ""}).status_code == 422
    client.post(f"/cases/{case.pk}/wait/", {"why": "Which tag do you use?"})
    client.post(f"/cases/{case.pk}/resume/")
    client.post(f"/cases/{case.pk}/assign/", {"to": trafficker.pk, "why": "You know it"})
    assert client.post(f"/cases/{case.pk}/resolve/", {"cause": "", "resolution": "Fixed"}).status_code == 422
    client.post(f"/cases/{case.pk}/resolve/", {"cause": "outage", "resolution": "Made good"})
    client.post(f"/cases/{case.pk}/close/")
    case.refresh_from_db()
    assert (case.status, case.owner, case.cause) == ("closed", trafficker, "outage")
    page = client.get(f"/cases/{case.pk}/").content.decode()
    for words in ("Homepage was down", "Looking into it", "Made good", "Resolved in time", "Client sees this"):
        assert words in page, words


def test_a_wrong_form_says_where(web, account_manager):
    answer = web(account_manager).post("/cases/open/", {"title": "x"})
    assert answer.status_code == 422 and "This field is required" in answer.content.decode()
    assert Case.objects.count() == 0


def test_queries_do_not_grow(web, lead):
    order, client, counts = orders.drafted(), web(lead), []
    for names in (("A",), ("B", "C")):
        for name in names:
            cases.open(order, kind="issue", title=name, owner=lead, by=lead, at=timezone.now())
        with CaptureQueriesContext(connection) as found:
            assert client.get("/cases/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 25, counts
