"""R18: twelve ways round the separation of duties. None succeeds; with its guard off, each does.

Orders' kinds, creative exceptions and rule changes all pass this one engine, so each route is tried on each kind of approval.
"""

import contextlib
import datetime
from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from makegood.core import absences
from makegood.core.errors import NotAllowed, Refused
from makegood.core.models import Party, Person, Role
from makegood.work.actions import approvals, delegating, rules
from makegood.work.approving import duties, stages
from makegood.work.models import Approval, ApprovalRule, RuleChange, Vote
from tests.personas import person

NOW = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
KINDS = ("discount", "floor", "off_card", "credit", "overbooking", "margin", "category", "terms", "payment_terms", "exclusivity", "cancellation_fee", "hold_extension", "creative_exception", rules.KIND)
WALL = "work.Approval:approved_by_others"
REFUSED = (NotAllowed, Refused, DatabaseError)


@pytest.fixture
def party(db):
    for kind in KINDS:
        ApprovalRule.objects.create(kind=kind, name=kind, above=15, stages=[stages.one(Role.LEAD)], window_days=30)
    return Party.objects.create(name="Oatfield Foods", kind="advertiser")


@pytest.fixture
def maker(db):
    """A lead, who could approve anything they did not make."""
    return person("Nora Lane", Role.LEAD)


def ask(party, kind="discount", *, makers=(), by=None, measure="18", content="a" * 64):
    return approvals.request(party, kind, title="18 % off", measure=Decimal(measure), facts={}, binds_to=content, makers=makers, by=by, at=NOW)


@contextlib.contextmanager
def without(monkeypatch, *guards, wall=False):
    """The guards off, and with `wall` the database's too."""
    with monkeypatch.context() as off, pgtrigger.ignore(*((WALL,) if wall else ("work.Seal:append_only",))):
        for name in guards:
            off.delitem(duties.GUARDS, name)
        yield


def refused(asked, by) -> None:
    """It is not decided, and nothing of the attempt stays."""
    before = Vote.objects.count()
    with pytest.raises(REFUSED), transaction.atomic():
        approvals.decide(asked, "approved", by=by, at=NOW)
    asked.refresh_from_db()
    assert (asked.status, Vote.objects.count()) == ("pending", before)


def given(asked, by) -> None:
    """The bypass succeeds."""
    assert approvals.decide(asked, "approved", by=by, at=NOW).status == "approved"


@pytest.mark.parametrize("kind", KINDS)
def test_1_self_approval(kind, party, maker, lead, monkeypatch):
    asked = ask(party, kind, makers=[maker])
    refused(asked, maker)
    with without(monkeypatch, "no_maker"):
        refused(asked, maker)  # the database holds even then
    with without(monkeypatch, "no_maker", wall=True):
        given(asked, maker)


@pytest.mark.parametrize("kind", KINDS)
def test_2_via_an_agent(kind, party, maker, lead):
    """What software made its owner made, and what the owner made is the software's too."""
    agent = person("Nora's Agent", Role.LEAD, agent_for=maker)
    made = ask(party, kind, makers=[agent])
    refused(made, maker)
    made.makers.remove(maker)  # the control: had the owner not been counted in
    given(made, maker)


@pytest.mark.parametrize("kind", KINDS)
def test_3_via_a_key(kind, party, maker, lead, monkeypatch):
    """A key acts as its own person with its owner's roles: it decides nothing, not even what it did not make."""
    key = person("Key of Ruth", Role.LEAD, agent_for=lead)
    asked = ask(party, kind, makers=[maker])
    with pytest.raises(NotAllowed, match=r"work\.approvals\.decide"):
        approvals.decide(asked, "approved", by=key, at=NOW)
    monkeypatch.setattr("makegood.core.permissions.check", lambda *_: None)  # and where the verb's own rule is lost
    refused(asked, key)
    with without(monkeypatch, "no_software", "entitled", wall=True):
        given(asked, key)


