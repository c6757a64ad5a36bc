"""Kernels over parts of the cells or contracts, on all cores where there is much to do.

Parts follow from the problem alone and what they return comes in their order: the same bits on one core as on many.
Threads live as long as one solve, so none is left to be lost in a fork.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np

from makegood.engine.allocation.arrays import Ints

R = TypeVar("R")
Part = tuple[int, int]
PART, MOST = 250_000, 8  # edges that are worth a part of their own; parts at most


class Crew:
    """Calls kernels part by part; `threads` None does so in the calling thread."""

    def __init__(self, threads: ThreadPoolExecutor | None = None) -> None:
        self._threads = threads

    def each(self, kernel: Callable[..., R], parts: Sequence[Part], *arrays: Any) -> list[R]:
        """kernel(begin, end, *arrays) of every part; it writes only what is of its part."""
        if self._threads is None:
            return [kernel(begin, end, *arrays) for begin, end in parts]
        return list(self._threads.map(lambda part: kernel(*part, *arrays), parts))


@contextmanager
def crew(parts: int, threads: int | None = None) -> Iterator[Crew]:
    """A crew for so many parts; `threads` None takes as many as there are cores."""
    count = min(parts, (os.cpu_count() or 1) if threads is None else threads)
    if count <= 1:
        yield Crew()
        return
    with ThreadPoolExecutor(count, "allocation") as pool:
        yield Crew(pool)


def parts(first: Ints) -> tuple[Part, ...]:
    """Ranges of cells or contracts with about equal numbers of edges, from where each one's edges begin."""
    edges = int(first[-1])
    count = min(max(edges // PART, 1), MOST)
    inner = np.searchsorted(first, np.linspace(0, edges, count + 1)[1:-1])
    ends = [0, *(int(end) for end in inner), len(first) - 1]
    return tuple(itertools.pairwise(ends))
