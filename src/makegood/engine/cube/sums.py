"""Sums of counts by any keys and days of a cube, over dense cells; an indexed key is read as slices."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from makegood.engine.cube import kernels
from makegood.engine.cube.partition import DAY, Array, Block, Partition

AT_ONCE = 1 << 16  # rows whose cells are numbered together: they stay in the processor's cache
MOST_CELLS = 1 << 26
RARE = 8  # a count whose sum is below an eighth of the rows is 0 in most of them


Piece = tuple[int | Array, Block, int, int]
"""First cell of some rows (or of each row), their block, and where they start and stop in it."""


@dataclass(frozen=True, slots=True)
class Query:
    """`counts` by `by` (keys and `day`) of the rows whose codes are in `where`."""

    by: tuple[str, ...]
    counts: tuple[str, ...]
    where: Mapping[str, frozenset[int]] = field(default_factory=dict)


def sums(partitions: Sequence[tuple[int, Partition]], query: Query, sizes: Mapping[str, int]) -> Array:
    """Sums over every row, int64, shape (counts, size of by[0], size of by[1], …).

    `partitions` come with their place on the axis of days; `sizes` are the codes of every key, and of `day` the days.
    Raises ValueError when there are more than MOST_CELLS cells.
    """
    into, strides = _cells(query, sizes)
    keys = set(query.by) - {DAY}
    if len(keys) == 1 and not query.where and all(keys <= set(one.rows.spans) for _, one in partitions):
        for place, partition in partitions:
            _add_spans(partition.rows, next(iter(keys)), query, strides, place, into)
        return _shaped(into, query, sizes)
    pieces: list[Piece] = [
        (place * strides.get(DAY, 0), one.rows, start, stop) for place, one in partitions for start, stop in _slices(one.rows, query.where)
    ]
    if len(pieces) > 1 and sum(stop - start for *_, start, stop in pieces) <= AT_ONCE:
        pieces = [_together(pieces, query)]
    totals = {name: sum(int(one.level.counts[name].sum(dtype=np.int64)) for _, one in partitions) for name in query.counts}
    rare = {name for name, total in totals.items() if total * RARE < sum(len(one.rows) for _, one in partitions)}
    fitting = into.astype(np.uint32) if max(totals.values(), default=0) < 1 << 32 else into  # half the cache
    _add_rows(pieces, query, strides, sizes, rare, fitting)
    return _shaped(fitting, query, sizes)


def level_sums(level: Block, query: Query, sizes: Mapping[str, int]) -> Array:
    """The same from the joined levels of all days, whose keys have to be all that is asked for."""
    into, strides = _cells(query, sizes)
    _add_rows([(0, level, start, stop) for start, stop in _slices(level, query.where)], query, strides, sizes, set(), into)
    return _shaped(into, query, sizes)


def _cells(query: Query, sizes: Mapping[str, int]) -> tuple[Array, dict[str, int]]:
    """Zeros for every cell and one more, which takes what is not wanted; how far apart codes of each key are."""
    shape = tuple(sizes[name] for name in query.by)
    cells = math.prod(shape)
    if cells > MOST_CELLS:
        raise ValueError(f"{' x '.join(query.by)} has {cells:,} cells; ask for fewer keys, at most {MOST_CELLS:,} cells")
    return np.zeros((len(query.counts), cells + 1), np.int64), {name: math.prod(shape[place + 1 :]) for place, name in enumerate(query.by)}


def _shaped(into: Array, query: Query, sizes: Mapping[str, int]) -> Array:
    return into[:, :-1].astype(np.int64).reshape(len(query.counts), *(sizes[name] for name in query.by))


def _add_spans(block: Block, key: str, query: Query, strides: Mapping[str, int], place: int, into: Array) -> None:
    """By one indexed key, and days: whole slices are added up."""
    span, base = block.spans[key], place * strides.get(DAY, 0)
    for row, name in enumerate(query.counts):
        kernels.add_spans(block.counts[name], span.starts, span.stops, into[row, base : base + len(span.starts) * strides[key] : strides[key]])


def _add_rows(
    pieces: Sequence[Piece], query: Query, strides: Mapping[str, int], sizes: Mapping[str, int], rare: Collection[str], into: Array
) -> None:
    """By any keys: every row's cell is numbered, then its counts are added there."""
    masks = {name: _wanted(codes, sizes[name]) for name, codes in query.where.items()}
    scratch = np.empty(AT_ONCE, np.int32)
    for base, block, start, stop in pieces:
        for first in range(start, stop, AT_ONCE):
            here = slice(first, min(stop, first + AT_ONCE))
            numbers = _numbered(block, here, strides, masks, scratch, base, into.shape[1] - 1)
            for row, name in enumerate(query.counts):
                (kernels.add_rare if name in rare else kernels.add)(numbers, block.counts[name][here], into[row])


def _numbered(
    block: Block, here: slice, strides: Mapping[str, int], masks: Mapping[str, Array], scratch: Array, base: int | Array, cells: int
) -> Array:
    """The cell of each row of a slice."""
    numbers = scratch[: here.stop - here.start]
    numbers[:] = base
    for name, stride in strides.items():
        if name in block.keys:  # rows of a partition are of one day, which is in `base`
            kernels.place(block.keys[name][here], stride, numbers)
    for name, wanted in masks.items():
        kernels.leave(block.keys[name][here], wanted, cells, numbers)
    return numbers


def _together(pieces: Sequence[Piece], query: Query) -> Piece:
    """Few rows of many days as one block: numbering them costs less than visiting every day."""
    asked = {*query.by, *query.where} - {DAY}
    keys = {name: np.concatenate([block.keys[name][start:stop] for _, block, start, stop in pieces]) for name in asked}
    counts = {name: np.concatenate([block.counts[name][start:stop] for _, block, start, stop in pieces]) for name in query.counts}
    lengths = [stop - start for *_, start, stop in pieces]
    return np.repeat([base for base, *_ in pieces], lengths), Block(keys, counts, {}), 0, sum(lengths)


def _slices(block: Block, where: Mapping[str, frozenset[int]]) -> list[tuple[int, int]]:
    """The slices to read: those of the indexed key whose wanted codes have the fewest rows, else everything."""
    choices = [[span for code in codes if (span := block.spans[name].of(code))[1] > span[0]] for name, codes in where.items() if name in block.spans]
    return sorted(min(choices, key=_length)) if choices else [(0, len(block))]


def _length(slices: Iterable[tuple[int, int]]) -> int:
    return sum(stop - start for start, stop in slices)


def _wanted(codes: frozenset[int], size: int) -> Array:
    wanted = np.zeros(size, np.bool_)
    wanted[list(codes)] = True
    return wanted
