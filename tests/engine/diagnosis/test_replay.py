import dataclasses
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import diagnosis, simulator
from makegood.engine.causes import Cause
from makegood.engine.money import Money
from makegood.engine.simulator import faults
from tests.engine.simulator import worlds

STEPS, CELLS, COUNT = 14, 60, 10
RIVAL = "F-9"
FIRST_WEEK = np.where(np.arange(STEPS) < 7, 1.0, 0.0)


def planned(goal=np.inf):
    """Ten flights, the last of them unknown to the plan."""
    some, edges = worlds.contended(5, COUNT, CELLS)
    names = tuple(f"F-{n}" for n in range(COUNT))
    here = simulator.world(names, edges, some, np.full((STEPS, CELLS), 300.0), np.full(COUNT, goal))
    live = here.live.copy()
    live[:, -1] = 0.0
    return dataclasses.replace(here, live=live)


MAIN = [
    faults.Stopped("F-0", FIRST_WEEK, Cause.LATE_START),
    faults.Stopped("F-0", FIRST_WEEK, Cause.NO_CREATIVE),
    faults.Stopped("F-0", FIRST_WEEK, Cause.PAUSED),
    faults.Traffic(np.full((1, CELLS), 0.6)),
    faults.Narrower("F-0", 0.6),
    faults.Competing(RIVAL, np.ones(STEPS)),
    faults.Capped("F-0", 1, 60.0),
    faults.Uncounted("F-0", 0.4, Cause.RENDER_LOSS),
    faults.Uncounted("F-0", 0.4, Cause.INVALID_TRAFFIC),
    faults.Mispaced("F-0", np.full(STEPS, 0.6)),
]
SMALL = [
    faults.Traffic(np.full((1, CELLS), 0.97)),
    faults.Uncounted("F-0", 0.02, Cause.INVALID_TRAFFIC),
    faults.Uncounted("F-0", 0.02, Cause.RENDER_LOSS),
]


def explain(happened, delivered=None, rng=None, of="F-0"):
    here = planned()
    end = round(simulator.simulate(here, happened).finish[here.number(of)]) if delivered is None else delivered
    return diagnosis.explain(
        here, happened, flight=of, delivered=end, goal=10_000, value=Money(Decimal(100), "USD"), rng=rng
    )


@pytest.mark.parametrize("main", MAIN, ids=lambda fault: fault.cause.value)
def test_a_planted_cause_comes_first_among_small_ones(main):
    of = "F-0" if main.cause is not Cause.CONTENTION else _met()
    others = [fault for fault in SMALL if fault.cause is not main.cause] if of == "F-0" else []
    got = explain([*others, main], of=of)
    assert got.findings[0].cause is main.cause and sum(f.units for f in got.findings) == got.gap > 0


def _met():
    """The flight that the rival hurts most."""
    here = planned()
    lost = simulator.changed(here, faults.Competing(RIVAL, np.ones(STEPS)))
    return here.names[int(np.argmin(lost))]


def test_the_part_of_its_traffic_that_fell_is_named():
    device = np.arange(CELLS) % 3
    fell = faults.Traffic(np.where(device == 1, 0.3, 1.0)[None, :])
    codes = {"device": (("mobile", "desktop", "ctv"), device), "half": (("first", "second"), np.arange(CELLS) // 30)}
    for happened, named in (([fell], ("device", ("desktop",))), ([faults.Traffic(np.full((1, CELLS), 0.7))], None)):
        got = diagnosis.explain(
            planned(),
            happened,
            flight="F-0",
            delivered=9_000,
            goal=10_000,
            value=Money(Decimal(100), "USD"),
            codes=codes,
        )
        assert (got.moved and (got.moved.dimension, got.moved.values)) == named


def test_without_a_fault_there_is_no_cause():
    assert explain([]).findings == ()


def test_what_only_chance_did_stays_within_its_noise():
    here = planned()
    end = simulator.simulate(here, rng=np.random.default_rng(3)).finish[0]
    got = explain([], delivered=int(end))
    assert {f.cause for f in got.findings} <= {Cause.PACING} and abs(got.gap) < 4 * np.sqrt(end)


@settings(max_examples=15)
@given(st.permutations([MAIN[0], *SMALL, MAIN[-1]]), st.integers(0, 50_000))
def test_causes_add_up_whatever_the_order_and_the_count(happened, delivered):
    got = explain(happened, delivered)
    assert sum(f.units for f in got.findings) == got.gap == got.expected - delivered
    again = explain([MAIN[0], *SMALL, MAIN[-1]], delivered)
    assert {f.cause: f.units for f in got.findings} == pytest.approx({f.cause: f.units for f in again.findings}, abs=1)


def test_more_causes_than_replays_allow_are_averaged_over_drawn_orders_and_add_up():
    with pytest.raises(ValueError, match="10 causes"):
        explain(MAIN)
    got = explain(MAIN, rng=np.random.default_rng(1))
    assert sum(f.units for f in got.findings) == got.gap


def test_the_flight_is_named_when_facts_are_wrong():
    with pytest.raises(diagnosis.DiagnosisInvalid, match="flight F-0: delivered -1"):
        explain([], delivered=-1)
    with pytest.raises(simulator.SimulationInvalid, match="flight F-77 is not in this world"):
        explain([], delivered=1, of="F-77")
