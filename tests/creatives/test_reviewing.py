"""Decisions bind to bytes, are never the uploader's or an agent's, and end when they say so."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.creatives.actions import reviewing
from makegood.creatives.models import Decision, Version
from makegood.creatives.queries import approvals, precedents
from makegood.work.models import Task
from tests.factories import creatives as make
from tests.factories.creatives import NOW
from tests.personas import person

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


def test_approval_binds_to_the_bytes(bank, reviewer, trafficker):
    version = make.received(bank, by=trafficker)
    decision = reviewing.decide(version, "approve", by=reviewer, at=NOW)
    version.refresh_from_db()
    assert (version.status, decision.sha256, decision.spec_version) == ("approved", version.sha256, "display-300x250@2")
    assert approvals.is_approved(version, at=NOW, sha256=version.sha256) is True
    assert approvals.is_approved(version, at=NOW, sha256="0" * 64) is False
    assert Task.objects.filter(status="open").count() == 0


def test_changed_bytes_void_what_was_shown(bank, reviewer):
    version = make.received(bank)
    version.file.path.write_bytes(version.file.path.read_bytes() + b"x")
    with pytest.raises(Refused, match="has changed"):
        reviewing.decide(version, "approve", by=reviewer, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(sha256="0" * 64)


def test_the_uploader_never_decides_even_through_an_agent(bank, reviewer):
    agent = person("Upload Bot", "reviewer", agent_for=reviewer)
    for sender in (reviewer, agent):
        version = make.received(bank, by=sender, name=f"From {sender}", seed=sender.pk)
        with pytest.raises(NotAllowed, match="cannot decide"):
            reviewing.decide(version, "approve", by=reviewer, at=NOW)
    other = make.received(bank, name="Other", seed=99)
    with pytest.raises(NotAllowed, match="may not do this"):
        reviewing.decide(other, "approve", by=agent, at=NOW)
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("role", ["trafficker", "campaign_manager", "finance"])
def test_only_reviewers_decide(bank, role, request):
    with pytest.raises(NotAllowed):
        reviewing.decide(make.received(bank), "approve", by=request.getfixturevalue(role), at=NOW)


def test_changes_send_back_with_the_text(bank, reviewer):
    version = make.received(bank)
    reviewing.decide(version, "changes", by=reviewer, at=NOW, reason="Set terms at 9 px or more.")
    version.refresh_from_db()
    task = Task.objects.get(key="creative.correct")
    assert (version.status, task.detail, task.owed_by_id) == ("rejected", "Set terms at 9 px or more.", bank.pk)


def test_changes_with_an_end_run_meanwhile(bank, reviewer):
    version = make.received(bank)
    reviewing.decide(version, "changes", by=reviewer, at=NOW, reason="Raise the terms.", expires_on=TODAY + 7 * DAY)
    version.refresh_from_db()
    assert version.status == "approved"
    assert [approvals.is_approved(version, at=NOW + n * DAY, sha256=version.sha256) for n in (0, 7, 8)] == [True, True, False]


def test_a_failing_file_runs_by_a_leads_exception_only(bank, reviewer, lead):
    version = make.received(bank, fault="too_heavy")
    with pytest.raises(Refused, match="fails its spec"):
        reviewing.decide(version, "approve", by=reviewer, at=NOW)
    exception = {"reason": "one week", "conditions": "desktop only", "expires_on": TODAY + DAY}
    with pytest.raises(NotAllowed):
        reviewing.decide(version, "exception", by=reviewer, at=NOW, **exception)
    reviewing.decide(version, "exception", by=lead, at=NOW, **exception)
    version.refresh_from_db()
    assert version.status == "approved"
    assert list(approvals.ending(TODAY + DAY)) == []
    assert list(approvals.ending(TODAY + 2 * DAY)) == [version]
    reviewing.decide(version, "exception", by=lead, at=NOW, **exception | {"expires_on": TODAY + 30 * DAY})
    assert list(approvals.ending(TODAY + 2 * DAY)) == []


@pytest.mark.parametrize(
    ("outcome", "more", "said"),
    [
        ("reject", {}, "needs its reason"),
        ("exception", {"reason": "x"}, "needs its last day"),
        ("exception", {"reason": "x", "expires_on": TODAY - DAY}, "has passed"),
        ("approve", {"expires_on": TODAY + DAY}, "has no end"),
        ("bless", {}, "there is no decision"),
    ],
)
def test_what_does_not_hold_together_changes_nothing(bank, lead, outcome, more, said):
    version = make.received(bank)
    with pytest.raises(Invalid, match=said):
        reviewing.decide(version, outcome, by=lead, at=NOW, **more)
    version.refresh_from_db()
    assert (version.status, Decision.objects.count()) == ("in_review", 0)


def test_withdrawn_is_no_longer_approved(bank, reviewer):
    version = make.approved(bank, reviewer)
    reviewing.withdraw(version, by=reviewer, at=NOW, why="the offer ended")
    assert approvals.verdict(version, at=NOW, sha256=version.sha256).approved is False


def test_precedents_are_the_alike_ones_nearest_first(bank, rival, reviewer, account_manager):
    version = make.received(bank)
    near = make.approved(rival, reviewer, seed=0, size="600x500", name="Same picture, larger")
    make.approved(make.advertiser("Oatfield Foods", "Food"), reviewer, seed=7, name="Unlike", size="728x90")
    found = precedents.alike(account_manager, version, on=TODAY)
    assert [(row.version_id, row.words, row.alike) for row in found.rows] == [(near.pk, "Approved", 80)]
