"""Two counts of one delivery: the band, and the planted cause found first."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import discrepancy
from makegood.engine.discrepancy import Cause, Counts, Tier
from makegood.engine.discrepancy.models import shifted
from tests.engine.discrepancy.planted import line

PLANTED = [one for one in discrepancy.CAUSES if one is not Cause.UNEXPLAINED]
SERIES = 40


def first(rng, cause, days):
    return discrepancy.explain(line(rng, cause, days)[0])[0].cause


@pytest.mark.parametrize("cause", PLANTED)
def test_a_planted_cause_is_found_first(cause):
    rng = np.random.default_rng([7, PLANTED.index(cause)])
    found = [first(rng, cause, int(rng.integers(4, 22))) for _ in range(SERIES)]
    assert found.count(cause) >= 0.9 * SERIES, found


def test_with_the_planted_cause_taken_out_it_is_not_found():
    """The negative control: honest counters that differ by a few per cent have no cause."""
    rng = np.random.default_rng(11)
    found = [first(rng, Cause.UNEXPLAINED, int(rng.integers(4, 22))) for _ in range(SERIES)]
    assert found.count(Cause.UNEXPLAINED) >= 0.9 * SERIES, found


def test_its_value_is_the_planted_one():
    rng = np.random.default_rng(3)
    for cause in (Cause.TIME_ZONE, Cause.WRAPPED_TAG):
        right = 0
        for _ in range(20):
            counts, value = line(rng, cause, 14)
            found = discrepancy.explain(counts)[0]
            right += value in (found.value, found.creative)
        assert right >= 18


def test_units_are_the_difference_that_the_cause_makes():
    rng = np.random.default_rng(5)
    counts, _ = line(rng, Cause.MISSING_DAYS, 10)
    found = discrepancy.explain(counts)[0]
    gone = counts.theirs == 0
    assert (found.cause, found.units, found.value) == (Cause.MISSING_DAYS, round(counts.net[gone].sum()), gone.sum())
    assert found.explained > 0.9


def test_one_day_says_nothing():
    counts, _ = line(np.random.default_rng(1), Cause.DUPLICATE_PLACEMENT, 1)
    assert discrepancy.explain(counts) == ()


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_the_bands_hold_at_their_edges(ours, theirs):
    found, apart = discrepancy.tier(ours, theirs), abs(ours - theirs)
    if max(ours, theirs) < 1_000:
        assert found is Tier.TOO_FEW
    else:
        wanted = Tier.INCIDENT if 5 * apart > ours or not ours else Tier.RECONCILE if 10 * apart > ours else Tier.WITHIN
        assert found is wanted


@pytest.mark.parametrize(("theirs", "band"), [(900, "within"), (899, "reconcile"), (800, "reconcile"), (799, "incident"), (1100, "within"), (1201, "incident")])
def test_the_share_is_of_our_figure(theirs, band):
    assert (discrepancy.tier(1_000, theirs), discrepancy.share(1_000, theirs)) == (band, pytest.approx((1_000 - theirs) / 1_000))


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 50), min_size=24, max_size=24), min_size=1, max_size=4), st.integers(-14, 14))
def test_a_shift_loses_only_what_falls_off_the_ends(rows, hours):
    hourly = np.array(rows, float)
    flat = hourly.ravel()
    off = flat[:hours].sum() if hours >= 0 else flat[hours:].sum()
    assert shifted(hourly, hours).sum() == flat.sum() - off


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(PLANTED), st.integers(2, 12))
def test_unknown_weights_change_nothing_else(seed, cause, days):
    """Weights that are not known take only the cause that needs them away."""
    counts, _ = line(np.random.default_rng(seed), cause, days)
    bare = Counts(counts.hourly, counts.theirs, counts.filtered, counts.creatives, np.full(len(counts.kilobytes), np.nan))
    known = [one.cause for one in discrepancy.explain(counts) if one.cause is not Cause.CREATIVE_WEIGHT]
    assert [one.cause for one in discrepancy.explain(bare) if one.cause is not Cause.UNEXPLAINED] == [one for one in known if one is not Cause.UNEXPLAINED]
