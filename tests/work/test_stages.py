"""Stages, how many of each, who stands in for whom, the clock in the approver's own hours, reminders and escalation."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from makegood.core import absences
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Notification, Party, Person, Role
from makegood.work import queries, sealed
from makegood.work.actions import approvals, chasing, delegating
from makegood.work.approving import clock, stages
from makegood.work.approving.stages import Stage
from makegood.work.models import ApprovalRule
from tests.personas import person

NOW = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)  # a Friday, 10:00 in New York
TODAY, DAY, HOUR = NOW.date(), datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture
def party(db):
    return Party.objects.create(name="Oatfield Foods", kind="advertiser")


def asked(party, by, *found):
    return approvals.begin(party, "any", found, title="It", measure=Decimal(1), facts={}, binds_to="a" * 64, makers=[], by=by, at=NOW)


def test_one_stage_after_the_other_each_by_another(party, campaign_manager, lead, leadership):
    both = person("Lee Both", Role.LEAD, Role.LEADERSHIP)
    one = asked(party, campaign_manager, Stage((Role.LEAD,)), Stage((Role.LEADERSHIP,)))
    with pytest.raises(NotAllowed, match="Ines"):
        approvals.decide(one, "approved", by=leadership, at=NOW)
    approvals.decide(one, "approved", by=both, at=NOW)
    assert (one.status, one.stage, one.roles) == ("pending", 1, ["leadership"])
    with pytest.raises(NotAllowed, match="has decided on it already"):
        approvals.decide(one, "approved", by=both, at=NOW)
    assert approvals.decide(one, "approved", by=leadership, at=NOW).status == "approved"
    assert sealed.export(one, at=NOW)["approval"]["approvers"][0]["email"] == both.email


def test_all_means_somebody_of_each_role(party, campaign_manager, lead, finance):
    one = asked(party, campaign_manager, Stage((Role.LEAD, Role.FINANCE), need="all"))
    assert approvals.decide(one, "approved", by=lead, at=NOW).status == "pending"
    second = person("Second Lead", Role.LEAD)
    with pytest.raises(NotAllowed):
        approvals.decide(one, "approved", by=second, at=NOW)  # came after it was asked
    assert approvals.decide(one, "approved", by=finance, at=NOW).status == "approved"


def test_a_number_means_so_many_people(party, campaign_manager, lead):
    second = person("Second Lead", Role.LEAD)
    one = asked(party, campaign_manager, Stage((Role.LEAD,), need=2))
    approvals.decide(one, "approved", by=lead, at=NOW)
    with pytest.raises(NotAllowed, match="already"):
        approvals.decide(one, "approved", by=lead, at=NOW)
    assert approvals.decide(one, "approved", by=second, at=NOW).status == "approved"


def test_one_rejection_ends_it(party, campaign_manager, lead, leadership):
    one = asked(party, campaign_manager, Stage((Role.LEAD,)), Stage((Role.LEADERSHIP,)))
    approvals.decide(one, "rejected", by=lead, at=NOW, reason="too deep")
    with pytest.raises(Refused, match="it is rejected"):
        approvals.decide(one, "approved", by=leadership, at=NOW)


@pytest.mark.parametrize("wrong", [[], [Stage(())], [Stage(("client",))], [Stage(("nobody",))], [Stage(("lead",), need=0)], [Stage(("lead",), need="some")], [Stage(("lead",), hours=0)]])
def test_stages_nobody_could_pass_are_refused(wrong):
    with pytest.raises(Invalid) as refused:
        stages.check(wrong)
    assert refused.value.place and refused.value.remedy


def test_a_delegate_decides_on_those_days_for_those_kinds(party, campaign_manager, lead, trafficker):
    one = asked(party, campaign_manager, Stage((Role.LEAD,)))
    assert queries.decidable(trafficker, NOW) == []
    given = delegating.delegate(trafficker, TODAY, TODAY + DAY, by=lead, at=NOW, kinds=["any"])
    assert [queries.decidable(trafficker, NOW + n * DAY) for n in (0, 1, 2)] == [[one], [one], []]
    delegating.revoke(given, by=lead, at=NOW)
    assert queries.decidable(trafficker, NOW) == []
    delegating.delegate(trafficker, TODAY, TODAY, by=lead, at=NOW, kinds=["other"])
    assert queries.decidable(trafficker, NOW) == []
    delegating.delegate(trafficker, TODAY, TODAY, by=lead, at=NOW)
    approvals.decide(one, "approved", by=trafficker, at=NOW)
    assert [(vote.person, vote.acted_for, vote.role) for vote in one.votes.all()] == [(trafficker, lead, "lead")]


def test_who_covers_decides_while_the_other_is_away(party, campaign_manager, lead, trafficker):
    one = asked(party, campaign_manager, Stage((Role.LEAD,)))
    absences.plan(lead, TODAY, TODAY, by=None, at=NOW, cover=trafficker)
    assert (queries.decidable(trafficker, NOW), queries.decidable(trafficker, NOW + DAY)) == ([one], [])


def test_nothing_is_handed_to_software_clients_or_oneself(lead):
    for taker in (lead, person("Bot", Role.LEAD, agent_for=lead), person("Lena", Role.CLIENT)):
        with pytest.raises(Invalid, match="cannot decide for you"):
            delegating.delegate(taker, TODAY, TODAY, by=lead, at=NOW)


def test_the_clock_runs_in_the_approvers_hours(party, campaign_manager, lead):
    Person.objects.filter(pk=lead.pk).update(zone="Europe/Berlin")  # 16:00 there
    one = asked(party, campaign_manager, Stage((Role.LEAD,), hours=4))
    assert one.due_at.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == "2026-11-23T12:00:00+01:00"
    absences.plan(lead, TODAY + 3 * DAY, TODAY + 4 * DAY, by=None, at=NOW)
    later = asked(Party.objects.create(name="Other", kind="advertiser"), campaign_manager, Stage((Role.LEAD,), hours=4))
    assert later.due_at - one.due_at == 2 * DAY
    assert clock.taken(Person.objects.get(pk=lead.pk), NOW, later.due_at) == 4 * HOUR


def test_reminded_at_half_the_time_and_escalated_once_late(party, campaign_manager, lead, leadership):
    one = asked(party, campaign_manager, Stage((Role.LEAD,), hours=4, escalate=(Role.LEADERSHIP,)))
    assert (one.due_at, chasing.chase(at=NOW + HOUR)) == (NOW + 4 * HOUR, (0, 0))
    assert [chasing.chase(at=NOW + n * HOUR) for n in (2, 3)] == [(1, 0), (0, 0)]
    assert [notice.person for notice in Notification.objects.all()] == [lead]
    assert queries.decidable(leadership, NOW + 3 * HOUR) == []
    assert [chasing.chase(at=NOW + n * HOUR) for n in (4, 9)] == [(0, 1), (0, 0)]
    assert {notice.person for notice in Notification.objects.all()} == {lead, leadership, campaign_manager}
    one.refresh_from_db()
    assert (one.roles, queries.decidable(leadership, NOW + 5 * HOUR)) == (["lead", "leadership"], [one])
    assert approvals.decide(one, "approved", by=leadership, at=NOW + 5 * HOUR).status == "approved"


def test_what_is_decidable_costs_the_same_for_more(party, campaign_manager, lead, django_assert_max_num_queries):
    for n in range(3):
        asked(Party.objects.create(name=f"Party {n}", kind="advertiser"), campaign_manager, Stage((Role.LEAD,)))
    with django_assert_max_num_queries(7):
        assert len(queries.decidable(lead, NOW)) == 3


def test_the_chain_of_decisions_is_whole_and_signed(party, campaign_manager, lead):
    for n in range(3):
        approvals.decide(asked(Party.objects.create(name=f"Party {n}", kind="advertiser"), campaign_manager, Stage((Role.LEAD,))), "approved", by=lead, at=NOW)
    assert (sealed.faults(), sealed.head(at=NOW)["number"]) == ([], 3)


def test_a_rules_measure_names_the_stages(party, campaign_manager, lead):
    ApprovalRule.objects.create(kind="any", name="Any", above=5, stages=[stages.one(Role.LEAD), stages.one(Role.FINANCE)])
    small, large = (
        approvals.request(party, "any", title="It", measure=Decimal(n), facts={}, binds_to=str(n), makers=[], by=campaign_manager, at=NOW) for n in (5, 6)
    )
    assert (small, [stage["roles"] for stage in large.stages]) == (None, [["lead"], ["finance"]])
