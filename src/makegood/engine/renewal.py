"""How likely an agreement is renewed, as a transparent sum: each fact gives or takes points, and says so.

Facts and weights in, reasons with points out. A score to sort by and to argue with, no probability.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BASE = 50.0
WEIGHTS: dict[str, float] = {"delivery": 25, "commitment": 20, "trend": 15, "disputes": 10, "late": 20, "cases": 5}


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened under an agreement. Shares are parts of one; None where there was nothing to measure.

    `delivered` of what was promised in lines that ended; `pace` booked against the commitment due by now; `trend` spend of the
    last half year against the half before it; `late` share of bills paid late or overdue; disputes and cases of the last year.
    """

    delivered: float | None = None
    pace: float | None = None
    trend: float | None = None
    late: float | None = None
    disputes: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """What one fact adds to the score, and the fact in words."""

    name: str
    points: float
    said: str


def reasons(facts: Facts, weights: Mapping[str, float] = WEIGHTS) -> tuple[Reason, ...]:
    """Each fact's points, at most its weight either way; what could not be measured is left out."""
    found: list[Reason] = []
    if facts.delivered is not None:
        found.append(_swing("delivery", (facts.delivered - 0.95) / 0.05, f"{facts.delivered:.1%} of the promise delivered", weights))
    if facts.pace is not None:
        found.append(_swing("commitment", (facts.pace - 1) / 0.25, f"{facts.pace:.0%} of the commitment due by now is booked", weights))
    if facts.trend is not None:
        found.append(_swing("trend", facts.trend / 0.25, f"spend {facts.trend:+.0%} on the half year before", weights))
    if facts.late:
        found.append(Reason("late", -weights["late"] * facts.late, f"{facts.late:.0%} of its bills paid late or overdue"))
    if facts.disputes:
        found.append(Reason("disputes", -weights["disputes"] * min(facts.disputes, 2), _many(facts.disputes, "disputed bill")))
    if facts.cases:
        found.append(Reason("cases", -weights["cases"] * min(facts.cases, 3), _many(facts.cases, "case")))
    return tuple(found)


def score(found: tuple[Reason, ...]) -> int:
    """50 and the points of the reasons, from 0 to 100."""
    return round(min(100.0, max(0.0, BASE + sum(one.points for one in found))))


def _swing(name: str, share: float, said: str, weights: Mapping[str, float]) -> Reason:
    return Reason(name, weights[name] * min(1.0, max(-1.0, share)), said)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'} in a year"
