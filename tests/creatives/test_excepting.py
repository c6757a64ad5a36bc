"""Exceptions: asked by anybody it concerns, given by who the risk asks for, with conditions and an end. And reviewers who disagree."""

import datetime

import pytest

from makegood.catalog.actions import guidelines
from makegood.catalog.actions.guidelines import Wording
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.creatives.actions import excepting, reviewing
from makegood.creatives.actions.excepting import Wanted
from makegood.creatives.models import ExceptionRequest
from makegood.creatives.queries import approvals, disagreeing
from makegood.work import queries as work
from makegood.work.models import Approval, Task
from makegood.workflows.ordering import deciding
from tests.factories import creatives as make
from tests.factories.creatives import NOW
from tests.personas import client_of, person

DAY = datetime.timedelta(days=1)
TODAY = NOW.date()
WEEK = Wanted(TODAY, TODAY + 7 * DAY)


@pytest.fixture
def heavy(bank):
    return make.received(bank, fault="too_heavy")


def test_a_client_asks_and_the_lead_gives_it(bank, heavy, reviewer, lead):
    lena = client_of(bank.party, "Lena Ortiz")
    asked = excepting.ask(heavy, WEEK, why="The product shot needs it", by=lena, at=NOW, rule="weight")
    approval = Approval.objects.get()
    assert (approval.kind, approval.roles, [one.name for one in approval.makers.all()]) == ("creative_exception", ["lead"], ["Lena Ortiz"])
    with pytest.raises(NotAllowed):
        deciding.decide(approval, "approved", by=reviewer, at=NOW)
    deciding.decide(approval, "approved", by=lead, at=NOW)
    asked.refresh_from_db()
    assert (asked.status, asked.decision.by, asked.decision.expires_on) == ("given", lead, TODAY + 7 * DAY)
    assert [approvals.is_approved(heavy, at=NOW + n * DAY, sha256=heavy.sha256) for n in (0, 7, 8)] == [True, True, False]


def test_refused_it_stays_as_it_was(bank, heavy, lead):
    asked = excepting.ask(heavy, WEEK, why="Please", by=None, at=NOW)
    deciding.decide(Approval.objects.get(), "rejected", by=lead, at=NOW, reason="Re-encode it")
    asked.refresh_from_db()
    heavy.refresh_from_db()
    assert (asked.status, heavy.status) == ("refused", "failed")


@pytest.mark.parametrize(("risk", "whose"), [(1, [["lead", "reviewer"]]), (2, [["lead"]]), (3, [["lead"], ["leadership"]])])
def test_the_risk_says_who_decides(bank, risk, whose, lead, leadership, reviewer):
    rule = guidelines.publish(Wording("FIN-01", "Terms", "Needed", risk=risk), valid_from=TODAY, by=None, at=NOW)
    version = make.received(bank)
    excepting.ask(version, WEEK, why="one week", by=None, at=NOW, guideline=rule)
    approval = Approval.objects.get()
    assert [stage["roles"] for stage in approval.stages] == whose
    if risk == 3:
        with pytest.raises(Refused, match="two approvals"):
            reviewing.decide(version, "exception", by=lead, at=NOW, reason="x", guideline=rule, expires_on=TODAY)
        deciding.decide(approval, "approved", by=lead, at=NOW)
        assert ExceptionRequest.objects.get().status == "asked"
        deciding.decide(approval, "approved", by=leadership, at=NOW)
        assert ExceptionRequest.objects.get().status == "given"


def test_who_sent_the_file_gives_no_exception_for_it(bank, lead):
    version = make.received(bank, by=lead, fault="too_heavy")
    excepting.ask(version, WEEK, why="x", by=None, at=NOW)
    assert work.decidable(lead, NOW) == []
    with pytest.raises(NotAllowed):
        deciding.decide(Approval.objects.get(), "approved", by=lead, at=NOW)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [(WEEK, " "), (Wanted(TODAY, TODAY - DAY), "x"), (Wanted(TODAY + DAY, TODAY), "x"), (Wanted(TODAY, TODAY + 400 * DAY), "x"), (Wanted(TODAY, TODAY, ["nowhere"]), "x")],
)
def test_what_cannot_be_kept_is_refused(heavy, wanted, why):
    with pytest.raises(Invalid) as refused:
        excepting.ask(heavy, wanted, why=why, by=None, at=NOW)
    assert refused.value.remedy and ExceptionRequest.objects.count() == 0


def test_another_client_asks_for_nothing(heavy, rival):
    with pytest.raises(NotAllowed):
        excepting.ask(heavy, WEEK, why="x", by=client_of(rival.party, "Rita Rival"), at=NOW)


def test_two_reviewers_who_disagree_go_to_the_lead(bank, reviewer, lead):
    second = person("Sol Second", "reviewer")
    version = make.received(bank)
    reviewing.opine(version, "reject", by=second, at=NOW, reason="The rate has no terms")
    with pytest.raises(Refused, match="Sol Second sees it otherwise"):
        reviewing.decide(version, "approve", by=reviewer, at=NOW)
    reviewing.opine(version, "approve", by=reviewer, at=NOW, reason="They are on the page")
    assert (disagreeing.disputed(version), Task.objects.get(key="creative.settle").owner) == (True, lead)
    reviewing.decide(version, "approve", by=lead, at=NOW + DAY)
    assert (disagreeing.disputed(version), Task.objects.filter(status="open").count()) == (False, 0)


def test_reviewers_who_agree_need_no_lead(bank, reviewer):
    version = make.received(bank)
    reviewing.opine(version, "approve", by=person("Sol Second", "reviewer"), at=NOW, reason="fine")
    reviewing.decide(version, "approve", by=reviewer, at=NOW)
    assert not Task.objects.filter(key="creative.settle").exists()


def test_what_one_sent_back_another_does_not_approve_unchanged(bank, reviewer, lead):
    version = make.received(bank)
    reviewing.decide(version, "reject", by=reviewer, at=NOW, reason="no terms")
    with pytest.raises(Refused, match="sees it otherwise"):
        reviewing.decide(version, "approve", by=person("Sol Second", "reviewer"), at=NOW + DAY)
    reviewing.decide(version, "approve", by=lead, at=NOW + DAY)
