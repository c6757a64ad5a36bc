"""Kernels: requests turned into impressions by given chances, drawn or as means, and taken back beyond a goal.

Counts are whole numbers in float columns, so draws and means share their arrays. Randomness is the generator passed in.
"""

from __future__ import annotations

import math

import numpy as np

from makegood.engine.kernels import compiled
from makegood.engine.simulator.terms import Edges, Floats

FEW = 1  # up to so many requests an edge, one draw a request beats one binomial an edge


@compiled
def draw(
    offered: Floats, edges: Edges, chance: Floats, rng: np.random.Generator, drawn: Floats, served: Floats
) -> None:
    """Multinomial draw per cell into `drawn` (per edge), added up into `served` (per flight)."""
    for cell in range(len(offered)):
        begin, end = edges.first[cell], edges.first[cell + 1]
        drawn[begin:end] = 0.0
        if 0 < offered[cell] <= FEW * (end - begin):
            _one_by_one(int(offered[cell]), begin, end, chance, rng, drawn)
        elif offered[cell] > 0:
            _by_edge(int(offered[cell]), begin, end, chance, rng, drawn)
        for edge in range(begin, end):
            served[edges.flight[edge]] += drawn[edge]


@compiled
def _one_by_one(requests: int, begin: int, end: int, chance: Floats, rng: np.random.Generator, drawn: Floats) -> None:
    for _ in range(requests):
        u = rng.random()
        for edge in range(begin, end):
            u -= chance[edge]
            if u < 0:
                drawn[edge] += 1.0
                break


@compiled
def _by_edge(requests: int, begin: int, end: int, chance: Floats, rng: np.random.Generator, drawn: Floats) -> None:
    """The multinomial as successive binomials, each on the requests the edges before it left."""
    rest = 1.0
    for edge in range(begin, end):
        if requests > 0 and chance[edge] > 0:
            count = requests if chance[edge] >= rest else rng.binomial(requests, chance[edge] / rest)
            drawn[edge] = count
            requests -= count
            rest -= chance[edge]


@compiled
def mean(offered: Floats, edges: Edges, chance: Floats, drawn: Floats, served: Floats) -> None:
    """The expectation of `draw`."""
    for cell in range(len(offered)):
        for edge in range(edges.first[cell], edges.first[cell + 1]):
            drawn[edge] = chance[edge] * offered[cell] if offered[cell] > 0 else 0.0
            served[edges.flight[edge]] += drawn[edge]


@compiled
def take_back(
    edges: Edges, served: Floats, left: Floats, offset: Floats, gone: Floats, drawn: Floats, offered: Floats
) -> None:
    """Thin every flight that served more than it had `left` down to that, evenly over its impressions.

    What is taken back is offered again. With an offset in [0, 1) per flight this is systematic sampling, exact in the
    sum and unbiased per cell; a negative offset thins in proportion. `gone` holds zeros per flight and is used up.
    """
    for cell in range(len(offered)):
        offered[cell] = 0.0
        for edge in range(edges.first[cell], edges.first[cell + 1]):
            flight = edges.flight[edge]
            if served[flight] > left[flight] and drawn[edge] > 0:
                before = gone[flight] * left[flight] / served[flight]
                gone[flight] += drawn[edge]
                after = gone[flight] * left[flight] / served[flight]
                keep = _between(before, after, offset[flight])
                offered[cell] += drawn[edge] - keep
                drawn[edge] = keep


@compiled
def _between(before: float, after: float, offset: float) -> float:
    return after - before if offset < 0 else math.floor(after + offset) - math.floor(before + offset)
