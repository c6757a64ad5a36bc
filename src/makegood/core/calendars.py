"""Public holidays of the country the seller is in, told by its time zone. Knows no records.

What a holiday does to traffic is learnt by engine.forecast.
"""

import datetime
import functools
import pathlib
import zoneinfo

import holidays

OTHERWISE = "US"  # zones without a country: UTC, US/Eastern


def public(zone: str, first: datetime.date, last: datetime.date) -> dict[datetime.date, str]:
    """Holidays by day in the years from `first` to `last`; none for countries whose calendar is not known."""
    found: dict[datetime.date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= _of(country(zone), year)
    return found


@functools.cache
def country(zone: str) -> str:
    """ISO code of the country the zone lies in, by the time zone database; OTHERWISE where it says none."""
    for folder in zoneinfo.TZPATH:
        table = pathlib.Path(folder) / "zone.tab"
        if table.exists():
            rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
            return next((row[0] for row in rows if row[2] == zone), OTHERWISE)
    return OTHERWISE


@functools.lru_cache(maxsize=64)
def _of(code: str, year: int) -> dict[datetime.date, str]:
    try:
        return dict(holidays.country_holidays(code, years=year))
    except NotImplementedError:  # asking for the list instead would load every country's calendar
        return {}
