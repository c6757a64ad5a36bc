"""One reach curve, from both sides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import reach
from makegood.engine.plan import FrequencyCap

caps = st.builds(FrequencyCap, count=st.integers(1, 9), seconds=st.sampled_from([3_600, 86_400, 604_800]))


@given(caps, st.floats(0.5, 50), st.floats(0.01, 1))
def test_the_chance_gives_back_the_part(cap, requests, share):
    part = share * reach.let_through(cap, requests)
    chance = reach.chance_for(part, cap, requests)
    assert chance * reach.let_through(cap, requests, chance) == pytest.approx(part, rel=1e-6)


@given(caps, st.floats(0.5, 50))
def test_what_no_chance_can_give_is_asked_for_always(cap, requests):
    assert reach.chance_for(1.1, cap, requests) == 1.0
    assert reach.chance_for(0.3, None) == 0.3


def test_it_is_what_people_with_geometric_requests_see():
    rng, cap = np.random.default_rng(2), FrequencyCap(2, 86_400)
    requests = rng.geometric(1 / 4.0, 200_000)
    for chance in (1.0, 0.4, 0.1):
        seen = np.minimum(rng.binomial(requests, chance), 2).sum() / requests.sum()
        assert seen == pytest.approx(chance * reach.let_through(cap, 4.0, chance), rel=0.02)
