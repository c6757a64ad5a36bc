"""Supply rows grouped by the words they carry, and for every word the groups that carry it.

Rows of a group answer every targeting alike; which targetings accept it is found in `matching`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from makegood.engine.eligibility import kernels
from makegood.engine.eligibility.vocabulary import Vocabulary, lists
from makegood.engine.supply import Supply
from makegood.engine.targeting import Token, tokens

Ints = npt.NDArray[np.int64]
MOST_KEYS = 2**62
DENSE = 32  # a word on more than one group in 32 is cheaper as bits than as a list


class Carried(NamedTuple):
    """One dimension: the class of words each row carries, and the words of a class as (first, words)."""

    codes: Ints
    first: Ints
    words: Ints

    @property
    def classes(self) -> int:
        return len(self.first) - 1


def carried(supply: Supply, vocabulary: Vocabulary) -> list[Carried]:
    """Per dimension in use. Cost: the distinct values of its column, then one table look-up a row."""
    found = []
    for dimension, words in vocabulary.words.items():
        column = supply.column(dimension)
        book: dict[frozenset[int], int] = {}
        of_value = [book.setdefault(_words(dimension, value, words), len(book)) for value in column.values]
        found.append(Carried(np.array(of_value, dtype=np.int64)[column.codes], *lists(list(book))))
    return found


def grouped(columns: Sequence[Carried], rows: int) -> tuple[npt.NDArray[np.int32], Ints]:
    """Group number of each row, and one row of each group: rows with the same classes throughout are a group."""
    key, size = np.zeros(rows, dtype=np.int64), 1
    for column in columns:
        if size * column.classes > MOST_KEYS:
            distinct, key = np.unique(key, return_inverse=True)
            size = len(distinct)
        key = key * column.classes + column.codes
        size *= column.classes
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    return group.astype(np.int32), first.astype(np.int64)


def postings(columns: Sequence[Carried], sample: Ints, words: int) -> kernels.Postings:
    """For every word its groups, ascending; frequent words also as bits, which is at most one bit per list entry."""
    counts = np.zeros(words, dtype=np.int64)
    of_group = [(column.codes[sample], column.first, column.words) for column in columns]
    for codes, first, carries in of_group:
        kernels.count_words(codes, first, carries, counts)
    starts = np.concatenate([[0], np.cumsum(counts)])
    groups, at = np.zeros(int(starts[-1]), dtype=np.int32), starts[:-1].copy()
    for codes, first, carries in of_group:
        kernels.list_groups(codes, first, carries, at, groups)
    dense = np.flatnonzero(counts * DENSE > len(sample))
    slot = np.full(words, -1, dtype=np.int64)
    slot[dense] = np.arange(len(dense))
    bits = np.zeros((len(dense), kernels.words_of(len(sample))), dtype=np.uint64)
    for number, word in enumerate(dense.tolist()):
        kernels.set_bits(groups, starts[word], starts[word + 1], bits[number])
    return kernels.Postings(starts, groups, slot, bits)


def _words(dimension: str, value: Token | frozenset[str] | None, words: dict[Token, int]) -> frozenset[int]:
    return frozenset(words[token] for token in tokens(dimension, value) if token in words)
