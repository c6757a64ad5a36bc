"""Kernels of a table from texts to whole numbers: open addressing, every hit compared byte by byte.

The hash (after FNV-1a, by Fowler, Noll and Vo, eight bytes a step) starts from a number nobody outside knows, so it is hard
to aim at one place; who does only fills it, and is answered the general way.
"""

from __future__ import annotations

import secrets

from makegood.adserver.straight.columns import Bytes, Ints
from makegood.adserver.straight.copying import eight
from makegood.adserver.straight.scanning import NONE
from makegood.engine.kernels import compiled

_START, _MASK, _ROWS = 0, 1, 2
_HASH, _BEGIN, _END, _VALUE, _WIDTH = 0, 1, 2, 3, 4
_PRIME, _TRIES = 1_099_511_628_211, 32


def cells(most: int) -> int:
    """How many cells a table takes that holds up to `most` texts, half empty."""
    return _ROWS + _places(most) * _WIDTH


def clear(table: Ints, base: int, most: int) -> None:
    """Begin the table at `base` with nothing in it."""
    table[base : base + cells(most)] = 0
    table[base + _START], table[base + _MASK] = secrets.randbits(62), _places(most) - 1


def _places(most: int) -> int:
    return 1 << (2 * most).bit_length()


@compiled
def find(table: Ints, base: int, keys: Bytes, text: Bytes, begin: int, end: int) -> int:
    """The number of the text from `begin` to `end`, whose like stands in `keys`; NONE when it has none."""
    found = _hash(text, begin, end, table[base + _START])
    n = (found ^ (found >> 32)) & table[base + _MASK]
    for _ in range(_TRIES):
        row = base + _ROWS + n * _WIDTH
        if table[row + _END] == 0:
            return NONE
        if table[row + _HASH] == found and _equal(keys, table[row + _BEGIN], table[row + _END], text, begin, end):
            return int(table[row + _VALUE])
        n = (n + 1) & table[base + _MASK]
    return NONE


@compiled
def put(table: Ints, base: int, keys: Bytes, begin: int, end: int, value: int) -> bool:
    """Give the text at `begin` to `end` of `keys` a number; False when its neighbourhood is full."""
    found = _hash(keys, begin, end, table[base + _START])
    n = (found ^ (found >> 32)) & table[base + _MASK]
    for _ in range(_TRIES):
        row = base + _ROWS + n * _WIDTH
        if table[row + _END] == 0:
            table[row + _HASH], table[row + _BEGIN], table[row + _END], table[row + _VALUE] = found, begin, end, value
            return True
        n = (n + 1) & table[base + _MASK]
    return False


@compiled
def _hash(text: Bytes, begin: int, end: int, start: int) -> int:
    found, n = start, begin
    while n + 8 <= end:
        found = (found ^ eight(text, n)) * _PRIME
        found ^= found >> 29
        n += 8
    while n < end:
        found = (found ^ int(text[n])) * _PRIME
        n += 1
    return found


@compiled
def _equal(keys: Bytes, first: int, last: int, text: Bytes, begin: int, end: int) -> bool:
    n, length = 0, end - begin
    if last - first != length:
        return False
    while n + 8 <= length:
        if eight(keys, first + n) != eight(text, begin + n):
            return False
        n += 8
    while n < length:
        if keys[first + n] != text[begin + n]:
            return False
        n += 1
    return True
