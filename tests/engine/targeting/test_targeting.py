import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import supply, targeting
from makegood.engine.targeting import Request
from tests.engine.requests import requests, targetings


@settings(max_examples=120, deadline=None)
@given(st.lists(targetings(), min_size=1, max_size=6), st.lists(requests(), min_size=1, max_size=8))
def test_index_mask_and_matches_agree(wanted, asked):
    index = targeting.TargetingIndex(wanted)
    sample = supply.from_requests(asked, [1.0] * len(asked))
    masks = [targeting.mask(one, sample).tolist() for one in wanted]
    for row, request in enumerate(asked):
        meant = [targeting.matches(one, request) for one in wanted]
        assert [bool(index.eligible(request) >> n & 1) for n in range(len(wanted))] == meant
        assert [column[row] for column in masks] == meant


@settings(max_examples=80, deadline=None)
@given(targetings())
def test_json_round_trip(wanted):
    assert targeting.from_json(targeting.to_json(wanted)) == wanted


@pytest.mark.parametrize(
    ("row", "request_", "answer"),
    [
        ({}, Request(1), True),
        ({"geo": ["US"]}, Request(1, geo="US-CA-803"), True),
        ({"geo": ["US-CA"]}, Request(1, geo="US-CAL"), False),
        ({"geo": {"include": ["US"], "exclude": ["US-CA"]}}, Request(1, geo="US-CA-803"), False),
        ({"geo": {"exclude": ["US"]}}, Request(1), True),
        ({"geo": ["US"]}, Request(1), False),
        ({"section": ["news/sport"]}, Request(1, section="news/sport/cycling"), True),
        ({"audiences": ["a", "b"]}, Request(1, audiences=frozenset({"b"})), True),
        ({"audience": {"exclude": ["a"]}}, Request(1, audiences=frozenset({"a", "b"})), False),
        ({"placements": [2]}, Request(1), False),
        ({"key_values": {"team": ["reds"]}}, Request(1, key_values={"team": "reds"}), True),
    ],
)
def test_meaning(row, request_, answer):
    assert targeting.matches(targeting.from_json(row), request_) is answer


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"colour": ["red"]}, "colour: unknown dimension"),
        ({"device": []}, "device: an empty choice matches nothing"),
        ({"device": "mobile"}, "device: expected a list"),
        ({"device": [3]}, "device: 3 is not a name"),
        ({"hour_of_week": [168]}, "hour_of_week: 168 is outside 0..167"),
        ({"geo": {"only": ["US"]}}, "geo: 'only' is neither"),
        ({"audience": ["a"], "audiences": ["b"]}, "audience: given twice"),
        ({"kv:team": ["reds"]}, "kv:team: give key-values as an object"),
        ({"key_values": ["x"]}, "key_values: expected an object"),
        ({"placement": [True]}, "placement: True is not a whole number"),
    ],
)
def test_bad_targeting_names_the_dimension(row, message):
    with pytest.raises(targeting.TargetingInvalid, match=f"^{message}"):
        targeting.from_json(row)


def test_supply_refuses_what_is_no_weight():
    with pytest.raises(supply.SupplyInvalid, match="row 1: weight nan"):
        supply.from_requests([Request(1), Request(2)], [1.0, float("nan")])


def test_a_predicate_on_no_dimension_is_refused():
    with pytest.raises(targeting.TargetingInvalid, match=r"^colour: unknown dimension"):
        targeting.Predicate("colour", frozenset({"red"}))
