"""Reach: how many people some requests come from, how many of them see an advertisement, what a frequency cap lets through.

One distribution for all of it: requests of a person in a window are geometric, the negative binomial of Ehrenberg (1959) with k = 1.
"""

from __future__ import annotations

import math

from makegood.engine.plan import FrequencyCap

DAY_S = 86_400
ROUNDING = 1e-6  # a whole number that arithmetic made a little less than itself stays whole


def people(requests: float, per_person: float) -> float:
    """People behind `requests` when each who comes makes `per_person` (at least 1) of them on average."""
    return requests / max(1.0, per_person)


def reached(served: float, requests: float, per_person: float) -> float:
    """The reach curve: people who see at least one of `served` advertisements drawn evenly from `requests`.

    With p = served / requests and mean m, 1 − E[(1 − p)^N] of a geometric N ≥ 1 is p·m / (1 + p·(m − 1)).
    """
    if requests <= 0:
        return 0.0
    mean, part = max(1.0, per_person), min(1.0, max(0.0, served / requests))
    return people(requests, mean) * part * mean / (1 + part * (mean - 1))


def within_cap(requests: float, cap: FrequencyCap | None, per_person_day: float) -> int:
    """The most of `requests` that a cap lets through; `per_person_day` is how often a person asks a day.

    min(N, c) of a geometric N with mean m in the cap's window keeps 1 − (1 − 1/m)^c of the requests.
    """
    if cap is None:
        return math.floor(requests + ROUNDING)
    mean = max(1.0, per_person_day * cap.seconds / DAY_S)
    return math.floor(requests * (1 - (1 - 1 / mean) ** cap.count) + ROUNDING)
