"""Real broadcast orders against human readings, where the folder is at hand; thresholds are the acceptance ones."""
import argparse
import pathlib

import pytest

from bench import order_read
from makegood.documents.orders.pdf import scan

CASES = pathlib.Path(__file__).resolve().parents[4] / "shared" / "cases" / "broadcast-orders"

FLOORS = {"contract_number": 0.92}  # once: of five invoices that also name a contract people took the invoice's number twice, and one scan's text is damaged
WAYS = [pytest.param(True, FLOORS, id="once"), pytest.param(False, {}, id="twice", marks=[pytest.mark.nightly, pytest.mark.skipif(not scan.present(), reason="the extra makegood[ocr] is not installed")])]


@pytest.mark.skipif(not (CASES / "truth.csv").exists(), reason="the real orders are not on this machine")
@pytest.mark.parametrize(("once", "least"), WAYS)
def test_real_orders_are_read_right(once: bool, least: dict[str, float]) -> None:
    options = argparse.Namespace(folder=CASES / "pdf", truth=CASES / "truth.csv", misses=True, sample=0, seed=1, damage=None, once=once)
    result = order_read.run(options)
    floors = least | {name: goal.target for name, goal in result.goals.items() if name not in {*least, "seconds_per_page_worst", "wrong_of_those", "crashes"}}
    missed = {name: result.goals[name].value for name, floor in floors.items() if result.goals[name].value < floor}
    missed |= {name: result.goals[name].value for name in ("wrong_of_those", "crashes") if not result.goals[name].met}
    assert missed == {}, "\n".join(result.notes)
