import numpy as np
import pytest

from bench import audience
from makegood.engine import eligibility, supply, targeting


def world():
    rng = np.random.default_rng(5)
    return audience.supply(800, rng), audience.contracts(60, rng)


def test_the_most_wanted_targetings_are_unions_of_groups_within_the_limit():
    sample, wanted = world()
    group = eligibility.popular_groups(sample, {one: 100.0 - n for n, one in enumerate(dict.fromkeys(wanted))}, 40)
    assert 1 < len(set(group.tolist())) <= 40

    def is_union(one):
        inside = targeting.mask(one, sample)
        return set(group[inside]).isdisjoint(group[~inside])

    kept = [is_union(one) for one in wanted]
    first = kept.index(False)
    assert first > 3
    assert len(set(eligibility.match(sample, wanted[: first + 1]).cell.tolist())) > 40  # one more did not fit


def test_order_of_demand_decides_and_all_fit_when_there_is_room():
    sample, wanted = world()
    rows = eligibility.popular_groups(sample, dict.fromkeys(wanted, 1.0), 10**6)
    assert rows.max() + 1 == eligibility.match(sample, wanted).cells
    assert eligibility.popular_groups(sample, {}, 5).tolist() == [0] * 800
    last = {wanted[0]: 0.0, wanted[1]: 9.0}
    group = eligibility.popular_groups(sample, last, 2)
    inside = targeting.mask(wanted[1], sample)
    assert set(group[inside]).isdisjoint(group[~inside])


def test_bad_input_is_named():
    sample, wanted = world()
    with pytest.raises(supply.SupplyInvalid, match="at most 0 groups"):
        eligibility.popular_groups(sample, {}, 0)
    with pytest.raises(supply.SupplyInvalid, match="targeting 0: demand nan"):
        eligibility.popular_groups(sample, {wanted[0]: float("nan")}, 5)
