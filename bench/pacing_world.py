"""Flights of one day on real traffic, and the race that runs one controller over them. No controller lives here.

Every controller meets the same requests, prices and luck: request k of a flight's minute has one random number.
"""
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bench.traffic import MINUTES, Traffic
from makegood.engine.kernels import compiled

Floats = npt.NDArray[np.float64]
WIN, AHEAD = 0.6, 0.01
FEASIBLE = 1.02  # a flight is judged on under-delivery when serving everything would give 2 % more than its goal


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Flights × minutes: `requests`, `price` of one won, `forecast` requests; `budget` and the cumulative `target` share."""

    requests: npt.NDArray[np.int64]
    price: Floats
    forecast: Floats
    budget: Floats
    target: Floats
    feasible: npt.NDArray[np.bool_]
    ahead: float
    lag: int
    luck: int


@dataclass(slots=True, eq=False)
class Seen:
    """What a controller knows at minute `now`: spend and requests of the minutes before `known`, its own past chances."""

    now: int
    known: int
    spent: Floats
    requests: npt.NDArray[np.int64]
    chances: Floats = field(repr=False)


Step = Callable[[Seen], Floats]
Controller = Callable[[World], Step]


def world(traffic: Traffic, flights: int, seed: int, *, lag: int, spend: float) -> World:
    """`flights` on random days: level error 20 %, drift 1 % a minute, goals of 15-85 % of what could be had."""
    chance = np.random.default_rng([seed, 7])
    day = chance.integers(0, len(traffic.actual), flights)
    actual, forecast = (of / traffic.actual[day].sum(axis=1, keepdims=True) for of in (traffic.actual[day], traffic.forecast[day]))
    size = 14_000 * np.exp(chance.normal(0, 1, (flights, 1)))
    drift = np.exp(np.cumsum(chance.normal(0, 0.01, (flights, MINUTES)), axis=1))
    requests = chance.poisson(actual * size * drift)
    expected = forecast * size * np.exp(chance.normal(0, 0.2, (flights, 1)))
    price = np.where(chance.random((flights, 1)) < spend, prices(chance, flights), 1.0)
    full = (requests * WIN * price).sum(axis=1)
    budget = np.maximum(full * chance.uniform(0.15, 0.85, flights), 1.0)
    share = np.cumsum(expected, axis=1) / expected.sum(axis=1, keepdims=True)
    return World(requests, price, expected, budget, np.minimum(1, share * (1 + AHEAD)), full > budget * FEASIBLE, AHEAD, lag, seed)


def prices(chance: np.random.Generator, flights: int) -> Floats:
    """Random prices with a daily swing of 30 %."""
    swing = 1 + 0.3 * np.sin(np.arange(MINUTES) / MINUTES * 2 * np.pi + chance.uniform(0, 6, (flights, 1)))
    return np.asarray(np.exp(chance.normal(0, 0.5, (flights, MINUTES))) * swing)


def race(of: World, controller: Controller) -> Floats:
    """Cumulative spend, shape (flights, minutes). A flight whose reported spend has reached its goal is off."""
    flights, minutes = of.requests.shape
    step, spent, chances = controller(of), np.zeros((flights, minutes + 1)), np.zeros((flights, minutes))
    won = np.zeros(flights, dtype=np.int64)
    for now in range(minutes):
        known = max(now - of.lag, 0)
        wanted = step(Seen(now, known, spent[:, known], of.requests[:, :known], chances[:, :now]))
        chances[:, now] = np.clip(wanted, 0, 1)
        thin(of.requests[:, now], chances[:, now] * (spent[:, known] < of.budget) * WIN, of.luck, now, won)
        spent[:, now + 1] = spent[:, now] + won * of.price[:, now]
    return spent[:, 1:]


@compiled
def thin(requests: npt.NDArray[np.int64], chance: Floats, seed: int, now: int, won: npt.NDArray[np.int64]) -> None:
    """Requests won: each has its own number in [0, 1), the same for every controller (SplitMix64 of its address)."""
    for flight in range(len(requests)):
        start = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(flight * 2048 + now) * np.uint64(1 << 20)
        taken = 0
        for k in range(requests[flight]):
            z = (start + np.uint64(k)) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z ^= z >> np.uint64(31)
            taken += (z >> np.uint64(11)) * (1.0 / (1 << 53)) < chance[flight]
        won[flight] = taken


def score(of: World, spent: Floats) -> dict[str, float]:
    """Mean distance from the target curve, under-delivery of the feasible flights, and overspend, as parts of the goal."""
    done = spent[:, -1] / of.budget
    under, over = np.maximum(1 - done, 0)[of.feasible], np.maximum(done - 1, 0)
    return {
        "error": float(np.abs(spent / of.budget[:, None] - of.target).mean()), "under": float(under.mean()),
        "under_1_percent": float((under > 0.01).mean()), "over": float(over.mean()),
    }
