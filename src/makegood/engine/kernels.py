"""Compiled arithmetic: numba's njit, kept on disk, with the Python signature left for readers and type checkers.

A kernel takes and fills arrays; checks and errors live in the function that calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled at its first call; the machine code is kept beside the source for the next process."""
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True)(function))


def fast(function: Callable[P, R]) -> Callable[P, R]:
    """The same, with sums free to be re-ordered: for arithmetic that tolerates the last bits."""
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True, fastmath=True)(function))
