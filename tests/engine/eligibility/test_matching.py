import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import audience
from makegood.engine import eligibility, supply, targeting
from makegood.engine.targeting import Predicate, Request, Targeting
from tests.engine.requests import requests, targetings


def answers(wanted, sample):
    found = eligibility.match(sample, wanted)
    return found, [found.rows(n).tolist() for n in range(len(wanted))]


@settings(max_examples=150, deadline=None)
@given(st.lists(targetings(), max_size=8), st.lists(requests(), min_size=1, max_size=12))
def test_every_way_of_asking_agrees(wanted, asked):
    sample = supply.from_requests(asked, [1.0] * len(asked))
    meant = [[targeting.matches(one, request) for request in asked] for one in wanted]
    index = targeting.TargetingIndex(wanted)
    asked_by_index = [[bool(index.eligible(request) >> n & 1) for request in asked] for n in range(len(wanted))]
    assert asked_by_index == meant
    assert [targeting.mask(one, sample).tolist() for one in wanted] == meant
    assert answers(wanted, sample)[1] == meant


@settings(max_examples=100, deadline=None)
@given(st.lists(targetings(), max_size=8), st.lists(requests(), min_size=1, max_size=12))
def test_rows_share_a_cell_exactly_when_nobody_tells_them_apart(wanted, asked):
    found = eligibility.match(supply.from_requests(asked, [1.0] * len(asked)), wanted)
    told = [tuple(targeting.matches(one, request) for one in wanted) for request in asked]
    assert [[a == b for b in told] for a in told] == [[a == b for b in found.cell] for a in found.cell]
    assert found.cells == len(set(told))


@pytest.mark.parametrize("rows", [63, 64, 65, 3_000])
def test_a_large_world_agrees_with_masks(rows):
    rng = np.random.default_rng(rows)
    sample, wanted = audience.supply(rows, rng), audience.contracts(120, rng)
    found, got = answers(wanted, sample)
    assert got == [targeting.mask(one, sample).tolist() for one in wanted]
    assert all((np.diff(found.of(n)) > 0).all() for n in range(len(wanted)))
    assert 0 < sum(map(sum, got)) < rows * len(wanted)


def test_a_changed_row_is_seen():
    wanted = [targeting.from_json({"geo": ["US"]})]
    asked = [Request(1, geo="US-CA"), Request(1, geo="GB")]
    assert answers(wanted, supply.from_requests(asked, [1.0, 1.0]))[1] == [[True, False]]
    assert answers(wanted, supply.from_requests(asked[::-1], [1.0, 1.0]))[1] == [[False, True]]


def test_nothing_to_match_is_one_cell():
    nothing = supply.from_requests([], [])
    assert eligibility.match(nothing, [targeting.EVERYTHING]).cells == 1
    one = eligibility.match(supply.from_requests([Request(1), Request(2)], [1.0, 1.0]), [])
    assert (one.cells, one.cell.tolist()) == (1, [0, 0])


def test_more_edges_than_first_room_for():
    sample = audience.supply(500, np.random.default_rng(3))
    wanted = [Targeting((Predicate("device", exclude=frozenset({f"d{n}"})),)) for n in range(40)]
    wanted += [targeting.from_json({"hour_of_week": [hour]}) for hour in range(168)]
    found = eligibility.match(sample, wanted)
    assert all(found.rows(n).all() for n in range(40))
    assert sum(int(found.rows(40 + hour).sum()) for hour in range(168)) == 500


def test_memory_follows_the_edges_not_rows_times_contracts():
    rows, count = 12_000, 1_500
    rng = np.random.default_rng(4)
    sample, wanted = audience.supply(rows, rng), audience.contracts(count, rng)
    eligibility.match(sample, wanted[:5])  # compiles
    tracemalloc.start()
    found = eligibility.match(sample, wanted)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.found) > rows
    assert peak < rows * count / 2
