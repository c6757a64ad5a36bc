"""Texts that every answer of one millisecond repeats: the key's name, issue and expiry, the time, the response's head."""

from __future__ import annotations

import numpy as np

from makegood.adserver.straight.columns import Bytes, Ints
from makegood.adserver.straight.copying import copied
from makegood.engine.kernels import compiled

KEY, TIMES, AT, STATUS_LINES, HEADERS, BODY = 0, 1, 2, 3, 4, 5


def joined(texts: list[bytes]) -> tuple[Bytes, Ints]:
    """Return the texts behind one another and where each ends, with a 0 before."""
    ends = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in texts], out=ends[1:])
    return np.frombuffer(bytearray().join(texts), dtype=np.uint8), ends


def replace(which: int, text: bytes, words: Bytes, word_ends: Ints) -> None:
    """Put a text of the same length in the place of one."""
    words[word_ends[which] : word_ends[which + 1]] = np.frombuffer(text, dtype=np.uint8)


@compiled
def put_word(which: int, words: Bytes, word_ends: Ints, target: Bytes, p: int) -> int:
    """Copy one to `target` at `p`; the place behind it."""
    return copied(words, word_ends[which], word_ends[which + 1], target, p)


@compiled
def length_of(which: int, word_ends: Ints) -> int:
    """Bytes of one."""
    return int(word_ends[which + 1] - word_ends[which])
