"""Rebates: both bases against sums done by hand, and what must hold for every year."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import rebates

TIERS = [(D(100), D(1)), (D(200), D(2)), (D(500), D(5))]
money = st.integers(0, 10**7).map(lambda cents: D(cents) / 100)
tiers = st.lists(st.tuples(st.integers(0, 10**5).map(D), st.integers(0, 20).map(D)), max_size=5, unique_by=lambda one: one[0])


@pytest.mark.parametrize(("spend", "retroactive", "marginal"), [
    (99, "0", "0"), (100, "1.00", "0"), (150, "1.50", "0.50"), (200, "4.00", "1.00"), (500, "25.00", "7.00"), (600, "30.00", "12.00"),
])  # fmt: skip
def test_by_hand(spend, retroactive, marginal):
    assert rebates.earned(D(spend), TIERS, rebates.RETROACTIVE) == D(retroactive)
    assert rebates.earned(D(spend), TIERS, rebates.MARGINAL) == D(marginal)


def test_the_month_that_reaches_a_tier_catches_up():
    found = rebates.accruals([("2026-01", D(150)), ("2026-02", D(50)), ("2026-03", D(0)), ("2026-04", D(-60))], TIERS, rebates.RETROACTIVE)
    assert [(one.pct, one.accrued) for one in found] == [(D(1), D("1.50")), (D(2), D("2.50")), (D(2), D(0)), (D(1), D("-2.60"))]


def test_what_is_missing_to_the_next_tier():
    assert rebates.following(D(150), TIERS) == (D(50), D(2))
    assert rebates.following(D(500), TIERS) is None


def test_an_unknown_basis_is_an_error():
    with pytest.raises(ValueError, match="neither"):
        rebates.earned(D(1), TIERS, "yearly")


@given(st.lists(money, max_size=14), tiers, st.sampled_from([rebates.RETROACTIVE, rebates.MARGINAL]))
def test_months_add_up_to_the_year(spends, found, basis):
    months = [(str(n), spend) for n, spend in enumerate(spends)]
    rows = rebates.accruals(months, found, basis)
    assert sum((one.accrued for one in rows), D(0)) == rebates.earned(sum(spends, D(0)), found, basis)


@given(money, tiers)
def test_parts_make_the_spend(spend, found):
    for basis in (rebates.RETROACTIVE, rebates.MARGINAL):
        made = rebates.parts(spend, found, basis)
        assert not made or sum((one.spend for one in made), D(0)) == spend


@given(money, tiers.map(lambda found: [(start, D(n)) for n, (start, _) in enumerate(sorted(found))]))
def test_by_parts_never_earns_more_than_all_at_the_tier(spend, rising):
    assert rebates.earned(spend, rising, rebates.MARGINAL) <= rebates.earned(spend, rising, rebates.RETROACTIVE)
