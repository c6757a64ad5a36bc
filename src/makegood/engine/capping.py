"""Frequency caps as arithmetic: what part of the requests a cap lets through.

The one reach curve of availability and allocation; who has seen what lives in the ad server.
"""

from __future__ import annotations

from makegood.engine.plan import FrequencyCap

DAY_S = 86_400
REQUESTS_PER_PERSON_DAY = 5.0


def let_through(cap: FrequencyCap | None, requests_per_person_day: float = REQUESTS_PER_PERSON_DAY) -> float:
    """The part of a line's requests, in (0, 1], that come from people who have not seen it `count` times.

    Requests per person in the cap's window are taken as geometric with mean m, so min(N, c) keeps 1 − (1 − 1/m)^c.
    """
    if cap is None:
        return 1.0
    mean = max(1.0, requests_per_person_day * cap.seconds / DAY_S)
    return float(1 - (1 - 1 / mean) ** cap.count)
