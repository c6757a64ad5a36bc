"""Kernel that signs the payloads of a batch: one MAC for every set of kinds (docs/decisions 6), made by a library.

Which library is `macs`; the text that is signed `payloads`; where tags go `writing`.
"""

from __future__ import annotations

from makegood.adserver.keys import TAG_LENGTH, TAGS
from makegood.adserver.straight.calling import as_int, called
from makegood.adserver.straight.columns import ANSWERED, CARD, GENERAL, PAYLOAD, STATUS, Ints
from makegood.adserver.straight.desk import MAC, MAC_ADD, MAC_BEGIN, MAC_END, MAC_MADE
from makegood.adserver.straight.learnt import (
    CARD_ROWS,
    CARD_WIDTH,
    PIECE_COUNT,
    PIECE_FIRST,
    PIECE_NAME,
    PIECE_SET,
    PIECE_WIDTH,
    PIECES,
)
from makegood.engine.kernels import compiled

DIGEST_BYTES = TAGS * TAG_LENGTH * 6 // 8


@compiled
def sign_each(desk: Ints, found: Ints, count: int, cells: Ints, texts_at: int, payloads_at: int, digests_at: int) -> None:
    """Put the MACs of all that is answered behind one another in order; the last three are addresses of arrays."""
    to = digests_at
    for n in range(count):
        if found[n, STATUS] == ANSWERED:
            row, before = found[n], -1
            card = cells[CARD_ROWS] + row[CARD] * CARD_WIDTH
            first, begun = cells[PIECES] + cells[card + PIECE_FIRST] * PIECE_WIDTH, to
            for each in range(first, first + cells[card + PIECE_COUNT] * PIECE_WIDTH, PIECE_WIDTH):
                if cells[each + PIECE_SET] != before:
                    before = cells[each + PIECE_SET]
                    name, length = texts_at + cells[each + PIECE_NAME], cells[each + PIECE_NAME + 1] - cells[each + PIECE_NAME]
                    if _sign(desk, name, length, payloads_at + row[PAYLOAD], row[PAYLOAD + 1] - row[PAYLOAD], to):
                        to += DIGEST_BYTES
                    else:
                        row[STATUS], to = GENERAL, begun
                        break


@compiled
def _sign(desk: Ints, name: int, name_length: int, payload: int, length: int, to: int) -> bool:
    """Whether the MAC of name and payload now stands at `to`."""
    mac = desk[MAC]
    went = called(desk[MAC_BEGIN], mac, 0, 0, 0)
    went &= called(desk[MAC_ADD], mac, name, name_length, 0)
    went &= called(desk[MAC_ADD], mac, payload, length, 0)
    went &= called(desk[MAC_END], mac, to, desk[MAC_MADE], DIGEST_BYTES)
    return as_int(went) == 1


@compiled
def sets_of(card: int, cells: Ints) -> int:
    """How many MACs a card has: sets stand in order, so its last piece is of the last."""
    past = cells[card + PIECE_FIRST] + cells[card + PIECE_COUNT]
    return int(cells[cells[PIECES] + (past - 1) * PIECE_WIDTH + PIECE_SET]) + 1 if cells[card + PIECE_COUNT] else 0
