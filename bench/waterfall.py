"""Peers of the diagnosis: causes removed one at a time, by replays or on daily facts; Adtributor by itself."""

from collections.abc import Sequence

import numpy as np

from bench.planted.market import Market
from makegood.engine import diagnosis, simulator
from makegood.engine.causes import Cause
from makegood.engine.simulator import faults

MOST_TRAFFIC = 2.0


def replayed(market: Market, happened: Sequence[faults.Fault], order: Sequence[Cause]) -> dict[Cause, float]:
    """What each cause takes when it is added after those before it in the order; depends on the order."""
    taken, present = {}, []
    last = simulator.simulate(market.planned).counted[:, 0].sum()
    for cause in order:
        own = [fault for fault in happened if fault.cause is cause]
        if own:
            present += own
            now = simulator.simulate(market.planned, present).counted[:, 0].sum()
            taken[cause], last = last - now, now
    return taken


def daily(facts: diagnosis.FlightFacts) -> dict[Cause, float]:
    """A fixed waterfall on daily facts: stops, then traffic on what they leave, losses as parts of the plan."""
    taken, left = {}, np.ones(len(facts.expected))
    for cause in diagnosis.STOPPED:
        part = np.minimum(facts.stopped.get(cause, 0 * left), left)
        taken[cause], left = float((facts.expected * part).sum()), left - part
    seen = np.clip(facts.traffic / np.maximum(facts.forecast, 1), 0, MOST_TRAFFIC)
    taken[Cause.TRAFFIC] = float((facts.expected * left * (1 - seen)).sum())
    taken |= {cause: float((share * facts.expected).sum()) for cause, share in facts.lost.items()}
    return taken | {Cause.PACING: float(facts.expected.sum() - facts.delivered.sum()) - sum(taken.values())}


def adtributor(market: Market, by_cell: np.ndarray) -> tuple[str, str] | None:
    """The dimension and value that Adtributor names from expected and delivered impressions by cell, as published."""
    edges = market.planned.edges
    expected = simulator.simulate(market.planned).edges[edges.flight == 0]
    found = diagnosis.movers(diagnosis.of_cube(market.cube, expected, by_cell), beyond_share=-1.0)
    return (found[0].dimension, found[0].values[0]) if found else None
