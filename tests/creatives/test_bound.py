"""An approval binds bytes, spec, rules, brief and approvers; whatever changes voids it, and the exported file says so without us."""

import datetime
import json

import pytest
from django.db import DatabaseError, transaction

from makegood.catalog.actions import guidelines, profiles
from makegood.catalog.actions.guidelines import Wording
from makegood.catalog.models import SpecProfile
from makegood.core.errors import Invalid, Refused
from makegood.creatives.actions import briefing, reviewing, showing
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.documents import approvals as files
from makegood.engine.specs import by_code
from makegood.work import sealed
from makegood.work.models import Seal, Task
from tests.factories import creatives as make
from tests.factories.creatives import NOW

DAY = datetime.timedelta(days=1)
CODE = "display-300x250"
SPEC, NEXT = by_code(CODE).label, by_code(CODE).version + 1
TODAY = NOW.date()
TERMS = Wording("FIN-03", "A rate needs its terms", "Terms beside the rate.", category="Banking")


def holds(version, at=NOW) -> bool:
    return approvals.is_approved(version, at=at, sha256=version.sha256)


def test_a_decision_binds_what_it_was_taken_under(bank, reviewer):
    guidelines.publish(TERMS, valid_from=TODAY, by=None, at=NOW)
    guidelines.publish(Wording("TOY-01", "Toys", "As they are.", category="Toys"), valid_from=TODAY, by=None, at=NOW)
    guidelines.publish(Wording("GEN-01", "Who speaks", "Is visible."), valid_from=TODAY + DAY, by=None, at=NOW)
    decision = make.approved(bank, reviewer).decisions.get()
    assert (decision.policy, decision.policy_ahead, decision.spec_version) == (["FIN-03@1"], ["FIN-03@1", "GEN-01@1"], SPEC)


def test_a_rule_of_its_category_in_a_new_version_voids_it_on_its_day(bank, reviewer):
    guidelines.publish(TERMS, valid_from=TODAY, by=None, at=NOW)
    version = make.approved(bank, reviewer)
    guidelines.publish(TERMS, valid_from=TODAY + DAY, by=None, at=NOW, note="Stricter")
    assert [holds(version, NOW + n * DAY) for n in (0, 1)] == [True, False]
    assert "rule FIN-03@2" in approvals.verdict(version, at=NOW + DAY, sha256=version.sha256).reason
    with pytest.raises(Refused, match="nothing it was approved under has changed"):
        reviewing.void(version, at=NOW)
    reviewing.void(version, at=NOW + DAY)
    assert (Version.objects.get().status, Task.objects.get(status="open").key) == ("in_review", "creative.review")


def test_decided_anew_once_it_is_announced_it_runs_on(bank, reviewer, lead):
    guidelines.publish(TERMS, valid_from=TODAY, by=None, at=NOW)
    guidelines.publish(TERMS, valid_from=TODAY + DAY, by=None, at=NOW, note="Stricter")
    version = make.approved(bank, reviewer)
    assert holds(version, NOW + DAY)


@pytest.mark.parametrize(
    ("more", "still"),
    [({"category": "Toys"}, True), ({}, False), ({"markets": ["UK"]}, False), ({"products": []}, False)],
)
def test_a_rule_voids_only_what_it_bears_on(bank, reviewer, more, still):
    version = make.approved(bank, reviewer)
    guidelines.publish(Wording("NEW-01", "New", "Rule", **more), valid_from=TODAY, by=None, at=NOW)
    assert holds(version) is still


def test_a_rule_for_one_market_leaves_creatives_of_another_alone(bank, reviewer):
    version = make.approved(bank, reviewer)
    type(version.creative).objects.update(markets=["US"])
    guidelines.publish(Wording("UK-01", "UK", "Rule", markets=["UK"]), valid_from=TODAY, by=None, at=NOW)
    assert holds(version)


