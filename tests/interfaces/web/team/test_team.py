"""The team's page: load, proposals a lead applies, absences and cover."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.core import absences
from makegood.core.models import Absence, Activity, Role
from makegood.insight import handing, team
from makegood.work.actions import tasks
from makegood.work.models import Task
from tests import personas
from tests.factories import orders

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def colleague(db):
    return personas.person("Grace Lim", Role.CAMPAIGN_MANAGER)


@pytest.fixture
def full(campaign_manager, colleague):
    """The campaign manager has 50 hours for this week, the colleague one."""
    at, order = timezone.now(), orders.drafted()
    tasks.open(order, "a", title="Build the plan", due_at=at, by=None, at=at, owner=campaign_manager, effort_hours=Decimal(40))
    tasks.open(order, "b", title="Check the tags", due_at=at, by=None, at=at, owner=campaign_manager, effort_hours=Decimal(10))
    tasks.open(order, "c", title="Small thing", due_at=at, by=None, at=at, owner=colleague, effort_hours=Decimal(1))


def test_a_lead_applies_the_proposal(web, lead, campaign_manager, colleague, full):
    page = web(lead).get("/team/").content.decode()
    assert "Priya Raman is over capacity this week" in page and "50 of 37.5 h" in page
    (proposal,) = handing.hand_overs(team.loads(now=timezone.now()), now=timezone.now())
    assert (proposal.task.title, proposal.to) == ("Check the tags", colleague)
    facts = {"to": colleague.pk, "why": proposal.why}
    assert web(colleague).post(f"/team/hand-over/{proposal.task.pk}/", facts).status_code == 403
    assert web(lead).post(f"/team/hand-over/{proposal.task.pk}/", facts).status_code == 303
    assert Task.objects.get(pk=proposal.task.pk).owner == colleague
    assert Activity.objects.get(verb="task.handed_over").why.startswith("Priya Raman has 50 hours for 37.5")


def test_work_due_while_somebody_is_away_uncovered_is_proposed(lead, campaign_manager, colleague, full):
    today = timezone.localdate()
    absences.plan(campaign_manager, today, today + 2 * DAY, by=lead, at=timezone.now())
    found = handing.hand_overs(team.loads(now=timezone.now()), now=timezone.now())
    assert {one.task.title for one in found} == {"Check the tags"}  # the other does not fit anywhere
    assert "is away until" in found[0].why


def test_an_absence_is_planned_covered_and_taken_back(web, lead, trafficker, campaign_manager, colleague):
    today, client = timezone.localdate(), web(lead)
    facts = {"person": campaign_manager.pk, "start": str(today), "end": str(today + DAY), "cover": colleague.pk, "note": "Holiday"}
    assert web(trafficker).post("/team/absences/", facts).status_code == 403
    assert client.post("/team/absences/", facts).status_code == 303
    assert client.post("/team/absences/", facts).status_code == 409
    page = client.get("/team/").content.decode()
    assert "Grace Lim covers, Holiday" in page
    at = timezone.now()
    tasks.open(orders.drafted(), "x", title="Covered thing", due_at=at + DAY, by=None, at=at, owner=campaign_manager)
    assert "Covered thing" in web(colleague).get("/").content.decode()
    assert client.post(f"/team/absences/{Absence.objects.get().pk}/cancel/").status_code == 303
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "said"), [({"end": "2020-01-01"}, "before the first day"), ({"person": ""}, "This field is required")]
)
def test_a_wrong_form_says_where(web, lead, campaign_manager, change, said):
    facts = {"person": campaign_manager.pk, "start": "2026-12-01", "end": "2026-12-02"} | change
    answer = web(lead).post("/team/absences/", facts)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_nobody_covers_for_themselves_or_while_away(lead, campaign_manager, colleague):
    from makegood.core.errors import Invalid, Refused

    today, at = timezone.localdate(), timezone.now()
    with pytest.raises(Invalid):
        absences.plan(campaign_manager, today, today, cover=campaign_manager, by=lead, at=at)
    absences.plan(colleague, today, today, by=lead, at=at)
    with pytest.raises(Refused):
        absences.plan(campaign_manager, today, today, cover=colleague, by=lead, at=at)


def test_one_person_beside_the_list(web, lead, campaign_manager, full):
    assert "Build the plan" in web(lead).get(f"/team/?person={campaign_manager.pk}").content.decode()


def test_queries_do_not_grow(web, lead, full):
    client, counts = web(lead), []
    for names in (("Ann One",), ("Bea Two", "Cal Three")):
        for name in names:
            person, at = personas.person(name, Role.TRAFFICKER), timezone.now()
            tasks.open(orders.drafted(name=name), name, title=name, due_at=at, by=None, at=at, owner=person, effort_hours=Decimal(50))
        with CaptureQueriesContext(connection) as found:
            assert client.get("/team/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 25, counts
