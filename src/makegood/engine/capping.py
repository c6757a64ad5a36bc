"""Frequency caps as arithmetic: what part of the requests a cap lets through.

The one reach curve of availability and allocation; who has seen what lives in the ad server.
"""

from __future__ import annotations

from makegood.engine.plan import FrequencyCap

DAY_S = 86_400
REQUESTS_PER_PERSON_DAY = 5.0
HALVINGS = 45


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
