"""An approval is given by another person, for exactly what was shown."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Party, Person
from makegood.work.actions import approvals
from makegood.work.approving import stages
from makegood.work.models import Approval, ApprovalRule
from tests.personas import person

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


@pytest.fixture
def party(db):
    ApprovalRule.objects.create(kind="discount", name="Discount over 15 %", above=15, stages=[stages.one("lead")])
    ApprovalRule.objects.create(kind="discount", name="Discount over 30 %", above=30, stages=[stages.one("leadership")])
    return Party.objects.create(name="Oatfield Foods", kind="advertiser")


def ask(party, by, measure="18", content="a" * 64, makers=()):
    return approvals.request(
        party, "discount", title="18 % off", measure=Decimal(measure), facts={}, binds_to=content, makers=makers, by=by,
        at=NOW,
    )  # fmt: skip


def test_below_the_threshold_nothing_is_asked(party, campaign_manager):
    assert ask(party, campaign_manager, measure="15") is None


def test_the_highest_threshold_exceeded_names_who_may(party, campaign_manager):
    assert ask(party, campaign_manager, measure="31").roles == ["leadership"]


def test_asking_twice_for_the_same_content_is_one_request(party, campaign_manager):
    assert ask(party, campaign_manager) == ask(party, campaign_manager)


def test_a_lead_approves(party, campaign_manager, lead):
    approval = approvals.decide(ask(party, campaign_manager), "approved", by=lead, at=NOW)
    assert (approval.status, approval.decided_by) == ("approved", lead)


def test_nobody_decides_what_they_made_or_asked_for(party, campaign_manager, lead):
    second = person("Nora Lane", "lead")
    with pytest.raises(NotAllowed, match="Nora Lane"):
        approvals.decide(ask(party, lead, content="b" * 64), "approved", by=lead, at=NOW)
    mine = ask(party, campaign_manager, makers=[lead])
    with pytest.raises(NotAllowed):
        approvals.decide(mine, "approved", by=lead, at=NOW)
    assert approvals.decide(mine, "approved", by=second, at=NOW).status == "approved"


def test_software_and_other_roles_are_refused(party, campaign_manager, lead, finance):
    agent = person("Agent of Ruth", "lead", agent_for=lead)
    for actor in (agent, finance):
        with pytest.raises(NotAllowed):
            approvals.decide(ask(party, campaign_manager), "approved", by=actor, at=NOW)
    assert Approval.objects.get().status == "pending"


def test_a_rejection_says_why(party, campaign_manager, lead):
    with pytest.raises(Invalid, match="reason"):
        approvals.decide(ask(party, campaign_manager), "rejected", by=lead, at=NOW)


def test_changed_content_voids_what_was_approved(party, campaign_manager, lead):
    approval = approvals.decide(ask(party, campaign_manager), "approved", by=lead, at=NOW)
    assert approvals.void_for(party, by=campaign_manager, at=NOW, keep_hash="a" * 64, why="edited") == 0
    assert approvals.void_for(party, by=campaign_manager, at=NOW, keep_hash="c" * 64, why="edited") == 1
    approval.refresh_from_db()
    assert approval.status == "void"


def test_the_database_refuses_an_own_decision_too(party, campaign_manager):
    approval = ask(party, campaign_manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(decided_by=Person.objects.get(pk=campaign_manager.pk))