@pytest.mark.parametrize("kind", KINDS)
def test_4_via_a_new_role(kind, party, maker, lead, trafficker, monkeypatch):
    asked = ask(party, kind, makers=[maker])
    Person.objects.filter(pk=trafficker.pk).update(roles=[Role.LEAD])
    friend = Person.objects.get(pk=trafficker.pk)
    refused(asked, friend)
    with without(monkeypatch, "entitled"):
        given(asked, friend)


@pytest.mark.parametrize("kind", KINDS)
def test_5_via_an_edited_list_of_approvers(kind, party, maker, lead, trafficker, monkeypatch):
    asked = ask(party, kind, makers=[maker])
    with pgtrigger.ignore("work.ApprovalRule:rules_change_by_approval"):
        ApprovalRule.objects.filter(kind=kind).update(stages=[stages.one(Role.TRAFFICKER)])
    refused(asked, trafficker)
    with pytest.raises(DatabaseError, match=r"pgtrigger|Cannot"), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(stages=[stages.one(Role.TRAFFICKER)])
    with pgtrigger.ignore("work.Approval:what_was_asked"):
        Approval.objects.filter(pk=asked.pk).update(stages=[stages.Stage((Role.TRAFFICKER,)).frozen().to_json()])
    given(asked, trafficker)


@pytest.mark.parametrize("kind", KINDS)
def test_6_editing_after_the_approval(kind, party, maker, lead):
    asked = ask(party, kind, makers=[maker])
    given(asked, lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(binds_to="b" * 64)
    assert approvals.void_for(party, by=maker, at=NOW, keep_hash="b" * 64, why="edited") == 1
    again = ask(party, kind, makers=[maker], content="b" * 64)
    assert (again.pk != asked.pk, again.status) == (True, "pending")
    with pgtrigger.ignore("work.Approval:what_was_asked"):
        assert Approval.objects.filter(pk=asked.pk).update(binds_to="b" * 64) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["delegation", "cover"])
def test_7_a_loop_of_delegates(kind, way, party, maker, lead, trafficker, monkeypatch):
    """The maker's right goes to a colleague, and back to the maker from another: neither may use it."""
    colleague = person("Tim Colleague", Role.TRAFFICKER)
    asked = ask(party, kind, makers=[maker])
    if way == "delegation":
        delegating.delegate(colleague, NOW.date(), NOW.date(), by=maker, at=NOW)
        delegating.delegate(maker, NOW.date(), NOW.date(), by=lead, at=NOW)
    else:
        absences.plan(maker, NOW.date(), NOW.date(), by=None, at=NOW, cover=colleague)
    refused(asked, colleague)
    refused(asked, maker)
    delegating.delegate(trafficker, NOW.date(), NOW.date(), by=colleague, at=NOW)
    refused(asked, trafficker)  # what one decides for another is not passed on
    with without(monkeypatch, "not_for_a_maker", wall=True):
        given(asked, colleague)


def test_7_an_absence_the_maker_entered(party, maker, lead, trafficker, monkeypatch):
    asked = ask(party, makers=[maker])
    absences.plan(lead, NOW.date(), NOW.date(), by=maker, at=NOW, cover=trafficker)
    refused(asked, trafficker)
    with without(monkeypatch, "not_arranged_by_a_maker"):
        given(asked, trafficker)


@pytest.mark.parametrize("kind", KINDS)
def test_8_splitting_below_the_threshold(kind, party, maker, lead):
    first, second = (person(f"Subject {n}", Role.CLIENT) for n in (1, 2))
    for one in (first, second):
        one.activity_party = lambda: party
    assert ask(first, kind, measure="9") is None
    asked = ask(second, kind, measure="9", content="b" * 64)
    assert (asked.measure, asked.facts) == (Decimal(18), {"with_others": "18.00"})
    assert ask(first, kind, measure="6", content="c" * 64) is None  # asked again it counts once: 6 and 9
    with pgtrigger.ignore("work.ApprovalRule:rules_change_by_approval"):
        ApprovalRule.objects.filter(kind=kind).update(window_days=0)
    assert ask(first, kind, measure="9", content="d" * 64) is None


