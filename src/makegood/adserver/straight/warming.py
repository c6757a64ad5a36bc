"""The kernels' machine code loaded, or made where there is none: some 16 seconds of a processor, once per installation."""

from __future__ import annotations

import numpy as np

from makegood.adserver.straight import columns, learnt, words
from makegood.adserver.straight.deciding import decide_each
from makegood.adserver.straight.known import put
from makegood.adserver.straight.questions import asking_key, source_key
from makegood.adserver.straight.writing import write_each


def warm() -> None:
    """Call every kernel that Python calls, on nothing, with the types it will be given."""
    some, whole, known = np.zeros(8, np.uint8), np.zeros(2, np.int64), learnt.empty(1, 1)
    found, (said, ends) = np.zeros((1, columns.WIDTH), np.int64), words.joined([b""] * 6)
    decide_each(some, whole[:0], False, known.bounds[:0], some[:0], said, ends, some, found, some, *known)
    write_each(some, found, 0, some[:0], said, ends, some, some, some, whole, some, *known[:2])
    begin = int(known.cells[learnt.SOURCES])
    put(known.cells, begin, known.texts, 0, 8, 0)
    source_key(some, False, found[0], np.zeros(8, np.uint8))
    asking_key(some, found[0], known.texts, known.cells, np.zeros(8, np.uint8))
