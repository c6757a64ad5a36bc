"""Real broadcast orders against human readings, where the folder is at hand; thresholds are the acceptance ones."""
import argparse
import pathlib

import pytest

from bench import order_read

CASES = pathlib.Path(__file__).resolve().parents[4] / "shared" / "cases" / "broadcast-orders"


@pytest.mark.skipif(not (CASES / "truth.csv").exists(), reason="the real orders are not on this machine")
def test_real_orders_are_read_right() -> None:
    options = argparse.Namespace(folder=CASES / "pdf", truth=CASES / "truth.csv", misses=True, sample=0, seed=1, damage=None)
    result = order_read.run(options)
    missed = {name: goal.value for name, goal in result.goals.items() if not goal.met and name != "seconds_per_page_worst"}
    assert missed == {}, "\n".join(result.notes)
