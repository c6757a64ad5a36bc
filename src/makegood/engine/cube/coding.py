"""Rows of a day into a partition: values to codes of a growing dictionary, codes and counts in the narrowest type that holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from makegood.engine.cube.partition import DAY, Array, Block, Partition, Span


@dataclass(slots=True)
class Codes:
    """The values of a key by code, in the order they came; grows with every day, never changes a code."""

    values: list[object] = field(default_factory=list)
    _known: dict[object, int] = field(init=False)

    def __post_init__(self) -> None:
        self._known = {value: code for code, value in enumerate(self.values)}

    def __len__(self) -> int:
        return len(self.values)

    def of(self, column: Column) -> Array:
        """Codes of the rows of a column, new values added."""
        codes = [self._known.setdefault(value, len(self._known)) for value in column.distinct]
        self.values.extend(list(self._known)[len(self.values) :])
        return np.array(codes or [0], np.int64)[column.places]

    def known(self, value: object) -> int | None:
        """The code of a value, None when no row ever had it."""
        return self._known.get(value)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A key of some rows: its distinct values, and for each row the place of its own among them."""

    distinct: Sequence[object]
    places: Array


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A day's rows before coding: keys, counts (not negative), and 63-bit hashes of people, 0 for nobody."""

    keys: Mapping[str, Column]
    counts: Mapping[str, Array]
    people: Array | None = None


def coded(day: int, rows: Rows, codes: Mapping[str, Codes], sorted_by: Sequence[str]) -> Partition:
    """The partition of a day (days since 1970). `sorted_by` are nested keys, then one that is not (order, line, hour).

    Raises ValueError when a code of a nested key lies in two of the key before (a line in two orders) or a count is negative.
    """
    keys = {name: codes[name].of(column) for name, column in rows.keys.items()}
    if negative := [name for name, values in rows.counts.items() if values.min(initial=0) < 0]:
        raise ValueError(f"{negative[0]} is below zero on day {day}")
    order = np.argsort(_combined([(keys[name], len(codes[name])) for name in sorted_by]))
    ordered = {name: narrowest(values)[order] for name, values in keys.items()}
    counts = {name: narrowest(values)[order] for name, values in rows.counts.items()}
    people = None if rows.people is None else _short(rows.people)[order]
    return Partition(day, Block(ordered, counts, _spans(ordered, sorted_by, codes)), _level(ordered, counts, sorted_by, codes), people)


def joined(partitions: Sequence[Partition], codes: Mapping[str, Codes], sorted_by: Sequence[str]) -> Block:
    """The levels of many days as one block with the key `day` (the place of the partition), sorted so that an order's
    and a line's rows of all days lie together."""
    levels = [one.level for one in partitions]
    keys = {name: np.concatenate([level.keys[name] for level in levels]) for name in sorted_by}
    keys[DAY] = narrowest(np.repeat(np.arange(len(levels)), [len(level) for level in levels]))
    order = np.argsort(_combined([(keys[name], len(codes[name])) for name in sorted_by[:-1]]), kind="stable")
    ordered = {name: values[order] for name, values in keys.items()}
    counts = {name: np.concatenate([level.counts[name] for level in levels])[order] for name in levels[0].counts}
    return Block(ordered, counts, _spans(ordered, sorted_by, codes))


def narrowest(values: Array) -> Array:
    """The same values in the smallest unsigned type."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def _combined(keys: Sequence[tuple[Array, int]]) -> Array:
    """One number a row that sorts as the keys do; 32 bits where they suffice, which sorts faster."""
    combined, size = np.zeros(len(keys[0][0]), np.int64), 1
    for values, distinct in keys:
        combined, size = combined * max(1, distinct) + values, size * max(1, distinct)
    return combined.astype(np.uint32) if size < 1 << 32 else combined


def _short(people: Array) -> Array:
    """32 bits of each 63-bit hash, 0 only for nobody."""
    short = (people >> 31).astype(np.uint32)
    short[(short == 0) & (people != 0)] = 1
    return short


def _spans(keys: Mapping[str, Array], sorted_by: Sequence[str], codes: Mapping[str, Codes]) -> dict[str, Span]:
    """The nested keys, each with those it lies in."""
    nested = sorted_by[:-1]
    return {name: _span([keys[one] for one in nested[: place + 1]], name, len(codes[name])) for place, name in enumerate(nested)}


def _span(nest: Sequence[Array], name: str, size: int) -> Span:
    firsts, values = np.flatnonzero(_changes(nest)), nest[-1]
    found = values[firsts]
    if len(np.unique(found)) != len(found):
        raise ValueError(f"a {name} lies in two of the key it is sorted under; sort by keys that nest")
    starts, stops = np.zeros(size, np.uint32), np.zeros(size, np.uint32)
    starts[found], stops[found] = firsts, np.append(firsts[1:], len(values))[: len(firsts)]
    return Span(starts, stops)


def _level(keys: Mapping[str, Array], counts: Mapping[str, Array], sorted_by: Sequence[str], codes: Mapping[str, Codes]) -> Block:
    """Sums by all the sorted keys."""
    firsts = np.flatnonzero(_changes([keys[name] for name in sorted_by]))
    few = {name: keys[name][firsts] for name in sorted_by}
    sums = {name: narrowest(np.add.reduceat(values, firsts, dtype=np.uint64) if len(firsts) else values) for name, values in counts.items()}
    return Block(few, sums, _spans(few, sorted_by, codes))


def _changes(keys: Sequence[Array]) -> Array:
    """True where a row differs from the row before it in any key; the first does."""
    changed = np.zeros(len(keys[0]), np.bool_)
    changed[:1] = True
    for values in keys:
        changed[1:] |= values[1:] != values[:-1]
    return changed
