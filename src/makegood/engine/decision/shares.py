"""Shares: the chance of each eligible flight to take a request, tier by tier.

Sponsorships by share of voice, guaranteed by the plan's duals, the remainder to non-guaranteed, then house.
"""

from __future__ import annotations

from collections.abc import Sequence

from makegood.engine.plan import PlanFlight

TIERS = ("sponsorship", "guaranteed", "non_guaranteed", "house")
PASSES, EXACT = 60, 1e-12


def beta(flights: Sequence[PlanFlight]) -> float:
    """The request's dual, rebuilt from the eligible flights' alphas alone: sum of x(beta) = 1, or 0 when they fit.

    SHALE's serving rule (Bharadwaj et al., KDD 2012); Newton from the left on a convex decreasing piecewise line.
    """
    return _dual([line for line in map(_line, flights) if line[1] > 0])


def guaranteed(flights: Sequence[PlanFlight]) -> list[float]:
    """x = theta * max(0, 1 + (alpha - beta) / V), times the pacing throttle, for each flight; sums to at most 1."""
    lines = [_line(flight) for flight in flights]
    dual = _dual([line for line in lines if line[1] > 0])
    return [max(0.0, level - fall * dual) * f.throttle for (level, fall), f in zip(lines, flights, strict=True)]


def _line(flight: PlanFlight) -> tuple[float, float]:
    """x as a line over beta: its level at 0 and its fall."""
    fall = flight.theta / flight.weight if flight.theta > 0 else 0.0
    return flight.theta + flight.alpha * fall, fall


def _dual(lines: Sequence[tuple[float, float]]) -> float:
    """Where the sum of the positive parts of the lines is 1; 0 when it never is more."""
    found = 0.0
    for _ in range(PASSES):
        excess, slope = -1.0, 0.0
        for level, fall in lines:
            if (x := level - fall * found) > 0:
                excess += x
                slope += fall
        if excess <= EXACT or slope == 0.0:
            break
        found += excess / slope
    return found


def sponsorship(flights: Sequence[PlanFlight]) -> list[float]:
    """Share of voice as sold; a missing share is exclusive. Oversold shares are scaled down to 1."""
    shares = [1.0 if f.share is None else f.share for f in flights]
    whole = max(1.0, sum(shares))
    return [share / whole for share in shares]


def remnant(flights: Sequence[PlanFlight]) -> list[float]:
    """In proportion to weight, each throttled."""
    whole = sum(f.weight for f in flights)
    return [f.weight / whole * f.throttle if whole > 0 else 0.0 for f in flights]


RULES = {"sponsorship": sponsorship, "guaranteed": guaranteed, "non_guaranteed": remnant, "house": remnant}


def shares(flights: Sequence[PlanFlight]) -> list[float]:
    """The chance of each flight; the sum is at most 1 and the rest goes unfilled. Each tier divides what is left."""
    chances, left = [0.0] * len(flights), 1.0
    for tier in TIERS:
        members = [n for n, flight in enumerate(flights) if flight.priority == tier]
        if not members or left <= EXACT:
            continue
        taken = RULES[tier]([flights[n] for n in members])
        for n, chance in zip(members, taken, strict=True):
            chances[n] = left * chance
        left *= max(0.0, 1 - sum(taken))
    return chances
