"""The forecast of counts ahead, many series at once: mixed models, calendar, intervals, cold start, sums.

Arrays and dates in, arrays out. What a forecast is shared out over lives in `outlook`.
"""

from makegood.engine.forecast import totals
from makegood.engine.forecast.cold import started
from makegood.engine.forecast.days import daily
from makegood.engine.forecast.events import Event, EventInvalid
from makegood.engine.forecast.history import HistoryInvalid
from makegood.engine.forecast.intervals import Forecast
from makegood.engine.forecast.seasons import DAILY, HALF_HOURLY, HOURLY, Seasons, SeasonsUnknown
from makegood.engine.forecast.steps import ahead

__all__ = [
    "DAILY", "Event", "EventInvalid", "Forecast", "HALF_HOURLY", "HOURLY", "HistoryInvalid", "Seasons", "SeasonsUnknown",
    "ahead", "daily", "started", "totals",
]  # fmt: skip
