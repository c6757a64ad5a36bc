"""Small worlds for the simulator's tests: flights of every tier on cells, drawn by hypothesis or by a seed."""

import numpy as np
from hypothesis import strategies as st

from makegood.engine.simulator import terms
from tests.engine.decision.plans import flight

PRIORITIES = ("sponsorship", "guaranteed", "non_guaranteed", "house")


@st.composite
def flights(draw, least=1):
    count = draw(st.integers(least, 9))
    unit = st.floats(0.01, 1.0)
    return [
        flight(
            n,
            draw(st.sampled_from(PRIORITIES)),
            theta=draw(unit),
            alpha=draw(st.floats(0, 5)),
            weight=draw(st.floats(0.2, 4)),
            throttle=draw(st.floats(0, 1)),
            share=draw(st.none() | unit),
        )
        for n in range(count)
    ]


def throttles(some):
    return np.array([one.throttle for one in some])


def whole(some, cells=1):
    """Every flight on every cell."""
    return terms.edges([np.arange(cells)] * len(some), cells)


def contended(seed=1, count=30, cells=200, reach=0.3):
    """Guaranteed flights, each on a random part of the cells, with their edges."""
    rng = np.random.default_rng(seed)
    own = [np.flatnonzero(rng.random(cells) < reach) for _ in range(count)]
    some = terms.guaranteed(rng.uniform(0.02, 0.4, count), rng.uniform(0, 3, count), np.ones(count))
    return some, terms.edges(own, cells)
