"""Groups that every targeting answers alike become one cell: partition refinement over the edges.

Exact and linear in the edges (Paige and Tarjan, 1987; Habib, Paul, Viennot, 1999). No hashing of answers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.kernels import compiled

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]


@compiled
def refine(first: Ints, found: Small, groups: int) -> Small:
    """The part of each group after splitting all parts by every targeting's answer; part numbers are arbitrary."""
    part = np.zeros(groups, dtype=np.int32)
    size = np.zeros(groups + 2, dtype=np.int32)
    split_by = np.full(groups + 2, -1, dtype=np.int32)
    into = np.zeros(groups + 2, dtype=np.int32)
    free = np.arange(groups + 1, -1, -1).astype(np.int32)
    left, size[0] = groups + 1, groups
    for targeting in range(len(first) - 1):
        for k in range(first[targeting], first[targeting + 1]):
            old = part[found[k]]
            if split_by[old] != targeting:
                if size[old] == 1:
                    continue
                left -= 1
                split_by[old], into[old] = targeting, free[left]
            part[found[k]] = into[old]
            size[into[old]] += 1
            size[old] -= 1
            if size[old] == 0:
                free[left] = old
                left += 1
    return part


@compiled
def number(part: Small) -> int:
    """Number the parts 0, 1 ... by their first group, in place; returns how many there are."""
    name = np.full(len(part) + 2, -1, dtype=np.int32)
    count = 0
    for group in range(len(part)):
        if name[part[group]] < 0:
            name[part[group]] = count
            count += 1
        part[group] = name[part[group]]
    return count


@compiled
def merge(first: Ints, found: Small, part: Small, parts: int) -> None:
    """Replace groups by cells, each once a targeting and ascending; `first` and `found` are rewritten in place."""
    leader = np.full(parts, -1, dtype=np.int32)
    for group in range(len(part)):
        if leader[part[group]] < 0:
            leader[part[group]] = group
    at, begin = 0, 0
    for targeting in range(len(first) - 1):
        end = first[targeting + 1]
        for k in range(begin, end):
            if leader[part[found[k]]] == found[k]:
                found[at] = part[found[k]]
                at += 1
        first[targeting + 1], begin = at, end
