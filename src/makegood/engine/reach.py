"""Reach: how many people some requests come from, how many of them see an advertisement, what a frequency cap lets through.

One distribution for all of it: requests of a person in a window are geometric, the negative binomial of Ehrenberg (1959) with k = 1.
"""

from __future__ import annotations

import math

from makegood.engine.plan import FrequencyCap

DAY_S = 86_400
REQUESTS_PER_PERSON_DAY = 5.0
HALVINGS = 45
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
    """The most of `requests` that a cap lets through; `per_person_day` is how often a person asks a day."""
    return math.floor(requests * let_through(cap, per_person_day) + ROUNDING)


def let_through(
    cap: FrequencyCap | None, requests_per_person_day: float = REQUESTS_PER_PERSON_DAY, chance: float = 1.0
) -> float:
    """The part of a line's requests, in (0, 1], of people who have not seen it `count` times, served with `chance`.

    Requests per person in the cap's window are taken as geometric with mean m. Served always, min(N, c) keeps
    1 − (1 − 1/m)^c; served with chance x, impressions are geometric again and 1 − r^c, r = (1 − 1/m) x / (1 − (1 − 1/m)(1 − x)).
    """
    if cap is None:
        return 1.0
    again = 1 - 1 / max(1.0, requests_per_person_day * cap.seconds / DAY_S)
    return float(1 - (again * chance / (1 - again * (1 - chance))) ** cap.count)


def chance_for(
    part: float, cap: FrequencyCap | None, requests_per_person_day: float = REQUESTS_PER_PERSON_DAY
) -> float:
    """The chance on requests the cap lets through that serves `part` of all requests; 1 when no chance does."""
    if cap is None:
        return min(part, 1.0)
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle * let_through(cap, requests_per_person_day, middle) < part:
            low = middle
        else:
            high = middle
    return high
