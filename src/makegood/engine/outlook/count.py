"""How many requests a targeting will have on given dates, with an 80 % interval for the sample's and the forecast's error.

One targeting at a time, nobody else's claims considered; what is free of it is avails.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.outlook import shares
from makegood.engine.outlook.spread import Z80
from makegood.engine.outlook.totals import Outlook
from makegood.engine.periods import Period
from makegood.engine.supply import Supply, SupplyInvalid
from makegood.engine.targeting import Targeting, mask

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Count:
    """Requests with their 80 % interval; `sampling_80` and `forecast_80` are the upper halves each error alone has."""

    requests: float
    lo80: float
    hi80: float
    sampling_80: float
    forecast_80: float


def count(supply: Supply, outlook: Outlook, targeting: Targeting, period: Period) -> Count:
    """Requests of the period that match, as sum over groups of total × share of rows that match.

    Sampling error: the share's variance by linearisation within groups gives an effective sample size (Korn and
    Graubard, 1998) for Wilson's interval, which also holds when nothing or everything matches. Forecast error: the
    spread of the totals times the shares. The two distances are combined in quadrature on each side (Zou and Donner,
    2008). Raises SupplyInvalid for a supply without rows and OutlookInvalid for days outside the forecast.
    """
    if not supply.rows:
        raise SupplyInvalid("the supply has no rows to count on: sample some requests first")
    outlook.check_fits(supply)
    of_group = shares.shares(supply, outlook.group, len(outlook.totals))
    matched = mask(targeting, supply)
    each = np.einsum("rw,rw->r", of_group, outlook.by_weekday(period)[outlook.group])
    whole, found = float(each.sum()), float(each[matched].sum())
    low, high = (found, found) if supply.census else _sampled(each, matched, outlook.group, whole, found)
    forecast = _forecast(outlook, of_group, matched, period)
    down, up = math.hypot(found - low, forecast), math.hypot(high - found, forecast)
    return Count(found, max(0.0, found - down), found + up, high - found, forecast)


def _forecast(outlook: Outlook, of_group: Floats, matched: npt.NDArray[np.bool_], period: Period) -> float:
    """Half an 80 % interval for the forecast's error."""
    if outlook.spread is None:
        return 0.0
    days = outlook.days(period)
    by_weekday = shares.per_group(of_group * matched[:, None], outlook.group, len(outlook.totals))
    return Z80 * outlook.spread.of(by_weekday[:, outlook.weekdays()[days]], days)


def _sampled(
    each: Floats, matched: npt.NDArray[np.bool_], group: npt.NDArray[np.int64], whole: float, found: float
) -> tuple[float, float]:
    """80 % bounds of the matching requests when only the rows' sampling is uncertain."""
    if whole <= 0:
        return 0.0, 0.0
    share = min(1.0, found / whole)
    variance = _variance(each, matched, _strata(each, group))
    if 0 < share < 1:
        if variance <= 0:  # every group matches wholly or not at all, so the sample decides nothing
            return found, found
        size = share * (1 - share) * whole**2 / variance
    else:
        size = whole**2 / float((each**2).sum())
    low, high = _wilson(share, size)
    return min(found, low * whole), max(found, high * whole)


def _strata(each: Floats, group: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The groups, those of a single row taken as one (collapsed strata; Cochran, 1977, 5A.12)."""
    rows = np.bincount(group[each > 0], minlength=int(group.max()) + 1)
    return np.where(rows[group] < 2, len(rows), group)


def _variance(each: Floats, matched: npt.NDArray[np.bool_], stratum: npt.NDArray[np.int64]) -> float:
    """Variance of the matching requests: sum over strata of n / (n − 1) × Σ r² (m − share)² (Särndal et al., 1992)."""
    rows = np.bincount(stratum, each > 0)
    totals = np.bincount(stratum, each)
    share = np.divide(np.bincount(stratum, each * matched), totals, out=np.zeros_like(totals), where=totals > 0)
    squares = np.bincount(stratum, (each * (matched - share[stratum])) ** 2)
    return float((squares[rows > 1] * rows[rows > 1] / (rows[rows > 1] - 1)).sum())


def _wilson(share: float, size: float) -> tuple[float, float]:
    """Wilson's 80 % interval for a share seen in `size` draws."""
    z2 = Z80**2 / size
    middle = (share + z2 / 2) / (1 + z2)
    half = math.sqrt(z2 * share * (1 - share) + z2**2 / 4) / (1 + z2)
    return middle - half, middle + half
