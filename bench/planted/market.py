"""A small market before anything goes wrong: cells of device, geo and section, flights on them, a forecast that errs.

The truth is hourly; what was planned is daily and made from the forecast. Every draw is from the generator passed in.
"""

from dataclasses import dataclass

import numpy as np

from makegood.engine import simulator

DAYS, HOURS = 21, 24
VALUES = {
    "device": ("mobile", "desktop", "ctv"),
    "geo": ("US-CA", "US-NY", "US-TX", "US-FL", "US-IL", "US-WA"),
    "section": ("news", "sport", "food", "money", "travel"),
}
CELLS = int(np.prod([len(values) for values in VALUES.values()]))
INCUMBENTS = 12
FOCUS, RIVAL = "focus", "newcomer"
NAMES = (FOCUS, *(f"other-{n}" for n in range(1, INCUMBENTS)), RIVAL)
PLANNED_THROTTLE, RENDERED = 0.85, 0.97
LEVEL_ERROR, CELL_ERROR, DAY_NOISE = 0.03, 0.06, 0.06


@dataclass(frozen=True)
class Market:
    """`requests[hour, cell]` as they truly are on average; `planned` the daily world the flights were sold on."""

    codes: dict[str, np.ndarray]
    requests: np.ndarray
    planned: simulator.World

    @property
    def scope(self) -> np.ndarray:
        """Cells the focus flight may serve."""
        edges = self.planned.edges
        return np.searchsorted(edges.first, np.flatnonzero(edges.flight == 0), side="right") - 1

    @property
    def by_name(self) -> dict[str, tuple[tuple[str, ...], np.ndarray]]:
        """Values of each dimension and the code of every cell."""
        return {name: (VALUES[name], code) for name, code in self.codes.items()}

    @property
    def cube(self) -> dict[str, tuple[tuple[str, ...], np.ndarray]]:
        """The same of the focus flight's cells."""
        return {name: (values, code[self.scope]) for name, (values, code) in self.by_name.items()}


def market(rng: np.random.Generator) -> Market:
    """One market, newcomer not yet live."""
    codes = dict(zip(VALUES, (code.ravel() for code in np.indices([len(v) for v in VALUES.values()])), strict=True))
    mean = _popularity(codes, rng)
    by_day = mean * _week(rng)[:, None]
    forecast = by_day * _errors(LEVEL_ERROR, rng) * _errors(CELL_ERROR, rng, CELLS)
    truth = (by_day * _errors(DAY_NOISE, rng, (DAYS, 1)))[:, None, :] * _diurnal(codes["device"])[None, :, :]
    return Market(codes, truth.reshape(DAYS * HOURS, CELLS), _planned(codes, forecast, rng))


def _popularity(codes: dict[str, np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Requests a day by cell, about a million in all."""
    weight = np.exp(rng.normal(0, 0.3, CELLS))
    for name, code in codes.items():
        weight = weight * np.exp(rng.normal(0, 0.5, len(VALUES[name])))[code]
    return weight / weight.sum() * 1e6 * np.exp(rng.normal(0, 0.3))


def _week(rng: np.random.Generator) -> np.ndarray:
    return np.exp(rng.normal(0, 0.12, 7))[(np.arange(DAYS) + rng.integers(7)) % 7]


def _diurnal(device: np.ndarray) -> np.ndarray:
    """Share of a day's requests by hour and cell: each device has an evening of its own."""
    peak = np.array([20.0, 14.0, 21.0])[device]
    shape = 1 + 0.7 * np.cos((np.arange(HOURS)[:, None] - peak) / HOURS * 2 * np.pi)
    return shape / shape.sum(0)


def _errors(spread: float, rng: np.random.Generator, shape: object = None) -> np.ndarray:
    return np.exp(rng.normal(0, spread, shape))


def _planned(codes: dict[str, np.ndarray], forecast: np.ndarray, rng: np.random.Generator) -> simulator.World:
    cells = [_targeted(codes, rng) for _ in NAMES]
    edges, count = simulator.edges(cells, CELLS), len(NAMES)
    theta, alpha = rng.uniform(0.04, 0.2, count), rng.uniform(0, 1.5, count)
    theta[-1], alpha[-1] = rng.uniform(0.3, 0.9), rng.uniform(1, 6)
    flights = simulator.guaranteed(theta, alpha, np.ones(count))
    match = np.where(edges.flight == 0, rng.uniform(0.4, 0.9), 1.0)
    world = simulator.world(NAMES, edges._replace(match=match), flights, forecast, np.full(count, np.inf))
    live = world.live.copy()
    live[:, -1] = 0.0
    changes = {"throttle": world.throttle * PLANNED_THROTTLE, "live": live, "counted": world.counted * RENDERED}
    return simulator.World(**{name: changes.get(name, getattr(world, name)) for name in simulator.World.__slots__})


def _targeted(codes: dict[str, np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Cells of a targeting that restricts each dimension half of the time, never to fewer than two values."""
    on = np.ones(CELLS, bool)
    for name, code in codes.items():
        if rng.random() < 0.5:
            size = len(VALUES[name])
            on &= np.isin(code, rng.choice(size, rng.integers(2, max(3, size)), replace=False))
    return np.flatnonzero(on)
