"""What targetings tell apart: tokens that every predicate treats alike are one word, and predicates lists of words.

Exact on every dimension, because a predicate sees a request only through the tokens it carries. Rows live in `groups`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from makegood.engine.targeting import Predicate, Targeting, Token

Ints = npt.NDArray[np.int64]


class Program(NamedTuple):
    """Targetings as arrays for kernels: predicates of a targeting, words a predicate includes, words it excludes.

    Each pair (first, items) is a list of lists: list n is items[first[n] : first[n + 1]].
    """

    first_predicate: Ints
    predicate: Ints
    first_include: Ints
    include: Ints
    first_exclude: Ints
    exclude: Ints


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`words[dimension][token]` is a number below `size`; tokens no predicate names have none."""

    words: dict[str, dict[Token, int]]
    size: int
    program: Program


def vocabulary(targetings: Sequence[Targeting]) -> Vocabulary:
    """The words of the targetings and their program. Cost: the tokens of the distinct predicates."""
    numbers: dict[Predicate, int] = {}
    predicates = [[numbers.setdefault(one, len(numbers)) for one in each.predicates] for each in targetings]
    words, size = _words(list(numbers))
    include = [_said(words[one.dimension], one.include) for one in numbers]
    exclude = [_said(words[one.dimension], one.exclude) for one in numbers]
    return Vocabulary(words, size, Program(*lists(predicates), *lists(include), *lists(exclude)))


def lists(rows: Sequence[Collection[int]]) -> tuple[Ints, Ints]:
    """A list of lists as (first, items)."""
    first = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=first[1:])
    return first, np.fromiter((item for row in rows for item in row), dtype=np.int64, count=int(first[-1]))


def _words(predicates: Sequence[Predicate]) -> tuple[dict[str, dict[Token, int]], int]:
    """Number the tokens by who includes and who excludes them."""
    uses: dict[tuple[str, Token], list[int]] = {}
    for number, one in enumerate(predicates):
        for side, tokens in enumerate((one.include, one.exclude)):
            for token in tokens:
                uses.setdefault((one.dimension, token), []).append(2 * number + side)
    words: dict[str, dict[Token, int]] = {one.dimension: {} for one in predicates}
    known: dict[tuple[str, tuple[int, ...]], int] = {}
    for (dimension, token), use in uses.items():
        words[dimension][token] = known.setdefault((dimension, tuple(use)), len(known))
    return words, len(known)


def _said(words: dict[Token, int], tokens: Iterable[Token]) -> list[int]:
    return sorted({words[token] for token in tokens})
