import datetime as dt
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    assert ids(decision.Decider(plan_of(*booked)), (0.2, 0.9)) == [1, 1]  # follows whatever the second draw says


def test_an_impression_on_the_page_counts_towards_the_cap():
    booked = flight(1, theta=1.0, frequency_cap=FrequencyCap(2, 3600), **BOTH)
    decider = decision.Decider(plan_of(booked))
    assert ids(decider, (0.1, 0.1)) == [1, 1]
    assert ids(decider, (0.1, 0.1), caps={1: 1}) == [1, None]


def roadblock(number=1, **fields):
    return flight(number, **({"theta": 0.4, "roadblock": True} | BOTH | fields))


def test_a_roadblock_takes_the_whole_page_or_nothing():
    decider = decision.Decider(plan_of(roadblock(), flight(2, theta=0.6, **BOTH)))
    assert ids(decider, (0.39, 0.99)) == [1, 1]
    assert ids(decider, (0.41, 0.01)) == [2, 2]
    assert ids(decision.Decider(plan_of(roadblock(roadblock=False), flight(2, theta=0.6, **BOTH))), (0.41, 0.01)) == [2, 1]


def test_a_roadblock_that_cannot_take_every_slot_takes_none():
    narrow = roadblock(placement_ids=(1,))
    capped = roadblock(frequency_cap=FrequencyCap(2, 3600))
    targeted = roadblock(targeting={"placement": [1]})
    for one in (narrow, targeted):
        assert ids(decision.Decider(plan_of(one)), (0.0, 0.0)) == [None, None]
    assert ids(decision.Decider(plan_of(capped)), (0.0, 0.9)) == [1, 1]
    assert ids(decision.Decider(plan_of(capped)), (0.0, 0.9), caps={1: 1}) == [None, None]


def test_companions_share_a_roadblock_by_what_fits():
    top = roadblock(1, placement_ids=(1,), creatives=(PlanRotation(1),), companion_group="g")
    side = flight(2, theta=0.0, placement_ids=(2,), creatives=(PlanRotation(9),), companion_group="g")
    decider = decision.Decider(plan_of(top, side))
    assert ids(decider, (0.1, 0.9)) == [1, 2]
    assert ids(decider, (0.5, 0.1)) == [None, None]


def test_beside_a_roadblock_everybody_keeps_his_planned_share():
    decider = decision.Decider(plan_of(roadblock(), flight(2, theta=0.3, **BOTH)))
    rng, pages, given = np.random.default_rng(3), 20_000, Counter()
    for us in rng.random((pages, 2)).tolist():
        given.update(ids(decider, us))
    shares = {number: given[number] / (2 * pages) for number in (1, 2)}
    assert shares == pytest.approx({1: 0.4, 2: 0.3}, abs=0.01)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([(1,), (2,), (1, 2)]), st.sampled_from([None, "g", "h"])), min_size=1, max_size=5),
       st.tuples(st.floats(0, 0.999), st.floats(0, 0.999)))
def test_no_roadblock_ever_shares_a_page(booked, us):
    flights = [
        flight(n, theta=0.3, placement_ids=places, creatives=BOTH["creatives"], roadblock=block, companion_group=group)
        for n, (block, places, group) in enumerate(booked, 1)
    ]
    decider = decision.Decider(plan_of(*flights))
    answers = ids(decider, us)
    lead = decider.flights.get(answers[0])
    if lead is not None and lead.roadblock:
        assert set(answers) <= decider.together(lead)
    else:
        assert not any(number and decider.flights[number].roadblock for number in answers)
