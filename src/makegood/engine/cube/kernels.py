"""The loops of a cube: flat cell numbers from codes, counts added into cells, people marked in a bitmap."""

from __future__ import annotations

import numpy as np

from makegood.engine import kernels
from makegood.engine.cube.partition import Array


@kernels.compiled
def place(codes: Array, stride: int, cells: Array) -> None:
    """Add codes x stride to the cell of each row."""
    for row in range(len(codes)):
        cells[row] += np.int32(codes[row]) * np.int32(stride)


@kernels.compiled
def leave(codes: Array, wanted: Array, elsewhere: int, cells: Array) -> None:
    """Send rows whose code is not wanted (bool by code) to the cell `elsewhere`."""
    for row in range(len(codes)):
        if not wanted[codes[row]]:
            cells[row] = elsewhere


@kernels.compiled
def add(cells: Array, counts: Array, into: Array) -> None:
    """Add each row's count to its cell."""
    for row in range(len(cells)):
        into[cells[row]] += counts[row]


@kernels.compiled
def add_rare(cells: Array, counts: Array, into: Array) -> None:
    """The same for counts that are mostly 0, as clicks are: most rows touch nothing."""
    for row in range(len(cells)):
        if counts[row]:
            into[cells[row]] += counts[row]


@kernels.compiled
def add_spans(counts: Array, starts: Array, stops: Array, into: Array) -> None:
    """Add to each code's cell the counts from its start to its stop."""
    for code in range(len(starts)):
        total = np.int64(0)
        for row in range(starts[code], stops[code]):
            total += np.int64(counts[row])
        into[code] += total


@kernels.compiled
def mark(people: Array, shift: int, bitmap: Array) -> None:
    """Set a bit for each person: the highest bits of the hash say which."""
    for row in range(len(people)):
        if people[row]:
            bit = people[row] >> np.uint32(shift)
            bitmap[bit >> np.uint32(6)] |= np.uint64(1) << np.uint64(bit & np.uint32(63))
