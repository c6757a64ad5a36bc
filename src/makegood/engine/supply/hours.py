"""Rows of a sample split by hour of the week, as finely as the targetings at hand tell hours apart.

A sample counted by day says nothing of hours; the placement's curve does. A row becomes one for each weekday and each set of
hours that no targeting, nor the wider ones it may be offered (the same hours at weekends, all day), distinguishes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from makegood.engine.supply.sample import Column, Supply
from makegood.engine.targeting import Predicate, Targeting

HOURS, DAY, WEEK = "hour_of_week", 24, 7 * 24
Floats = npt.NDArray[np.float64]


def asked(aims: Sequence[Targeting]) -> list[Predicate]:
    """The predicates that tell hours apart."""
    return [one for aim in aims for one in aim.predicates if one.dimension == HOURS]


def split(
    stock: Supply, group: npt.NDArray[np.int64], curves: Floats, hours: Sequence[Predicate]
) -> tuple[Supply, npt.NDArray[np.int64]]:
    """The rows by hour and their groups; `curves` is each group's share of a day's requests by hour, shape (groups, 168).

    A day without requests in its curve is taken as even. Weights add up to those before, row by row.
    """
    classes, firsts = _classes(hours)
    by_day = curves.reshape(-1, 7, DAY)
    whole = by_day.sum(axis=2, keepdims=True)
    even = np.divide(by_day, whole, out=np.full_like(by_day, 1 / DAY), where=whole > 0).reshape(-1, WEEK) / 7
    part = np.stack([np.bincount(classes, row, minlength=len(firsts)) for row in even])
    rows = np.repeat(np.arange(stock.rows), len(firsts))
    split_rows = stock.take(rows, (stock.weights[:, None] * part[group]).ravel())
    column = Column(tuple(firsts), np.tile(np.arange(len(firsts), dtype=np.int32), stock.rows))
    return Supply({**split_rows.columns, HOURS: column}, split_rows.weights, stock.census), group[rows]


def _classes(hours: Sequence[Predicate]) -> tuple[npt.NDArray[np.int64], list[int]]:
    """Class of each hour of the week, and the first hour of each class."""
    book: dict[tuple[object, ...], int] = {}
    firsts: list[int] = []
    found = np.empty(WEEK, dtype=np.int64)
    daily = [{int(hour) % DAY for hour in (one.include or range(WEEK)) if hour not in one.exclude} for one in hours]
    for hour in range(WEEK):
        key = (hour // DAY, *((hour in one.include, hour in one.exclude, hour % DAY in on) for one, on in zip(hours, daily, strict=True)))
        if key not in book:
            book[key] = len(firsts)
            firsts.append(hour)
        found[hour] = book[key]
    return found, firsts
