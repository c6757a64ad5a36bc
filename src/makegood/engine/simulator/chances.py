"""Kernels: the chance of every flight in every cell, equal to decision.shares, lessened by caps.

SHALE's serving rule (Bharadwaj et al., KDD 2012) tier by tier; fills arrays, checks nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.kernels import compiled
from makegood.engine.simulator.terms import Edges, Flights, Floats

PASSES, EXACT = 60, 1e-12


@compiled
def fill(
    offered: Floats, edges: Edges, flights: Flights, throttle: Floats, live: npt.NDArray[np.bool_], chance: Floats
) -> None:
    """Chances per edge of every cell that is offered requests; edges of flights that are not `live` get zero."""
    for cell in range(len(offered)):
        if offered[cell] > 0:
            _cell(edges.first[cell], edges.first[cell + 1], edges, flights, throttle, live, chance)


@compiled
def _cell(
    begin: int, end: int, edges: Edges, flights: Flights, throttle: Floats, live: npt.NDArray[np.bool_], chance: Floats
) -> None:
    present = 0
    for edge in range(begin, end):
        flight = edges.flight[edge]
        chance[edge] = 1.0 if live[flight] and edges.match[edge] > 0 else 0.0
        if chance[edge] > 0:
            present |= 1 << flights.tier[flight]
    left = 1.0
    for tier in range(4):
        if present >> tier & 1:
            base = _base(begin, end, tier, edges, flights, chance)
            left = _tier(begin, end, tier, base, left, edges, flights, throttle, chance)


@compiled
def _base(begin: int, end: int, tier: int, edges: Edges, flights: Flights, chance: Floats) -> float:
    """What a tier's levels are set against: the dual of guaranteed, else the sum of shares or weights."""
    if tier == 1:
        return _dual(begin, end, edges, flights, chance)
    whole = 0.0
    for edge in range(begin, end):
        if chance[edge] > 0 and flights.tier[edges.flight[edge]] == tier:
            whole += flights.level[edges.flight[edge]]
    return max(1.0, whole) if tier == 0 else whole


@compiled
def _dual(begin: int, end: int, edges: Edges, flights: Flights, chance: Floats) -> float:
    """Sum of x(beta) = 1 by Newton from the left, or 0 when the eligible flights fit."""
    dual = 0.0
    for _ in range(PASSES):
        excess, slope = _excess(begin, end, dual, edges, flights, chance)
        if excess <= EXACT or slope == 0.0:
            break
        dual += excess / slope
    return dual


@compiled
def _excess(
    begin: int, end: int, dual: float, edges: Edges, flights: Flights, chance: Floats
) -> tuple[float, float]:
    excess, slope = -1.0, 0.0
    for edge in range(begin, end):
        flight = edges.flight[edge]
        if chance[edge] > 0 and flights.tier[flight] == 1:
            x = flights.level[flight] - flights.fall[flight] * dual
            if x > 0:
                excess += x
                slope += flights.fall[flight]
    return excess, slope


@compiled
def _tier(
    begin: int, end: int, tier: int, base: float, left: float,
    edges: Edges, flights: Flights, throttle: Floats, chance: Floats,
) -> float:  # fmt: skip
    """Turn the marks of a tier's edges into chances; returns what the tier leaves to the next."""
    rest = left
    for edge in range(begin, end):
        flight = edges.flight[edge]
        if chance[edge] > 0 and flights.tier[flight] == tier:
            x = left * _share(tier, base, flights.level[flight], flights.fall[flight], throttle[flight])
            chance[edge] = edges.match[edge] * x * _kept(x, flights.cap[flight], flights.rate[flight])
            rest -= chance[edge]
    return max(0.0, rest) if rest > EXACT else 0.0


@compiled
def _share(tier: int, base: float, level: float, fall: float, throttle: float) -> float:
    if tier == 1:
        return max(0.0, level - fall * base) * throttle
    if tier == 0:
        return level / base
    return level / base * throttle if base > 0 else 0.0


@compiled
def _kept(x: float, cap: float, rate: float) -> float:
    """Part of a flight's wins that its cap lets through, when each matching request is won with chance x.

    Requests a person are geometric with mean m = `rate`, so wins, a thinned geometric, exceed k more with probability
    q = (m − 1)x / (1 + (m − 1)x) each: E min(wins, cap) / E wins = 1 − q^cap. With x = 1 the reach curve of avails.
    """
    if cap <= 0 or rate <= 1:
        return 1.0
    more = (rate - 1) * x
    beyond: float = (more / (1 + more)) ** cap
    return 1.0 - beyond
