"""A weighted sample of ad requests as dictionary-encoded columns.

What a row and its weight mean; how rows are drawn lives in `reservoir`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from makegood.engine.targeting.predicates import DIMENSIONS, KEY_VALUE, Request


class SupplyInvalid(ValueError):
    """A weight is not a finite number at or above zero, columns differ in length, or there is nothing to count on."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Row n holds `values[codes[n]]`; a value is a name, a number, a frozenset of audiences, or None."""

    values: tuple[Any, ...]
    codes: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """`weights[n]` requests a day look like row n. Dimensions absent from `columns` are None on every row.

    A `census` holds everything there was, so counts on it have no sampling error; otherwise rows are a draw.
    Raises SupplyInvalid naming the row or column.
    """

    columns: Mapping[str, Column]
    weights: npt.NDArray[np.float64]
    census: bool = False

    def __post_init__(self) -> None:
        check_weights(self.weights)
        for name, column in self.columns.items():
            if len(column.codes) != len(self.weights):
                raise SupplyInvalid(f"column {name}: {len(column.codes)} rows, weights {len(self.weights)}")
            wrong = np.flatnonzero((column.codes < 0) | (column.codes >= len(column.values)))
            if len(wrong):
                raise SupplyInvalid(
                    f"row {wrong[0]}: code {column.codes[wrong[0]]} of column {name} has no value, "
                    f"there are {len(column.values)}"
                )

    @property
    def rows(self) -> int:
        return len(self.weights)

    def column(self, dimension: str) -> Column:
        """The column, or one of None when the sample does not carry the dimension."""
        nothing: frozenset[str] | None = frozenset() if dimension == "audience" else None
        return self.columns.get(dimension) or Column((nothing,), np.zeros(self.rows, dtype=np.int32))

    def at(self, weights: npt.NDArray[np.float64]) -> Supply:
        """The same rows with other weights, for example a forecast's."""
        return Supply(self.columns, weights, self.census)

    def take(self, rows: npt.NDArray[np.int64], weights: npt.NDArray[np.float64]) -> Supply:
        """Some of the rows, with other weights: a draw."""
        columns = {name: Column(column.values, column.codes[rows]) for name, column in self.columns.items()}
        return Supply(columns, weights)


def check_weights(weights: npt.NDArray[np.float64]) -> None:
    """Raise SupplyInvalid for the first row whose weight is not a finite number at or above zero."""
    wrong = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if len(wrong):
        raise SupplyInvalid(f"row {wrong[0]}: weight {weights[wrong[0]]} is not a number of requests")


def from_requests(requests: Sequence[Request], weights: Sequence[float] | npt.NDArray[np.float64]) -> Supply:
    """Encode requests; key-values become a column each ('kv:team'). Raises SupplyInvalid."""
    keys = sorted({key for request in requests for key in request.key_values})
    names = [*DIMENSIONS, *(f"{KEY_VALUE}{key}" for key in keys)]
    columns = {name: encode(request.value(name) for request in requests) for name in names}
    return Supply(columns, np.asarray(weights, dtype=np.float64))


def encode(values: Iterable[Hashable]) -> Column:
    """Dictionary-encode values in order of first appearance."""
    book: dict[Hashable, int] = {}
    codes = [book.setdefault(value, len(book)) for value in values]
    return Column(tuple(book), np.array(codes, dtype=np.int32))
