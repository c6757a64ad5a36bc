import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import apportion


@settings(max_examples=150)
@given(st.integers(-(10**9), 10**9), st.lists(st.floats(0, 1e9), min_size=1, max_size=20).filter(any))
def test_parts_sum_and_are_next_to_their_share(total, weights):
    parts = apportion.largest_remainder(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) <= 1 + 1e-3 for part, weight in zip(parts, weights, strict=True)
    )


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_signed_values_round_to_their_sum(values):
    whole = round(sum(values))
    last = whole - sum(values[:-1])
    parts = apportion.rounded_to(whole, [*values[:-1], last])
    assert sum(parts) == whole


def test_refusals():
    with pytest.raises(ValueError, match="sum to zero"):
        apportion.largest_remainder(3, [0, 0])
    with pytest.raises(ValueError, match="must not be negative"):
        apportion.largest_remainder(3, [1, -1])
    with pytest.raises(ValueError, match="do not sum to 9"):
        apportion.rounded_to(9, [1.0, 2.0])
    assert apportion.largest_remainder(0, [0, 0]) == [0, 0]