def test_a_new_version_of_the_spec_voids_it(bank, reviewer):
    version = make.approved(bank, reviewer)
    old = version.profile
    SpecProfile.objects.create(code=old.code, version=str(NEXT), name=old.name, format=old.format, body={**old.body, "version": NEXT}, source="x", dated=TODAY)
    assert (holds(version), approvals.verdict(version, at=NOW, sha256=version.sha256).reason) == (
        False, f"{version} was approved under what has changed since: spec {CODE}@{NEXT} in place of {SPEC}.",
    )  # fmt: skip
    profiles.import_shipped(by=None, at=NOW)
    assert not holds(version)


def test_a_new_version_of_the_brief_voids_it(bank, reviewer):
    banner = {"name": "Rectangle", "format": "display", "width": 300, "height": 250}
    briefing.brief(bank, [banner], by=None, at=NOW)
    version = make.approved(bank, reviewer, root=("accounts.account", bank.pk))
    assert (holds(version), version.decisions.get().brief.number) == (True, 1)
    briefing.brief(bank, [banner], by=None, at=NOW)
    assert holds(version)
    with pytest.raises(Invalid, match="says why"):
        briefing.brief(bank, [{**banner, "text": "In German"}], by=None, at=NOW)
    briefing.brief(bank, [{**banner, "text": "In German"}], by=None, at=NOW, why="another market")
    assert (holds(version), approvals.verdict(version, at=NOW, sha256=version.sha256).approved) == (False, False)


def test_what_a_rule_asks_to_be_shown_must_be_there(bank, reviewer):
    guidelines.publish(Wording("FIN-09", "Licensed", "Name the licence.", category="Banking", evidence=["licence"]), valid_from=TODAY, by=None, at=NOW)
    version = make.received(bank)
    with pytest.raises(Refused, match="FIN-09 asks for licence"):
        reviewing.decide(version, "approve", by=reviewer, at=NOW)
    showing.show(version.creative, "licence", "BL-2231", by=None, at=NOW, valid_until=TODAY - DAY)
    with pytest.raises(Refused, match="licence"):
        reviewing.decide(version, "approve", by=reviewer, at=NOW)
    showing.show(version.creative, "licence", "BL-4410", by=None, at=NOW, valid_until=TODAY + DAY)
    reviewing.decide(version, "approve", by=reviewer, at=NOW)


def test_the_exported_decision_verifies_without_us_and_names_what_differs(bank, reviewer, trafficker, tmp_path):
    version = make.received(bank, by=trafficker)
    decision = reviewing.decide(version, "approve", by=reviewer, at=NOW)
    make.approved(bank, reviewer, name="Another", seed=5)
    head = sealed.head(at=NOW)
    document = json.loads(json.dumps(sealed.export(decision, at=NOW)))
    found = files.verify(document, file=version.file.path, head=head, public=head["public_key"])
    assert (found.faults, found.unchecked) == ((), ())
    bound = found.approval
    assert (bound["file_sha256"], bound["spec_version"], bound["approvers"][0]["email"], bound["makers"]) == (
        version.sha256, SPEC, reviewer.email, [trafficker.email],
    )  # fmt: skip
    assert "Another" not in json.dumps(document)
    document["approval"]["spec_version"] = f"{CODE}@{NEXT}"
    assert files.verify(document).faults == ("the approval differs from what was sealed as number 1",)


def test_tampering_with_the_stored_chain_is_found(bank, reviewer):
    import pgtrigger

    for seed in range(4):
        make.approved(bank, reviewer, name=f"Ad {seed}", seed=seed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Seal.objects.filter(number=2).update(body={})
    with pgtrigger.ignore("work.Seal:append_only"):
        for change in ({"body": {}}, {"body_sha256": "0" * 64}, {"previous": "1" * 64}, {"at": NOW + DAY}, {"number": 9}):
            with transaction.atomic():
                Seal.objects.filter(number=2).update(**change)
                assert sealed.faults() != []
                transaction.set_rollback(True)
        with transaction.atomic():
            Seal.objects.filter(number=3).delete()
            assert sealed.faults() != []
            transaction.set_rollback(True)
    assert sealed.faults() == []
