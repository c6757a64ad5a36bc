"""Past rates: shrunk by what was seen, and an interval that holds the next line as often as it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine.planner import Estimate, Past, estimate
from makegood.engine.planner.history import likeness

START = Estimate(0.01, 0.01, level="start")


def test_with_nothing_seen_it_is_what_was_held():
    assert estimate(START, [Past("client", ())]) == START


@given(st.integers(1, 30))
def test_more_lines_of_the_client_bring_it_nearer_to_the_client(lines):
    house = Past("house", tuple((round(10_000 * rate), 10_000) for rate in (0.008, 0.010, 0.012, 0.009, 0.011)))
    few, more = (estimate(START, [house, Past("client", ((300, 10_000),) * n)]) for n in (lines, lines + 1))
    assert 0.01 < few.mean < more.mean < 0.03
    assert (more.level, more.lines, more.trials) == ("client", lines + 1, 10_000 * (lines + 1))


def test_a_line_of_millions_is_still_one_line():
    house = Past("house", ((50, 10_000), (100, 10_000), (150, 10_000), (200, 10_000)))
    one = estimate(START, [house, Past("client", ((60_000, 2_000_000),))])
    assert (type(one.mean), type(one.sd)) == (float, float)  # a plan keeps it as JSON
    assert one.mean < 0.025


def test_likeness_is_found_again():
    rng = np.random.default_rng(5)
    rates = rng.beta(0.02 * 99, 0.98 * 99, 4_000)  # ρ = 1 / (a + b + 1) = 0.01
    lines = [(int(rng.binomial(5_000, rate)), 5_000) for rate in rates]
    assert likeness(lines, 0.5) == pytest.approx(0.01, rel=0.1)
    assert likeness([(1, 10), (2, 10)], 0.123) == 0.123


def test_the_interval_holds_the_next_line_eight_times_in_ten():
    rng, held, tries = np.random.default_rng(11), 0, 400
    for _ in range(tries):
        rates = rng.beta(0.3 * 60, 0.7 * 60, 13)
        seen = tuple((int(rng.binomial(2_000, rate)), 2_000) for rate in rates[:12])
        found = estimate(Estimate(0.5, 0.2), [Past("house", seen)])
        held += abs(rates[12] - found.mean) <= 1.2816 * found.sd
    assert 0.72 <= held / tries <= 0.88
