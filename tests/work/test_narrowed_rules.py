"""Rules narrowed by amount, team, category and dates; asked by role, by name, of the account's lead, of a team."""

import datetime
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Party, Role, Team
from makegood.work import queries, waiting
from makegood.work.actions import approvals, rules
from makegood.work.approving import kinds, stages
from makegood.work.approving.stages import Around, Stage
from makegood.work.models import Approval, ApprovalRule, RuleChange
from tests.personas import person

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
TODAY, DAY = NOW.date(), datetime.timedelta(days=1)


@pytest.fixture
def party():
    return Party.objects.create(name="Oatfield Foods", kind="advertiser")


def rule(kind="discount", above=10, *, who=Role.LEAD, **more):
    return ApprovalRule.objects.create(kind=kind, name=f"{kind} {above} {more.get('about') or ''}", above=above, stages=[stages.one(who)], **more)


def ask(party, kind="discount", measure="20", *, by=None, **more):
    return approvals.request(party, kind, title="x", measure=D(measure), facts={}, binds_to="a" * 64, makers=[], by=by, at=NOW, **more)


def test_only_where_enough_money_is_about(party, lead):
    rule(from_amount=D(50_000))
    assert ask(party, amount=D(49_999)) is None
    assert ask(party, amount=None) is None
    assert ask(party, amount=D(50_000)).kind == "discount"


@pytest.mark.parametrize(("starts", "ends", "stands"), [
    (TODAY, TODAY, True), (TODAY + DAY, None, False), (None, TODAY - DAY, False), (TODAY - DAY, TODAY + DAY, True),
])  # fmt: skip
def test_only_on_its_days(party, lead, starts, ends, stands):
    rule(starts=starts, ends=ends)
    assert (ask(party) is not None) is stands


def test_a_sensitive_category_is_asked_about_and_no_other(party, lead):
    rule("category", 0, about=["Alcohol", "Gambling"])
    assert ask(party, "category", about=["Food"]) is None
    assert ask(party, "category") is None
    assert ask(party, "category", about=["alcohol"]) is not None


def test_a_team_has_its_own_rule_and_of_two_the_narrower_decides(party, lead, leadership):
    team = Team.objects.create(name="Retail")
    rule(who=Role.LEAD)
    rule(who=Role.LEADERSHIP, team=team)
    assert ask(party).roles == ["lead"]
    approvals.void_for(party, by=None, at=NOW, why="anew")
    assert ask(party, around=Around(team=team.pk)).roles == ["leadership"]


def test_the_database_keeps_one_rule_for_one_thing(party):
    rule()
    with pytest.raises(IntegrityError), transaction.atomic():
        rule()
    rule(about=["Alcohol"])


def test_by_name_and_by_looking_after_the_account(party, lead, sales, account_manager, trafficker):
    named = Stage((), escalate=(Role.LEAD,), named=(sales.pk,))
    owner = Stage((), escalate=(Role.LEAD,), owner=True)
    ApprovalRule.objects.create(kind="discount", name="both", above=10, stages=[named.to_json(), owner.to_json()])
    asked = ask(party, around=Around(owner=account_manager.pk))
    assert (queries.decidable(sales, NOW), queries.decidable(account_manager, NOW), queries.decidable(lead, NOW)) == ([asked], [], [])
    where = waiting.of([asked])[asked.pk]
    assert (where.stage, where.stages, where.people, where.since) == (1, 2, ("Owen Park",), NOW)
    with pytest.raises(NotAllowed, match="was no approver by name"):
        approvals.decide(asked, "approved", by=trafficker, at=NOW)
    approvals.decide(asked, "approved", by=sales, at=NOW, conditions="Sign by Friday")
    assert waiting.of([asked])[asked.pk].people == ("Dana Whitfield",)
    done = approvals.decide(asked, "approved", by=account_manager, at=NOW, conditions="No bonus line")
    assert (done.status, done.conditions) == ("approved", "Sign by Friday\nNo bonus line")


def test_who_made_it_decides_nothing_by_name_either(party, sales, lead):
    """The negative control of the named stage: a name is no way round the maker."""
    ApprovalRule.objects.create(kind="discount", name="by name", above=10, stages=[Stage((), escalate=(Role.LEAD,), named=(sales.pk,)).to_json()])
    asked = ask(party, by=sales)
    assert queries.decidable(sales, NOW) == []
    with pytest.raises(NotAllowed, match="made or asked for it"):
        approvals.decide(asked, "approved", by=sales, at=NOW)


def test_the_team_s_own_lead_is_asked_and_all_when_it_has_none(party, lead):
    team, empty = Team.objects.create(name="Retail"), Team.objects.create(name="Audio")
    own = person("Una Retail", Role.LEAD, team=team)
    ApprovalRule.objects.create(kind="discount", name="of the team", above=10, stages=[Stage((Role.LEAD,), own_team=True).to_json()])
    assert ask(party, around=Around(team=team.pk)).stages[0]["people"] == [own.pk]
    approvals.void_for(party, by=None, at=NOW, why="anew")
    assert ask(party, around=Around(team=empty.pk)).stages[0]["people"] == sorted([own.pk, lead.pk])


def test_a_rejection_has_no_conditions(party, lead):
    rule()
    with pytest.raises(Invalid, match="no conditions"):
        approvals.decide(ask(party), "rejected", by=lead, at=NOW, reason="no", conditions="sign")


def wanted(**more):
    return rules.Wanted(**{"kind": "discount", "name": "Discount", "above": D(15), "stages": [Stage((Role.LEAD,))]} | more)


@pytest.mark.parametrize(("more", "says"), [
    ({"kind": "category"}, "names them"), ({"about": ("Alcohol",)}, "of a category or clause"), ({"starts": TODAY, "ends": TODAY - DAY}, "before"),
    ({"stages": [Stage(())]}, "nobody cannot approve"), ({"stages": [Stage((), named=(1,))]}, "may be away"),
    ({"stages": [Stage((), named=(0,), escalate=(Role.LEAD,))]}, "no active colleague"),
])  # fmt: skip
def test_a_rule_that_cannot_work_is_not_even_proposed(admin, more, says):
    with pytest.raises(Invalid, match=says):
        rules.propose(wanted(**more), why="w", by=admin, at=NOW)
    assert (RuleChange.objects.count(), Approval.objects.count()) == (0, 0)


def test_two_rules_for_one_thing_on_one_day_are_refused_and_after_one_another_not(admin, lead):
    rule(above=15, ends=TODAY)
    with pytest.raises(Invalid, match="has this threshold"):
        rules.propose(wanted(), why="w", by=admin, at=NOW)
    asked = rules.propose(wanted(starts=TODAY + DAY), why="next year's", by=admin, at=NOW)
    approvals.decide(asked, "approved", by=lead, at=NOW)
    made = rules.apply(RuleChange.objects.get(), by=lead, at=NOW)
    assert (made.starts, rules.words(made)) == (TODAY + DAY, f"above 15.00, from {TODAY + DAY}: any of lead")


def test_what_a_decision_on_a_rule_binds_to_is_all_of_it(admin):
    one = rules.propose(wanted(kind="terms", about=("liability",)), why="w", by=admin, at=NOW)
    other = rules.propose(wanted(kind="terms", about=("payment",)), why="w", by=admin, at=NOW)
    assert one.binds_to != other.binds_to


def test_every_kind_says_what_it_measures():
    assert all(one.measure and one.title for one in kinds.KINDS.values())
    assert kinds.title("something_new") == "Something new"
