"""Compiled loops over words, groups and bits: lists while a word is rare, bits when it is frequent.

The mix follows Roaring bitmaps (Chambi, Lemire, Kaser, Godin, 2016). What the arrays mean is said where they are made.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from makegood.engine.eligibility.vocabulary import Program
from makegood.engine.kernels import compiled

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint64]

ONE, SIX, LAST = np.uint64(1), np.uint64(6), np.uint64(63)
DE_BRUIJN, TOP = np.uint64(0x03F79D71B4CB0A89), np.uint64(58)
PLACE = np.zeros(64, dtype=np.int64)
PLACE[[(0x03F79D71B4CB0A89 << n) % 2**64 >> 58 for n in range(64)]] = np.arange(64)


class Postings(NamedTuple):
    """Groups of word w: groups[first[w] : first[w + 1]]; frequent words also as row `slot[w]` of `bits`, else -1."""

    first: Ints
    groups: Small
    slot: Ints
    bits: Bits


def words_of(groups: int) -> int:
    """Machine words that hold one bit a group."""
    return (groups + 63) // 64


@compiled
def count_words(codes: Ints, first: Ints, words: Ints, counts: Ints) -> None:
    """Add to `counts` how many groups carry each word."""
    for code in codes:
        for k in range(first[code], first[code + 1]):
            counts[words[k]] += 1


@compiled
def list_groups(codes: Ints, first: Ints, words: Ints, at: Ints, groups: Small) -> None:
    """Write each group into the list of every word it carries; `at` is the next free place of each list."""
    for group in range(len(codes)):
        for k in range(first[codes[group]], first[codes[group] + 1]):
            groups[at[words[k]]] = group
            at[words[k]] += 1


@compiled
def set_bits(groups: Small, begin: int, end: int, bits: Bits) -> None:
    """Set the bits of groups[begin:end]."""
    for k in range(begin, end):
        group = np.uint64(groups[k])
        bits[np.int64(group >> SIX)] |= ONE << (group & LAST)


@compiled
def clear_bits(groups: Small, begin: int, end: int, bits: Bits) -> None:
    """Clear the bits of groups[begin:end]."""
    for k in range(begin, end):
        group = np.uint64(groups[k])
        bits[np.int64(group >> SIX)] &= ~(ONE << (group & LAST))


@compiled
def keep(postings: Postings, words: Ints, kept: Bits, scratch: Bits) -> None:
    """Keep the groups that carry any of the words."""
    scratch[:] = np.uint64(0)
    for word in words:
        slot = postings.slot[word]
        if slot >= 0:
            scratch |= postings.bits[slot]
        else:
            set_bits(postings.groups, postings.first[word], postings.first[word + 1], scratch)
    kept &= scratch


@compiled
def drop(postings: Postings, words: Ints, kept: Bits) -> None:
    """Drop the groups that carry any of the words."""
    for word in words:
        slot = postings.slot[word]
        if slot >= 0:
            kept &= ~postings.bits[slot]
        else:
            clear_bits(postings.groups, postings.first[word], postings.first[word + 1], kept)


@compiled
def select(program: Program, postings: Postings, targeting: int, kept: Bits, scratch: Bits, groups: int) -> None:
    """Bits of the groups one targeting accepts."""
    kept[:] = ~np.uint64(0)
    if groups % 64:
        kept[-1] = (ONE << np.uint64(groups % 64)) - ONE
    for k in range(program.first_predicate[targeting], program.first_predicate[targeting + 1]):
        p = program.predicate[k]
        include = program.include[program.first_include[p] : program.first_include[p + 1]]
        if len(include):
            keep(postings, include, kept, scratch)
        drop(postings, program.exclude[program.first_exclude[p] : program.first_exclude[p + 1]], kept)


@compiled
def unpack(bits: Bits, found: Small, at: int) -> int:
    """Write the numbers of the set bits to `found` from `at` on; returns the place after the last.

    The lowest bit's place by a de Bruijn product (Leiserson, Prokop, Randall, 1998).
    """
    for n in range(len(bits)):
        word = bits[n]
        while word:
            low = word & (~word + ONE)
            found[at] = 64 * n + PLACE[np.int64((low * DE_BRUIJN) >> TOP)]
            at += 1
            word ^= low
    return at


@compiled
def match(program: Program, postings: Postings, start: int, groups: int, first: Ints, found: Small) -> int:
    """Answer targetings from `start` on while a full answer still fits `found`; returns the first one not answered."""
    width = (groups + 63) // 64
    kept, scratch = np.empty(width, dtype=np.uint64), np.empty(width, dtype=np.uint64)
    targeting = start
    while targeting < len(first) - 1 and first[targeting] + groups <= len(found):
        select(program, postings, targeting, kept, scratch, groups)
        first[targeting + 1] = unpack(kept, found, first[targeting])
        targeting += 1
    return targeting
