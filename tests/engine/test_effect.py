import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import effect

samples = st.lists(st.floats(0, 100, allow_nan=False), min_size=5, max_size=15)


def test_a_known_shift():
    # by hand: every difference of 1..5 to 4..8 lies between -1 and 7; the median is 3
    found = effect.shift([1, 2, 3, 4, 5], [4, 5, 6, 7, 8])
    assert (found.estimate, found.low, found.high, found.sure) == (3, 1, 5, True)


def test_too_few_say_nothing():
    assert effect.shift([1, 2, 3, 4], [1, 2, 3, 4, 5]) is None


@settings(max_examples=60)
@given(samples, samples)
def test_the_estimate_lies_in_its_interval_and_turns_round(before, after):
    found, back = effect.shift(before, after), effect.shift(after, before)
    assert found.low <= found.estimate <= found.high
    assert (back.estimate, back.low, back.high) == pytest.approx((-found.estimate, -found.high, -found.low))


@settings(max_examples=40)
@given(samples)
def test_nothing_changed_is_never_sure(same):
    assert not effect.shift(same, same).sure


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(0, 0, 0, 1), (5, 10, 0.2693, 0.7307), (0, 10, 0, 0.2130)])
def test_wilson(hits, of, low, high):
    assert effect.wilson(hits, of) == pytest.approx((low, high), abs=0.0001)
