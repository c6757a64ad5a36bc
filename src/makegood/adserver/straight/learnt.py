"""What the straight path knows, as three arrays the kernels read: texts, whole numbers, and chances.

`cells` holds several tables behind one another; its first cells say where each begins. A kernel is handed three arrays rather
than one for each table because every array costs reference counts at every call. Filling them is `learning`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from makegood.adserver.straight import known
from makegood.adserver.straight.columns import Bytes, Floats, Ints

TEXT_BYTES = 16 << 20
MOST_SOURCES, MOST_ASKINGS, MOST_TABLES, MOST_SHARES, MOST_CARDS, MOST_PIECES = 1 << 12, 1 << 16, 1 << 14, 1 << 20, 1 << 15, 1 << 18
UNKNOWN, NEVER = -1, -2
"""A card nobody has made yet, and one that only the general path can show."""

SOURCES, PLACES, ASKINGS, SOURCE_ROWS, PLACE_ROWS, TABLE_ROWS, NUMBERS, CARD_OF, CARD_ROWS, PIECES = range(10)
"""Which cell says where a table begins: three of `known`, whose numbers are rows of the others, and these."""

LINE, DEVICE_TEXT, SOURCE_WIDTH = 0, 2, 4
"""Of a source: spans of what the log says of it and of the device its browser tells of."""
DIMENSIONS, FIRST, NOBODY, PLACE_WIDTH = 0, 1, 2, 3
"""Of a placement: bits of the dimensions its targeting reads, the first of its cards in `CARD_OF`, that of nobody."""
TABLE_FIRST, TABLE_COUNT, TABLE_WIDTH = 0, 1, 2
"""Of a table: its bounds in `bounds`, and in `NUMBERS` which of the placement's flights each is of."""
IDS, FIELDS, REQUESTED, PIECE_FIRST, PIECE_COUNT, END, LENGTH, SHOWN, CARD_WIDTH = 0, 2, 4, 6, 7, 8, 10, 11, 12
"""Of a card: three spans (see `cards.Card`), the pieces of its reply, the span of its end, the length of all but the tokens."""
PIECE_TEXT, PIECE_NAME, PIECE_SET, PIECE_TAG, PIECE_WIDTH = 0, 2, 4, 5, 6
"""Of a signed URL: the span before its token, that of what its set's message begins with, which set of the card it is, which tag of it."""


class Learnt(NamedTuple):
    """Spans are in `texts`; `bounds` are cumulative chances, table after table."""

    texts: Bytes
    cells: Ints
    bounds: Floats

    def rows(self, table: int, width: int, most: int) -> Ints:
        """Return a table's rows to be filled in."""
        begin = int(self.cells[table])
        return self.cells[begin : begin + most * width].reshape(most, width)


def empty(placements: int, cards: int) -> Learnt:
    """Return nothing learnt, with room for what a process may meet before it starts again. Memory is used as it fills."""
    sizes = {
        SOURCES: known.cells(MOST_SOURCES), PLACES: known.cells(placements), ASKINGS: known.cells(MOST_ASKINGS),
        SOURCE_ROWS: MOST_SOURCES * SOURCE_WIDTH, PLACE_ROWS: placements * PLACE_WIDTH, TABLE_ROWS: MOST_TABLES * TABLE_WIDTH,
        NUMBERS: MOST_SHARES, CARD_OF: cards, CARD_ROWS: MOST_CARDS * CARD_WIDTH, PIECES: MOST_PIECES * PIECE_WIDTH,
    }  # fmt: skip
    begins = np.cumsum([len(sizes), *sizes.values()])
    made = Learnt(np.zeros(TEXT_BYTES, np.uint8), np.zeros(int(begins[-1]), np.int64), np.zeros(MOST_SHARES))
    made.cells[: len(sizes)] = begins[:-1]
    for table, most in ((SOURCES, MOST_SOURCES), (PLACES, placements), (ASKINGS, MOST_ASKINGS)):
        known.clear(made.cells, int(begins[table]), most)
    made.rows(CARD_OF, 1, cards)[:] = UNKNOWN
    return made
