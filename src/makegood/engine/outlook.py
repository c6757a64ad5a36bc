"""The outlook: forecast requests per group and day, shared out over the rows of the supply sample.

Groups are what is forecast (a placement, a section); rows share their group's day by weight (as Tencent's RAP does).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.periods import Period
from makegood.engine.supply import Supply


class OutlookInvalid(ValueError):
    """Totals and groups do not fit together, or a period lies outside the forecast."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """`totals[g, d]` requests of group g on day `first` + d; `group[n]` is the group of supply row n."""

    first: dt.date
    totals: npt.NDArray[np.float64]
    group: npt.NDArray[np.int64]

    @property
    def period(self) -> Period:
        return Period(self.first, self.first + dt.timedelta(days=self.totals.shape[1] - 1))

    def requests(self, supply: Supply, epochs: Sequence[Period]) -> npt.NDArray[np.float64]:
        """Requests per row and epoch, shape (rows, epochs). Raises OutlookInvalid."""
        if len(self.group) != supply.rows or (supply.rows and self.group.max() >= len(self.totals)):
            raise OutlookInvalid(
                f"{supply.rows} supply rows, {len(self.group)} group numbers, {len(self.totals)} groups"
            )
        shares = _shares(supply, self.group, len(self.totals))
        weekdays = (self.first.weekday() + np.arange(self.totals.shape[1])) % 7
        found = np.zeros((supply.rows, len(epochs)))
        for number, epoch in enumerate(epochs):
            days = self._days(epoch)
            for weekday in range(7):
                total = self.totals[:, days][:, weekdays[days] == weekday].sum(axis=1)
                found[:, number] += shares[:, weekday] * total[self.group]
        return found

    def _days(self, epoch: Period) -> slice:
        if epoch.start < self.first or epoch.end > self.period.end:
            raise OutlookInvalid(
                f"{epoch.start} to {epoch.end} is outside the forecast, {self.first} to {self.period.end}"
            )
        start = (epoch.start - self.first).days
        return slice(start, start + epoch.days)


def steady(supply: Supply, period: Period) -> Outlook:
    """An outlook of one group whose every day is the sample's own: `weights` requests a day on average over a week."""
    present = _present(supply).sum(axis=0)
    weekdays = (period.start.weekday() + np.arange(period.days)) % 7
    return Outlook(period.start, present[weekdays][None, :], np.zeros(supply.rows, dtype=np.int64))


def _present(supply: Supply) -> npt.NDArray[np.float64]:
    """Weight of each row on each weekday, shape (rows, 7): a row of one hour occurs on one day, so seven times as much."""
    column = supply.column("hour_of_week")
    days = np.array([[-1 if value is None else value // 24] for value in column.values]).reshape(-1, 1)[column.codes]
    on = np.where(days < 0, 1.0, np.where(days == np.arange(7), 7.0, 0.0))
    return np.asarray(on * supply.weights[:, None], dtype=np.float64)


def _shares(supply: Supply, group: npt.NDArray[np.int64], groups: int) -> npt.NDArray[np.float64]:
    """Part of its group's requests that each row is on each weekday, shape (rows, 7)."""
    present = _present(supply)
    whole = np.zeros((groups, 7))
    np.add.at(whole, group, present)
    return np.divide(present, whole[group], out=np.zeros_like(present), where=whole[group] > 0)
