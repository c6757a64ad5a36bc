import numpy as np
import pytest

from bench import creatives
from makegood.engine import rotation


def test_even_ignores_weights():
    assert [rotation.choose("even", [9.0, 1.0], u, 0) for u in (0.0, 0.49, 0.5, 0.999)] == [0, 0, 1, 1]


def test_thompson_prefers_the_better_and_starves_none():
    weights = rotation.thompson(np.array([50, 5]), np.array([1000, 1000]), np.random.default_rng(1))
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > 0.9
    assert weights[1] >= 0.025


def test_optimised_loses_few_of_the_clicks_and_even_rotation_many():
    lost = {"even": [], "optimised": []}
    for seed in range(4):
        rng = np.random.default_rng(seed)
        rates = creatives.rates(10, rng)
        for kind, found in lost.items():
            found.append(creatives.loss(kind, rates, rng))
    assert np.median(lost["optimised"]) <= 0.06
    assert np.median(lost["even"]) > 0.3


def test_optimised_weights_are_what_the_plan_carries():
    made = rotation.optimised([7, 8], np.array([50, 5]), np.array([1000, 1000]), np.random.default_rng(1))
    assert [one.creative_id for one in made] == [7, 8]
    weights = [one.weight for one in made]
    assert rotation.choose("optimised", weights, weights[0] - 0.01, 0) == 0
    assert rotation.choose("optimised", weights, weights[0] + 0.01, 0) == 1


@pytest.mark.parametrize(
    ("successes", "trials", "message"),
    [([1, 3], [2, 2], "creative number 1: 3 successes of 2"), ([-1], [2], "creative number 0: -1"), ([], [], "give one of each")],
)
def test_impossible_counts_are_named(successes, trials, message):
    with pytest.raises(rotation.RotationInvalid, match=message):
        rotation.thompson(np.array(successes), np.array(trials), np.random.default_rng(1))
