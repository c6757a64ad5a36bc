"""Reach and caps from one distribution of requests per person."""

import numpy as np
import pytest

from makegood.engine import reach
from makegood.engine.plan import FrequencyCap

DAY = 86_400


def test_caps_and_reach_agree_with_people_drawn_one_by_one():
    chance = np.random.default_rng(5)
    mean, count = 4.0, 200_000
    requests = chance.geometric(1 / mean, count)
    total = int(requests.sum())
    for most in (1, 2, 5):
        kept = int(np.minimum(requests, most).sum())
        assert reach.within_cap(total, FrequencyCap(most, DAY), mean) == pytest.approx(kept, rel=0.01)
    assert reach.people(total, mean) == pytest.approx(count, rel=0.01)
    for part in (0.1, 0.5, 1.0):
        seen = int((chance.binomial(requests, part) > 0).sum())
        assert reach.reached(part * total, total, mean) == pytest.approx(seen, rel=0.01)


def test_the_ends_of_the_curve():
    assert reach.within_cap(100.9, None, 5.0) == 100
    assert reach.within_cap(1000, FrequencyCap(1, DAY), 5.0) == 200
    assert reach.within_cap(1000, FrequencyCap(1, 60), 5.0) == 1000  # hardly anybody asks twice in a minute
    assert reach.reached(50, 0, 5.0) == 0
    assert reach.reached(50, 100, 1.0) == 50
    assert reach.people(100, 0.2) == 100
