"""What a step of serving needs to know of flights and of who may serve what, as columns that kernels read.

Built from plan flights or from arrays of duals; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from makegood.engine.decision import terms as decision_terms
from makegood.engine.eligibility import Eligibility
from makegood.engine.plan import PlanFlight

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SPONSORSHIP, GUARANTEED, REMNANT, HOUSE = range(4)


class SimulationInvalid(ValueError):
    """The world cannot be simulated; the message names the flight, cell or step and what is wrong with it."""


class Flights(NamedTuple):
    """Columns by flight. `tier` as in decision.terms.TIERS; a chance before pacing is level − fall·β.

    Guaranteed: level theta·(1 + alpha/V), fall theta/V. Sponsorship: level is the share of voice. Others: the weight.
    `cap` impressions a person in the cap's window (0: no cap) and `rate`, the matching requests of a person in it.
    """

    tier: Ints
    level: Floats
    fall: Floats
    cap: Floats
    rate: Floats


class Edges(NamedTuple):
    """Flights of cell c are `flight[first[c]:first[c + 1]]`; each may serve the part `match` of its requests."""

    first: Ints
    flight: Ints
    match: Floats


def guaranteed(theta: Floats, alpha: Floats, weight: Floats) -> Flights:
    """Guaranteed flights without caps from the plan's duals."""
    none = np.zeros(len(theta))
    return Flights(np.full(len(theta), GUARANTEED), theta * (1 + alpha / weight), theta / weight, none, none)


def from_plan(flights: Sequence[PlanFlight], rates: Mapping[int, float] | None = None) -> Flights:
    """Columns of plan flights, their throttle left out; `rates` by flight id for those whose cap is to be seen.

    A cap without a rate is not seen: what a cap keeps depends on how often a person asks.
    """
    known = rates or {}
    columns = decision_terms.of(flights)
    caps = [float(f.frequency_cap.count) if f.frequency_cap and f.id in known else 0.0 for f in flights]
    return Flights(
        columns.tier,
        columns.level,
        columns.fall,
        np.array(caps, dtype=np.float64),
        np.array([known.get(f.id, 0.0) for f in flights], dtype=np.float64),
    )


def edges(cells: Sequence[npt.NDArray[np.int64]], count: int) -> Edges:
    """Edges of `count` cells from the cells of each flight, as `Eligibility.cells` has them."""
    cell = np.concatenate([*cells, np.zeros(0, np.int64)]).astype(np.int64)
    flight = np.repeat(np.arange(len(cells)), [len(own) for own in cells]).astype(np.int64)
    if len(cell) and (cell.min() < 0 or cell.max() >= count):
        owner = int(flight[(cell < 0) | (cell >= count)][0])
        raise SimulationInvalid(f"flight {owner}: a cell outside the {count} there are")
    first = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(cell, minlength=count), out=first[1:])
    return Edges(first, flight[np.argsort(cell, kind="stable")], np.ones(len(cell)))


def of_graph(graph: Eligibility) -> Edges:
    """Edges of an eligibility graph; flight n is the graph's scope n."""
    return edges(graph.cells, len(graph.capacity))
