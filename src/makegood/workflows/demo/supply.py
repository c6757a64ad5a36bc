"""The demo's traffic: requests by day with trend, week, holidays, outages and one planted fall; the mix; the hours."""

import datetime
import math

import numpy as np

from makegood.catalog.actions import supply
from makegood.catalog.models import Placement
from makegood.workflows.demo.inventory import PLACES, Place
from makegood.workflows.demo.times import DAY, Times

WEEKLY = {"news": (1.08, 1.10, 1.09, 1.07, 1.00, 0.80, 0.86), "listen": (1.06, 1.08, 1.08, 1.07, 1.05, 0.82, 0.84),
          "shelf": (0.92, 0.90, 0.93, 0.98, 1.12, 1.18, 0.97)}  # fmt: skip
GROWTH_A_YEAR = {"news": 0.04, "listen": 0.18, "shelf": 0.30}
HOLIDAYS = {(12, 24): 0.7, (12, 25): 0.5, (1, 1): 0.65, (7, 4): 0.72}
FALL = 0.80  # the mobile pages keep this share from FALL_DAY on: a change of a search engine took readers away
FALL_DAY = -16
OUTAGES = ((-203, "listen", 0.35), (-121, "news", 0.5), (-47, "shelf", 0.4))  # days on which most was lost
GEOS = (("US-NY", 0.34), ("US-MA", 0.22), ("US-CA", 0.20), ("US", 0.24))
HISTORY = 480


def shape(row: Place, times: Times, rng: np.random.Generator, *, days: int = HISTORY) -> dict[datetime.date, int]:
    """Requests by day for the `days` before today."""
    home = row.code.split("-")[0]
    noise = rng.normal(0, 0.035, days)
    found = {}
    for n in range(days):
        offset = n - days
        day = times.day(offset)
        level = row.daily_k * 1000 * math.exp(GROWTH_A_YEAR[home] * offset / 365) * WEEKLY[home][day.weekday()]
        level *= 1 + 0.06 * math.sin(2 * math.pi * (day.timetuple().tm_yday - 30) / 365)  # winter reads more than summer
        level *= HOLIDAYS.get((day.month, day.day), 1.0)
        if row.device == "mobile" and offset >= FALL_DAY:
            level *= FALL
        level *= math.prod(share for lost, where, share in OUTAGES if (lost, where) == (offset, home))
        found[day] = max(0, round(level * (1 + noise[n])))
    return found


def record(places: dict[str, Placement], times: Times, rng: np.random.Generator) -> dict[int, dict[datetime.date, int]]:
    """Write days, mix and curve of every placement; the days by placement id."""
    found = {}
    for row in PLACES:
        place, days = places[row.code], shape(row, times, rng)
        supply.record_days(place, days, by=None)
        supply.set_mix(place, mix(row), by=None)
        supply.set_curve(place, curve(row.code.split("-")[0], row.section), by=None)
        found[place.pk] = days
    return found


def mix(row: Place) -> list[tuple[str, str, tuple[str, ...], float]]:
    """Shares by geography and device; a third of each cell are in the audience "families"."""
    devices = {"mobile": (("mobile", 1.0),), "desktop": (("desktop", 1.0),), "store": (("store", 1.0),)}.get(
        row.device, (("mobile", 0.62), ("desktop", 0.38))
    )
    cells = [(geo, device, part * share) for geo, part in GEOS for device, share in devices]
    return [(geo, device, who, round(share * part, 6)) for geo, device, share in cells for who, part in (((), 0.65), (("families",), 0.35))]


def curve(home: str, section: str) -> list[float]:
    """168 shares: mornings for news, the commute for audio, evenings for the shop."""
    peaks = {"news": (7.5, 21), "listen": (8, 17.5), "shelf": (12, 19)}[home]
    if section in ("morning", "newsletter"):
        peaks = (7, 8)
    hours = []
    for day in range(7):
        late = 1.5 if day >= 5 else 0.0
        values = [0.12 + sum(math.exp(-(((hour - peak - late) / 3.2) ** 2)) for peak in peaks) for hour in range(24)]
        hours += [value / sum(values) for value in values]
    return hours


def outage_days(times: Times) -> list[datetime.date]:
    """The days of the planted outages."""
    return [times.today + lost * DAY for lost, _, _ in OUTAGES]
