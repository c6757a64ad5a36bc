"""The kernels' machine code loaded, or made where there is none: some 20 seconds of a processor, once per installation."""

from __future__ import annotations

import select

import numpy as np

from makegood.adserver.straight import columns, learnt, words
from makegood.adserver.straight import desk as places
from makegood.adserver.straight.known import find, put
from makegood.adserver.straight.questions import asking_key, source_key
from makegood.adserver.turns.answering import serve
from makegood.adserver.turns.room import Room


def warm() -> None:
    """Call every kernel that Python calls, on nothing, with the types it will be given."""
    with select.epoll() as epoll:
        room, known, (said, ends) = Room(bytes(16), epoll), learnt.empty(1, 1), words.joined([b""] * 6)
        for place, array in ((places.WORDS, said), (places.WORD_ENDS, ends), (places.TEXTS, known.texts), (places.CELLS, known.cells)):
            places.put(room.desk, place, array)
        serve(room.desk, 0)
    some, row = np.zeros(8, np.uint8), np.zeros(columns.WIDTH, np.int64)
    put(known.cells, int(known.cells[learnt.SOURCES]), known.texts, 0, 8, 0)
    find(known.cells, int(known.cells[learnt.SOURCES]), known.texts, some, 0, 8)
    source_key(some, False, row, np.zeros(8, np.uint8))
    asking_key(some, row, known.texts, known.cells, np.zeros(8, np.uint8))
