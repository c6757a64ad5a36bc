"""One step of serving: many requests decided at once by the rule of the single decision, goals kept.

Columns in, counts out; time, faults and control are in `scenario`. Deterministic for a given generator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from makegood.engine.simulator import chances, draws
from makegood.engine.simulator.terms import Edges, Flights, Floats, SimulationInvalid


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Impressions per flight and per edge, and the requests per cell that nobody took."""

    served: Floats
    edges: Floats
    unfilled: Floats


def shares(edges: Edges, flights: Flights, throttle: Floats, live: Floats | None = None) -> Floats:
    """The chance of each edge's flight to take a request of its cell; equal to decision.shares where no cap bites."""
    on = np.ones(len(flights.tier), np.bool_) if live is None else live > 0
    chance = np.zeros(len(edges.flight))
    chances.fill(np.ones(len(edges.first) - 1), edges, flights, throttle, on, chance)
    return chance


def serve_step(
    requests: Floats,
    edges: Edges,
    flights: Flights,
    throttle: Floats,
    left: Floats,
    rng: np.random.Generator | None = None,
) -> Step:
    """Decide `requests[c]` requests of each cell; flight j serves at most `left[j]` (np.inf: no goal; 0: not live).

    Drawn with `rng` (whole requests), else the mean flow. A flight whose draws pass what it has left keeps an even part
    of them; what it gives back is decided again without it, as a server does once a goal is reached. Flights that reach
    their goals in the same step are closed together, a second-order simplification. Raises SimulationInvalid.
    """
    _check(requests, edges, flights, throttle, left, rng)
    live, offered = left > 0, requests.astype(np.float64)
    chance, drawn, kept, total = (np.zeros(size) for size in (*(len(edges.flight),) * 3, len(left)))
    while True:
        served = np.zeros(len(left))
        chances.fill(offered, edges, flights, throttle, live, chance)
        if rng is None:
            draws.mean(offered, edges, chance, drawn, served)
        else:
            draws.draw(offered, edges, chance, rng, drawn, served)
        room = left - total
        over = served > room * (1 + 1e-12)
        if over.any():
            offset = np.full(len(left), -1.0) if rng is None else rng.random(len(left))
            draws.take_back(edges, served, room, offset, np.zeros(len(left)), drawn, offered)
        kept += drawn
        total += np.minimum(served, room)
        live &= ~over
        if not over.any():
            return Step(total, kept, requests - _by_cell(kept, edges))


def _by_cell(values: Floats, edges: Edges) -> Floats:
    running = np.concatenate([[0.0], np.cumsum(values)])
    found: Floats = running[edges.first[1:]] - running[edges.first[:-1]]
    return found


def _check(
    requests: Floats, edges: Edges, flights: Flights, throttle: Floats, left: Floats, rng: np.random.Generator | None
) -> None:
    cells, count = len(edges.first) - 1, len(flights.tier)
    if len(requests) != cells:
        raise SimulationInvalid(f"{len(requests)} request counts for {cells} cells: give one a cell")
    if not np.isfinite(requests).all() or (requests < 0).any():
        bad = int(np.flatnonzero(~(np.isfinite(requests) & (requests >= 0)))[0])
        raise SimulationInvalid(f"cell {bad}: {requests[bad]} is not a number of requests")
    if rng is not None and (requests != np.floor(requests)).any():
        bad = int(np.flatnonzero(requests != np.floor(requests))[0])
        raise SimulationInvalid(
            f"cell {bad}: {requests[bad]} requests cannot be drawn from; give whole numbers or no rng"
        )
    for name, column in (("throttle", throttle), ("left", left)):
        if len(column) != count:
            raise SimulationInvalid(f"{name}: {len(column)} values for {count} flights: give one a flight")
        if np.isnan(column).any() or (column < 0).any():
            bad = int(np.flatnonzero(np.isnan(column) | (column < 0))[0])
            raise SimulationInvalid(f"flight {bad}: {name} {column[bad]} must be at or above zero")