def test_9_switching_the_rule_off_and_on(party, maker, lead, admin, monkeypatch):
    rule = ApprovalRule.objects.get(kind="discount")
    with pytest.raises(DatabaseError, match="approved change"), transaction.atomic():
        ApprovalRule.objects.filter(pk=rule.pk).update(active=False)
    ask(party, "floor", makers=[maker])
    with pytest.raises(DatabaseError, match="approved change"), transaction.atomic():
        ApprovalRule.objects.create(kind="discount", name="mine", above=16, stages=[stages.one(Role.TRAFFICKER)])
    off = rules.Wanted("discount", "Discount", Decimal(15), [stages.Stage((Role.LEAD,))], active=False)
    asked = rules.propose(off, rule=rule, why="tidying", by=admin, at=NOW)
    with pytest.raises(Refused, match="not approved"):
        rules.apply(RuleChange.objects.get(), by=admin, at=NOW)
    refused(asked, admin)
    assert ask(party) is not None
    given(asked, lead)
    changed = rules.apply(RuleChange.objects.get(), by=lead, at=NOW)
    assert (changed.active, ask(Party.objects.create(name="Another", kind="advertiser"))) == (False, None)
    with pgtrigger.ignore("work.ApprovalRule:rules_change_by_approval"):
        assert ApprovalRule.objects.filter(pk=rule.pk).update(active=True) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_10_in_bulk(kind, party, maker, lead, monkeypatch):
    other = Party.objects.create(name="Harrow Mutual", kind="advertiser")
    fine, own = ask(other, kind), ask(party, kind, makers=[maker])
    with pytest.raises(NotAllowed), transaction.atomic():
        approvals.decide_all([own, fine], "approved", by=maker, at=NOW)
    assert set(Approval.objects.values_list("status", flat=True)) == {"pending"}
    with without(monkeypatch, "no_maker", wall=True):
        approvals.decide_all([own, fine], "approved", by=maker, at=NOW)
    assert set(Approval.objects.values_list("status", flat=True)) == {"approved"}


@pytest.mark.parametrize("kind", KINDS)
def test_11_by_import(kind, party, maker, lead):
    """Rows that come from outside begin as pending, and cannot be moved without another's vote in each stage."""
    row = {
        "kind": kind, "title": "x", "binds_to": "c" * 64, "stages": [stages.one(Role.LEAD)], "roles": [Role.LEAD], "requested_at": NOW, "due_at": NOW,
        "subject_type": "core.party", "subject_id": party.pk, "root_type": "core.party", "root_id": party.pk, "decided_by": lead,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="begins as pending"), transaction.atomic():
        Approval.objects.create(status="approved", **row)
    pending = Approval.objects.create(**row)
    pending.makers.set([maker])
    with pytest.raises(IntegrityError, match="a stage of it has no approval"), transaction.atomic():
        Approval.objects.filter(pk=pending.pk).update(status="approved")
    Vote.objects.create(approval=pending, stage=0, person=maker, outcome="approved", binds_to="c" * 64, at=NOW)
    with pytest.raises(IntegrityError, match="a maker of it voted"), transaction.atomic():
        Approval.objects.filter(pk=pending.pk).update(status="approved")
    with pgtrigger.ignore(WALL):
        assert Approval.objects.filter(pk=pending.pk).update(status="approved") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_12_as_administrator(kind, party, maker, lead, admin, monkeypatch):
    """Administrators inherit no role, and giving themselves one comes too late."""
    asked = ask(party, kind, makers=[maker])
    refused(asked, admin)
    Person.objects.filter(pk=admin.pk).update(roles=[Role.ADMIN, Role.LEAD])
    refused(asked, Person.objects.get(pk=admin.pk))
    with without(monkeypatch, "entitled"):
        given(asked, Person.objects.get(pk=admin.pk))


def test_a_vote_is_for_good(party, maker, lead):
    asked = ask(party, makers=[maker])
    given(asked, lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.filter(approval=asked).update(outcome="rejected")
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.all().delete()
