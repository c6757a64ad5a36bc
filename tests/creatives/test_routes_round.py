"""R18 for a creative's own decision: who sent the bytes decides on them by no route; with its guard off, each route succeeds."""

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from makegood.core.errors import NotAllowed
from makegood.core.models import Person
from makegood.creatives.actions import recording, reviewing
from makegood.creatives.models import Decision, Version
from makegood.creatives.queries import approvals
from tests.factories import creatives as make
from tests.factories.creatives import NOW
from tests.personas import person


def refused(version, by):
    with pytest.raises(NotAllowed), transaction.atomic():
        reviewing.decide(version, "approve", by=by, at=NOW)
    assert not Decision.objects.exists()


@pytest.fixture
def sender(db):
    return person("Nora Lane", "reviewer")


@pytest.mark.parametrize("route", ["self", "agent", "role", "admin"])
def test_who_sent_it_decides_by_no_route(bank, sender, route, monkeypatch):
    agent = person("Nora's Agent", "reviewer", agent_for=sender)
    version = make.received(bank, by=agent if route == "agent" else sender)
    if route in ("role", "admin"):
        Person.objects.filter(pk=sender.pk).update(roles=["lead", "admin"] if route == "admin" else ["lead"])
    by = Person.objects.get(pk=sender.pk)
    refused(version, by)
    monkeypatch.setattr(recording, "makers", lambda _: set())
    assert reviewing.decide(version, "approve", by=by, at=NOW).outcome == "approve"


def test_sending_the_same_bytes_again_through_another_helps_nobody(bank, sender, trafficker):
    first = make.received(bank, by=sender)
    reviewing.withdraw(first, by=trafficker, at=NOW, why="again")
    again = make.received(bank, by=trafficker, creative=first.creative)
    refused(again, sender)


def test_a_key_decides_nothing(bank, sender, reviewer, monkeypatch):
    key = person("Key of Mei", "reviewer", agent_for=reviewer)
    version = make.received(bank, by=sender)
    refused(version, key)
    monkeypatch.setattr("makegood.core.permissions.check", lambda *_: None)
    assert reviewing.decide(version, "approve", by=key, at=NOW).outcome == "approve"


def test_other_bytes_after_the_approval(bank, reviewer):
    version = make.approved(bank, reviewer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(sha256="0" * 64)
    with pgtrigger.ignore("creatives.Version:bytes_never_change"):
        Version.objects.filter(pk=version.pk).update(sha256="0" * 64)
    assert not approvals.is_approved(version, at=NOW, sha256="0" * 64)  # the decision names its own bytes even then


def test_an_import_of_approved_rows_runs_nothing(bank, sender):
    version = make.received(bank, by=sender)
    Version.objects.filter(pk=version.pk).update(status="approved")
    assert not approvals.in_force(NOW.date()).exists()
    Decision.objects.create(version=version, outcome="approve", sha256=version.sha256, by=sender, at=NOW)
    assert approvals.in_force(NOW.date()).exists()  # the control: it is the decision that counts


def test_a_decision_is_for_good(bank, reviewer):
    make.approved(bank, reviewer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(outcome="exception")
