import datetime as dt

from makegood.engine import decision
from makegood.engine.plan import FrequencyCap, PlanRotation
from makegood.engine.targeting import Request
from tests.engine.decision.plans import flight, plan_of

AT = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
BOTH = {"placement_ids": (1, 2), "creatives": (PlanRotation(1), PlanRotation(9))}
SLOTS = (Request(1), Request(2))


def ids(decider, us, caps=None):
    answers = decision.decide_page(decider, SLOTS, at=AT, us=us, caps=caps or {})
    return [answer and answer.flight_id for answer in answers]


def test_competitors_do_not_share_a_page_and_the_control_does():
    for apart, expected in ((True, [1, None]), (False, [1, 2])):
        booked = [
            flight(1, theta=0.5, category="cars", competitive_separation=apart, **BOTH),
            flight(2, theta=0.5, category="cars", **BOTH),
        ]
        assert ids(decision.Decider(plan_of(*booked)), (0.2, 0.7)) == expected


def test_the_same_advertiser_may_take_both_slots():
    booked = flight(1, theta=1.0, category="cars", competitive_separation=True, **BOTH)
    assert ids(decision.Decider(plan_of(booked)), (0.2, 0.7)) == [1, 1]


def test_companions_follow():
    booked = [
        flight(1, theta=0.5, companion_group="roadblock", **BOTH),
        flight(2, theta=0.5, **BOTH),
    ]
    assert ids(decision.Decider(plan_of(*booked)), (0.2, 0.4)) == [1, 1]
    assert ids(decision.Decider(plan_of(*booked)), (0.7, 0.7)) == [2, 2]


def test_an_impression_on_the_page_counts_towards_the_cap():
    booked = flight(1, theta=1.0, frequency_cap=FrequencyCap(2, 3600), **BOTH)
    decider = decision.Decider(plan_of(booked))
    assert ids(decider, (0.1, 0.1)) == [1, 1]
    assert ids(decider, (0.1, 0.1), caps={1: 1}) == [1, None]
