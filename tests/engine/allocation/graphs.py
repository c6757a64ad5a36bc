"""Small random problems for hypothesis: capacities, edges, demands, penalties, weights and caps."""

import numpy as np
from hypothesis import strategies as st

from makegood.engine import allocation

SIZES = (5, 6)  # most cells and contracts


@st.composite
def graphs(draw, capped=False):
    """Arguments of `allocation.problem`; every contract has requests, some are owed more than there are."""
    cells = draw(st.integers(1, SIZES[0]))
    capacity = np.array(draw(st.lists(st.floats(1, 100), min_size=cells, max_size=cells)))
    own = st.sets(st.integers(0, cells - 1), min_size=1).map(lambda found: np.array(sorted(found)))
    many = draw(st.lists(st.tuples(own, st.floats(0.02, 1.3), st.floats(0.1, 60), st.floats(0.2, 4), st.floats(0.1, 1)), min_size=1, max_size=SIZES[1]))
    lists, part, penalty, weight, most = zip(*many, strict=True)
    demand = np.array([share * capacity[c].sum() for c, share in zip(lists, part, strict=True)])
    bounds = np.array(most) if capped else np.ones(len(many))
    return capacity, list(lists), demand, np.array(penalty), np.array(weight), bounds


def solved(graph, **options):
    """The solver's answer to full precision."""
    return allocation.optimum(allocation.problem(*graph), **{"gap": 1e-10, **options})


def planned(graph, x):
    """What a plan x (one array a contract) costs, counted from its parts; the plan must be possible."""
    capacity, cells, demand, penalty, weight, most = graph
    used, cost = np.zeros(len(capacity)), 0.0
    for j, own in enumerate(cells):
        theta = min(demand[j] / capacity[own].sum(), most[j])
        cost += 0.5 * (capacity[own] * weight[j] / theta * (x[j] - theta) ** 2).sum()
        cost += penalty[j] * max(0.0, demand[j] - (capacity[own] * x[j]).sum())
        used[own] += x[j]
    assert used.max() <= 1 + 1e-9
    return cost
