from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine.avails.flow import Flow

CELLS = 7
lines = st.lists(
    st.tuples(
        st.sets(st.integers(0, CELLS - 1)).map(lambda s: np.array(sorted(s), dtype=np.int64)), st.integers(0, 40)
    ),
    min_size=1,
    max_size=6,
)
capacities = st.lists(st.integers(0, 30), min_size=CELLS, max_size=CELLS).map(lambda c: np.array(c, dtype=np.int64))


def most_for_the_last(capacity, cells, placed):
    """The largest demand of the last line the others leave room for, by the cut of every subset (Gale 1957, Hall)."""
    *others, last = range(len(cells))
    cuts = []
    for size in range(len(others) + 1):
        for subset in combinations(others, size):
            union = np.zeros(len(capacity), dtype=bool)
            for n in (*subset, last):
                union[cells[n]] = True
            cuts.append(int(capacity[union].sum()) - sum(placed[n] for n in subset))
    return min(cuts)


@settings(max_examples=200, deadline=None)
@given(capacities, lines)
def test_every_insertion_places_the_most_there_is(capacity, wanted):
    flow, placed = Flow(capacity, lines=len(wanted)), []
    for n, (cells, units) in enumerate(wanted):
        _, done = flow.insert(cells, units)
        best = most_for_the_last(capacity, [c for c, _ in wanted[: n + 1]], placed)
        assert done == min(units, best)
        placed.append(done)
        assert [int(p.sum()) for p in flow.placed] == placed
        used = np.zeros(CELLS, dtype=np.int64)
        for own, units_placed in zip(flow.cells, flow.placed, strict=True):
            assert (units_placed >= 0).all()
            used[own] += units_placed
        assert (used + flow.free == capacity).all()
        assert (flow.free >= 0).all()


@settings(max_examples=60, deadline=None)
@given(capacities, lines)
def test_a_look_up_leaves_the_same_room(capacity, wanted):
    flow = Flow(capacity, lines=len(wanted))
    for cells, units in wanted[:-1]:
        flow.insert(cells, units)
    answers = []
    for _ in range(2):
        node, done = flow.insert(wanted[-1][0], None)
        flow.remove(node)
        answers.append(done)
    assert answers[0] == answers[1]


def test_only_the_last_line_can_be_taken_back():
    flow = Flow(np.array([5, 5]), lines=2)
    first, _ = flow.insert(np.array([0]), 2)
    flow.insert(np.array([1]), 2)
    with pytest.raises(ValueError, match="only the last line"):
        flow.remove(first)
