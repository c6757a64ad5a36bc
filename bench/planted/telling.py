"""What each method says of a planted case, from its logs alone; `bench.causes` scores it against what was planted."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from bench import waterfall
from bench.planted import measured
from bench.planted.logs import Logs
from bench.planted.market import FOCUS, Market
from makegood.engine import diagnosis, money, simulator
from makegood.engine.causes import Cause
from makegood.engine.money import Money
from makegood.engine.simulator import faults

VALUE = Money(Decimal("25000.00"), "USD")
ORDER = tuple(Cause)
Value = tuple[str, str] | None


@dataclass(frozen=True)
class Told:
    """First cause and value named by each method, how far off the sums are, the largest cause against the plan.

    `order_moves` is the part of the gap that reversing a waterfall moves, `replay_misses` what replays leave of it.
    """

    first: dict[str, Cause | None]
    value: dict[str, Value]
    off_units: int
    off_money: bool
    largest: float
    order_moves: float
    replay_misses: float
    seconds: float


def tell(here: Market, logs: Logs, rng: np.random.Generator) -> Told:
    """Every method on the same logs."""
    happened, delivered = measured.happened(here, logs), round(logs.net.sum())
    expected = simulator.simulate(here.planned).counted[:, 0]
    goal, begun = round(expected.sum()), time.perf_counter()
    ours = explained(here, happened, delivered, goal, rng)
    seconds = time.perf_counter() - begun
    fixed, back = (waterfall.replayed(here, happened, order) for order in (ORDER, ORDER[::-1]))
    blamed = waterfall.adtributor(here, logs.by_cell)
    facts = measured.facts(here, logs, expected, VALUE)
    first = _first(ours, facts) | {"waterfall": _largest(fixed), "waterfall reversed": _largest(back)}
    return Told(
        first | {"adtributor": Cause.TRAFFIC if blamed else None},
        {"traffic": _single(ours.moved), "impressions": blamed},
        ours.gap - sum(finding.units for finding in ours.findings),
        _worth(ours) != VALUE.times(Decimal(ours.gap) / goal).rounded(),
        max((finding.units for finding in ours.findings), default=0) / goal,
        sum(abs(fixed[cause] - back[cause]) for cause in fixed) / 2 / max(1, abs(ours.gap)),
        abs(simulator.simulate(here.planned, happened).finish[0] - delivered) / goal,
        seconds,
    )


def explained(
    here: Market, happened: Sequence[faults.Fault], delivered: int, goal: int, rng: np.random.Generator
) -> diagnosis.Diagnosis:
    """The diagnosis by replays."""
    told = {"delivered": delivered, "goal": goal, "value": VALUE, "codes": here.by_name, "rng": rng}
    return diagnosis.explain(here.planned, happened, flight=FOCUS, **told)


def _first(ours: diagnosis.Diagnosis, facts: diagnosis.FlightFacts) -> dict[str, Cause | None]:
    return {
        "replays": ours.findings[0].cause,
        "daily facts": diagnosis.diagnose(facts).findings[0].cause,
        "daily waterfall": _largest(waterfall.daily(facts)),
    }


def _worth(told: diagnosis.Diagnosis) -> Money:
    return money.total((finding.money for finding in told.findings), "USD")


def _single(moved: diagnosis.Mover | None) -> Value:
    """The answer when it is one value."""
    return (moved.dimension, moved.values[0]) if moved and len(moved.values) == 1 else None


def _largest(taken: dict[Cause, float]) -> Cause:
    return max(taken, key=lambda cause: taken[cause])
