import numpy as np
import pytest

from makegood.engine import rotation


def test_even_ignores_weights():
    assert [rotation.choose("even", [9.0, 1.0], u, 0) for u in (0.0, 0.49, 0.5, 0.999)] == [0, 0, 1, 1]


def test_thompson_prefers_the_better_and_starves_none():
    weights = rotation.thompson(np.array([50, 5]), np.array([1000, 1000]), np.random.default_rng(1))
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > 0.9
    assert weights[1] >= 0.025


def test_thompson_refuses_impossible_counts():
    with pytest.raises(ValueError, match="between 0 and trials"):
        rotation.thompson(np.array([3]), np.array([2]), np.random.default_rng(1))
