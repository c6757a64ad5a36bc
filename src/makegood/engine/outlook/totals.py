"""Forecast totals per group and day, and what they make of each row of the sample in a stretch of days.

Groups are what is forecast (a placement, a section, a popular targeting); shares are in `shares`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.outlook import shares
from makegood.engine.outlook.spread import Spread
from makegood.engine.periods import Period
from makegood.engine.supply import Supply


class OutlookInvalid(ValueError):
    """Totals, spread and groups do not fit together, or a period lies outside the forecast."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """`totals[g, d]` requests of group g on day `first` + d; `group[n]` is the group of supply row n.

    `spread` is the error of the totals; without one they are taken as certain. Raises OutlookInvalid.
    """

    first: dt.date
    totals: npt.NDArray[np.float64]
    group: npt.NDArray[np.int64]
    spread: Spread | None = None

    def __post_init__(self) -> None:
        self._check("forecast", self.totals)
        if self.spread is not None:
            if self.spread.sd.shape != self.totals.shape:
                raise OutlookInvalid(f"totals have the shape {self.totals.shape}, their spread {self.spread.sd.shape}")
            self._check("spread", self.spread.sd)

    @property
    def period(self) -> Period:
        return Period(self.first, self.first + dt.timedelta(days=self.totals.shape[1] - 1))

    def requests(self, supply: Supply, epochs: Sequence[Period]) -> npt.NDArray[np.float64]:
        """Requests per row and epoch, shape (rows, epochs). Raises OutlookInvalid."""
        return self.per_cell(supply, epochs, np.arange(supply.rows), supply.rows)

    def per_cell(
        self, supply: Supply, epochs: Sequence[Period], cell: npt.NDArray[np.integer], cells: int
    ) -> npt.NDArray[np.float64]:
        """Requests per cell and epoch, shape (cells, epochs), where `cell[n]` is the cell of row n. Raises OutlookInvalid."""
        self.check_fits(supply)
        of_group = shares.shares(supply, self.group, len(self.totals))
        found = np.zeros((cells, len(epochs)))
        for number, epoch in enumerate(epochs):
            each = np.einsum("rw,rw->r", of_group, self.by_weekday(epoch)[self.group])
            found[:, number] = np.bincount(cell, each, minlength=cells)
        return found

    def by_weekday(self, epoch: Period) -> npt.NDArray[np.float64]:
        """Totals of the epoch's Mondays to Sundays, shape (groups, 7). Raises OutlookInvalid."""
        days = self.days(epoch)
        weekdays = self.weekdays()[days]
        return np.column_stack([self.totals[:, days][:, weekdays == weekday].sum(axis=1) for weekday in range(7)])

    def weekdays(self) -> npt.NDArray[np.int64]:
        """Weekday of each day, Monday 0."""
        return np.asarray((self.first.weekday() + np.arange(self.totals.shape[1])) % 7)

    def days(self, epoch: Period) -> slice:
        """The columns of the epoch's days. Raises OutlookInvalid when some are outside the forecast."""
        if epoch.start < self.first or epoch.end > self.period.end:
            raise OutlookInvalid(
                f"{epoch.start} to {epoch.end} is outside the forecast, {self.first} to {self.period.end}"
            )
        start = (epoch.start - self.first).days
        return slice(start, start + epoch.days)

    def check_fits(self, supply: Supply) -> None:
        """Raise OutlookInvalid unless every row has a group that is forecast."""
        fits = len(self.group) == supply.rows
        if not fits or (supply.rows and not 0 <= self.group.min() <= self.group.max() < len(self.totals)):
            raise OutlookInvalid(
                f"{supply.rows} supply rows, {len(self.group)} group numbers, {len(self.totals)} groups"
            )

    def _check(self, name: str, values: npt.NDArray[np.float64]) -> None:
        wrong = np.argwhere(~(np.isfinite(values) & (values >= 0)))
        if len(wrong):
            group, day = wrong[0].tolist()
            raise OutlookInvalid(
                f"group {group}, {self.first + dt.timedelta(days=day)}: {name} {values[group, day]} is not a number of requests"
            )


def steady(supply: Supply, period: Period) -> Outlook:
    """An outlook of one group whose every day is the sample's own: `weights` requests a day on average over a week."""
    present = shares.present(supply).sum(axis=0)
    weekdays = (period.start.weekday() + np.arange(period.days)) % 7
    return Outlook(period.start, present[weekdays][None, :], np.zeros(supply.rows, dtype=np.int64))
