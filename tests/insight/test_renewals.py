"""Agreements that end soon are scored from what happened under them, and each fact says what it gave or took."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.accounts.actions import contracts
from makegood.billing.actions import correcting
from makegood.core.models import Activity
from makegood.insight import renewals
from makegood.insight.models import RenewalWeights
from makegood.work.actions import cases
from tests import personas
from tests.factories import accounts, billing
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def agreement(client, *, ends=90, commitment=10_000):
    who = accounts.Account.objects.filter(party__name=client).first() or accounts.advertiser(client)
    made = contracts.create(who, f"{client} 2026", start=TODAY - datetime.timedelta(days=275), end=TODAY + datetime.timedelta(days=ends), commitment=Decimal(commitment), by=None, at=NOW)
    return contracts.activate(made, by=None, at=NOW)


def said(person):
    return {str(one.contract.account): (one.score, {reason.name: round(reason.points, 1) for reason in one.reasons}) for one in renewals.renewals(person, today=TODAY)}


def test_what_went_well_and_what_did_not_is_added_up(finance, lead):
    good, bad = agreement("Oatfield Foods", commitment=4_000), agreement("Meridian Rail", commitment=40_000)
    agreement("Harrow Mutual", ends=400)
    billing.ran(contract=good, agency=False)
    short = billing.ran((90_000, 60_000, 120_000), name="Short", client="Meridian Rail", agency=False, contract=bad)
    invoice = billing.issued(short, finance, at=datetime.datetime(2026, 7, 30, 12, tzinfo=datetime.UTC))
    correcting.dispute(invoice, Decimal(10), "Counted otherwise", owner=lead, by=None, at=NOW)
    cases.open(short, kind="issue", title="Wrong pages", owner=lead, by=None, at=NOW)
    found = said(lead)
    assert list(found) == ["Meridian Rail", "Oatfield Foods"]  # the least likely first; what ends later is not there yet
    assert found["Oatfield Foods"] == (75, {"delivery": 25, "commitment": -0.4})
    assert found["Meridian Rail"][1] == {"delivery": -25, "commitment": -20, "disputes": -10, "late": -20, "cases": -10}  # the dispute opened a case too
    assert found["Meridian Rail"][0] == 0


def test_the_weights_are_data(finance, lead):
    bad = agreement("Meridian Rail", commitment=40_000)
    billing.ran((90_000, 60_000, 120_000), client="Meridian Rail", agency=False, contract=bad)
    before = said(lead)["Meridian Rail"]
    RenewalWeights.objects.create(points={"delivery": 5, "commitment": 0, "trend": 0, "disputes": 0, "late": 0, "cases": 0})
    after = said(lead)["Meridian Rail"]
    assert (before[0], after) == (5, (45, {"delivery": -5, "commitment": 0}))


def test_weights_are_set_by_leadership_with_a_trace(leadership, lead, web):
    agreement("Oatfield Foods")
    asked = {"delivery": 5, "commitment": 50, "trend": 1, "disputes": 1, "late": 1, "cases": 1}
    assert web(lead).post("/goals/renewals/weights/", asked).status_code == 403
    assert [web(leadership).post("/goals/renewals/weights/", asked | wrong).status_code for wrong in ({"late": 51}, {"late": "x"}, {"late": "nan"})] == [422] * 3
    assert web(leadership).post("/goals/renewals/weights/", asked).status_code == 303
    assert said(lead)["Oatfield Foods"] == (0, {"commitment": -50})
    assert Activity.objects.get(verb="renewal_weights.changed").before["points"]["commitment"] == 20
    assert "value=\"50\"" in web(leadership).get("/goals/renewals/").content.decode().replace("50.0", "50")


def test_as_many_questions_for_many_as_for_one(lead, web):
    def count():
        with CaptureQueriesContext(connection) as seen:
            said(lead)
        return len(seen)

    agreement("Oatfield Foods")
    one = count()
    for name in ("Meridian Rail", "Harrow Mutual"):
        agreement(name)
    assert count() == one <= 12


def test_the_page_is_ours(lead, web):
    one = agreement("Oatfield Foods")
    page = web(lead).get("/goals/renewals/").content.decode()
    assert "Oatfield Foods" in page and f"/contracts/{one.pk}/" in page and "of the commitment due by now is booked" in page
    assert web(personas.client_of(one.account.party, "Lena Ortiz")).get("/goals/renewals/").status_code == 302
