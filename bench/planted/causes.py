"""What goes wrong: for each cause a fault of a drawn strength, hourly for the truth.

The main fault takes 15 to 45 % of what was planned by itself; nuisances take up to 8 % each.
"""

from dataclasses import dataclass

import numpy as np

from bench.planted.market import DAYS, FOCUS, HOURS, RIVAL, VALUES, Market
from makegood.engine import simulator
from makegood.engine.causes import Cause
from makegood.engine.simulator import faults

STEPS = DAYS * HOURS
MAIN, NUISANCE = (0.15, 0.45), (0.0, 0.08)
TRIES = 40


@dataclass(frozen=True)
class Planted:
    """A fault of the truth, and for traffic the dimension and value that fell."""

    fault: faults.Fault
    moved: tuple[str, str] | None = None


class Impossible(ValueError):
    """In this market the cause cannot take that much; another market may let it."""


def draw(market: Market, cause: Cause, taking: tuple[float, float], rng: np.random.Generator) -> Planted:
    """A fault of this cause that alone takes such a part of the focus flight's planned units. Raises Impossible."""
    whole = simulator.simulate(market.planned).finish[0]
    for _ in range(TRIES):
        found = plant(market, cause, rng.uniform(*taking), rng)
        lost = 1 - simulator.simulate(market.planned, [daily(found.fault)]).finish[0] / whole
        if taking[0] <= lost <= taking[1]:
            return found
    raise Impossible(f"no {cause} takes {taking[0]:.0%} to {taking[1]:.0%} here")


def plant(market: Market, cause: Cause, strength: float, rng: np.random.Generator) -> Planted:
    """A fault that takes about `strength` of the planned units, more or less as its nature allows."""
    if cause is Cause.TRAFFIC:
        return _traffic(market, strength, rng)
    hours = round(strength * STEPS)
    return Planted(
        {
            Cause.LATE_START: lambda: faults.Stopped(FOCUS, window(0, hours), cause),
            Cause.NO_CREATIVE: lambda: faults.Stopped(FOCUS, window(0, hours), cause),
            Cause.PAUSED: lambda: faults.Stopped(
                FOCUS, window(rng.integers(STEPS // 4, STEPS - hours + 1), hours), cause
            ),
            Cause.NARROWER: lambda: faults.Narrower(FOCUS, 1 - strength),
            Cause.CONTENTION: lambda: faults.Competing(
                RIVAL, 1 - window(0, rng.integers(0, round((1 - strength) * STEPS)))
            ),
            Cause.FREQUENCY_CAP: lambda: faults.Capped(
                FOCUS, int(rng.integers(1, 4)), float(np.exp(rng.uniform(1, 5)))
            ),
            Cause.RENDER_LOSS: lambda: faults.Uncounted(FOCUS, strength, cause),
            Cause.INVALID_TRAFFIC: lambda: faults.Uncounted(FOCUS, strength, cause),
            Cause.PACING: lambda: faults.Mispaced(FOCUS, np.full(STEPS, 1 - strength)),
        }[cause]()
    )


def window(first: int, length: int) -> np.ndarray:
    """1 in the hours of a window, else 0."""
    hours = np.arange(STEPS)
    return ((hours >= first) & (hours < first + length)).astype(float)


def _traffic(market: Market, strength: float, rng: np.random.Generator) -> Planted:
    """One value's traffic falls from some day on; the value is a part of the flight's traffic, neither none nor all."""
    volume = market.requests.sum(0)[market.scope]
    shares = {
        (name, n): volume[code == n].sum() / volume.sum()
        for name, (_, code) in market.cube.items()
        for n in range(len(VALUES[name]))
    }
    able = [key for key, share in shares.items() if strength <= share <= 0.75]
    name, n = (
        able[rng.integers(len(able))] if able else max(shares, key=lambda key: shares[key] * (shares[key] <= 0.75))
    )
    fell = window(rng.integers(0, STEPS // 3), STEPS)[:, None] * (market.codes[name] == n)[None, :]
    return Planted(faults.Traffic(1 - fell * min(0.95, 1.2 * strength / shares[name, n])), (name, VALUES[name][n]))


def daily(fault: faults.Fault) -> faults.Fault:
    """The same fault by days instead of hours."""
    if isinstance(fault, faults.Traffic):
        return faults.Traffic(fault.factor.reshape(DAYS, HOURS, -1).mean(1))
    by_hour = {faults.Stopped: "share", faults.Competing: "live", faults.Mispaced: "factor"}.get(type(fault))
    if by_hour is None:
        return fault
    values = {name: getattr(fault, name) for name in type(fault).__slots__}
    return type(fault)(**values | {by_hour: values[by_hour].reshape(DAYS, HOURS).mean(1)})
