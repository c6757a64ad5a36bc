"""Diagnosis: a flight's shortfall against expectation taken apart into causes that add up to it exactly.

A waterfall per bucket of time over measured facts. Measuring them lives upstream; counterfactual replays are not here.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from makegood.engine import apportion, currencies
from makegood.engine.money import Money

Units = npt.NDArray[np.float64]


class Cause(enum.StrEnum):
    """What takes impressions from a flight, in the order the waterfall removes them."""

    LATE_START = "late_start"
    NO_CREATIVE = "no_creative"
    PAUSED = "paused"
    TRAFFIC = "traffic"
    FREQUENCY_CAP = "frequency_cap"
    CONTENTION = "contention"
    INVALID_TRAFFIC = "invalid_traffic"
    PACING = "pacing_and_other"


MOST_TRAFFIC = (
    2.0  # a paced flight gains little from a flood, so a bucket's traffic counts as twice its forecast at most
)
STOPPED = (Cause.LATE_START, Cause.NO_CREATIVE, Cause.PAUSED)
LOST = (Cause.FREQUENCY_CAP, Cause.CONTENTION, Cause.INVALID_TRAFFIC)

SENTENCES = {
    Cause.LATE_START: "started later than booked",
    Cause.NO_CREATIVE: "had no approved creative",
    Cause.PAUSED: "was paused",
    Cause.TRAFFIC: "met less matching traffic than forecast",
    Cause.FREQUENCY_CAP: "was held back by its frequency cap",
    Cause.CONTENTION: "lost requests to higher-priority flights",
    Cause.INVALID_TRAFFIC: "served impressions filtered as invalid",
    Cause.PACING: "was paced below plan, re-planned, or other",
}
GAINS = {Cause.TRAFFIC: "met more matching traffic than forecast", Cause.PACING: "caught up by pacing above plan"}


@dataclass(frozen=True, slots=True, eq=False)
class FlightFacts:
    """Per bucket (hour or day) so far: units expected, matching traffic forecast and seen; `delivered` net units in all.

    `stopped[cause]` is the part of each bucket (0..1) the flight could not serve for that cause; `lost[cause]` the units
    it would have had but for that cause. `goal` and `value` price the units.
    """

    goal: int
    value: Money
    delivered: int
    expected: Units
    forecast: Units
    traffic: Units
    stopped: Mapping[Cause, Units] = field(default_factory=dict)
    lost: Mapping[Cause, Units] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """`units` and `money` this cause took (negative: it gave); `sentence` completes 'The flight …'."""

    cause: Cause
    units: int
    money: Money
    sentence: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The findings, largest first, sum to `gap` = expected − delivered, in units and in money."""

    expected: int
    delivered: int
    gap: int
    findings: tuple[Finding, ...]


def diagnose(facts: FlightFacts) -> Diagnosis:
    """Take each bucket's expectation through the causes in order; what no fact explains is pacing and other.

    Raises ValueError when an array's length or a cause's place is wrong.
    """
    _check(facts)
    taken = _waterfall(facts)
    whole = round(float(facts.expected.sum()))
    gap = whole - facts.delivered
    taken[Cause.PACING] = gap - sum(taken.values())
    causes = list(taken)
    units = apportion.rounded_to(gap, list(taken.values()))
    money = _price(units, facts)
    rows = [
        Finding(cause, n, worth, GAINS.get(cause, SENTENCES[cause]) if n < 0 else SENTENCES[cause])
        for cause, n, worth in zip(causes, units, money, strict=True)
        if n
    ]
    return Diagnosis(whole, facts.delivered, gap, tuple(sorted(rows, key=lambda row: -row.units)))


def _waterfall(facts: FlightFacts) -> dict[Cause, float]:
    taken: dict[Cause, float] = {}
    left, share_left = facts.expected.astype(np.float64), np.ones(len(facts.expected))
    for cause in STOPPED:
        part = np.minimum(np.clip(facts.stopped.get(cause, np.zeros(len(left))), 0, 1), share_left)
        taken[cause] = float((facts.expected * part).sum())
        share_left = share_left - part
    left = facts.expected * share_left
    seen = np.divide(facts.traffic, facts.forecast, out=np.ones(len(left)), where=facts.forecast >= 1)
    taken[Cause.TRAFFIC] = float((left * (1 - np.clip(seen, 0, MOST_TRAFFIC))).sum())
    return taken | {cause: float(facts.lost[cause].sum()) for cause in LOST if cause in facts.lost}


def _price(units: list[int], facts: FlightFacts) -> list[Money]:
    """Each cause's units at the flight's value per unit, in whole minor units that sum to the gap's worth."""
    code = facts.value.currency
    places = currencies.MINOR_UNITS[code]
    cents = int(facts.value.rounded().amount.scaleb(places))
    exact = [Fraction(cents * n, max(1, facts.goal)) for n in units]
    parts = apportion.rounded_to(round(sum(exact)), exact)
    return [Money(Decimal(part).scaleb(-places), code) for part in parts]


def _check(facts: FlightFacts) -> None:
    wanted = len(facts.expected)
    arrays = [("forecast", facts.forecast), ("traffic", facts.traffic), *facts.stopped.items(), *facts.lost.items()]
    for name, array in arrays:
        if len(array) != wanted or not np.isfinite(array).all():
            raise ValueError(f"{name}: expected {wanted} finite numbers")
    for given, allowed in ((facts.stopped, STOPPED), (facts.lost, LOST)):
        if misplaced := set(given) - set(allowed):
            raise ValueError(f"{min(misplaced)} does not belong among {', '.join(allowed)}")
