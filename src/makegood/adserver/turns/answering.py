"""Kernel of a turn: what has come is decided, signed, written to the log and sent, without Python in between.

It goes on turn after turn while every request is an ordinary one, and stops at whatever needs Python.
"""

from __future__ import annotations

from makegood.adserver.straight import desk as places
from makegood.adserver.straight.calling import bytes_at, called, floats_at, ints_at
from makegood.adserver.straight.columns import ANSWERED, CARD, DONE, HANDLE, SENT, STATUS, UNLOGGED, UNSENT, WIDTH, Ints
from makegood.adserver.straight.deciding import decide_each
from makegood.adserver.straight.learnt import CARD_ROWS, CARD_WIDTH, SHOWN
from makegood.adserver.straight.signing import sign_each
from makegood.adserver.straight.writing import write_each
from makegood.adserver.turns.receiving import AT_ONCE, receive
from makegood.engine.kernels import compiled

MOST = 128
"""Requests after which others on the event loop get their turn: about two milliseconds."""
_QUIETLY = 0x4040
"""MSG_DONTWAIT and MSG_NOSIGNAL."""


@compiled
def serve(desk: Ints, again: int) -> int:
    """Receive and answer until nothing has come, something is left over, or MOST requests are answered.

    With `again`, instead: answer those of so many rows that are ANSWERED, because what they asked has been learnt. Return the number
    of rows with something left over among them, 0 for none.
    """
    found = ints_at(desk, places.FOUND).reshape((AT_ONCE, WIDTH))
    if again:
        return again if answer(desk, found, again) else 0
    most = desk[places.ANSWERS] + MOST
    while desk[places.ANSWERS] < most:
        count = receive(desk, found)
        if count == 0 or answer(desk, found, count):
            return count
    return 0


@compiled
def answer(desk: Ints, found: Ints, count: int) -> bool:
    """Decide, sign, log and send; whether anything is left over."""
    text, texts, cells = bytes_at(desk, places.TEXT), bytes_at(desk, places.TEXTS), ints_at(desk, places.CELLS)
    nonces, words, word_ends = bytes_at(desk, places.NONCES), bytes_at(desk, places.WORDS), ints_at(desk, places.WORD_ENDS)
    payloads, ends = bytes_at(desk, places.PAYLOADS), ints_at(desk, places.OUT_ENDS)
    decide_each(
        text, found, count, desk[places.FORWARDED] != 0, floats_at(desk, places.US), nonces, words, word_ends, bytes_at(desk, places.KEY), payloads,
        texts, cells, floats_at(desk, places.BOUNDS),
    )  # fmt: skip
    sign_each(desk, found, count, cells, desk[places.TEXTS], desk[places.PAYLOADS], desk[places.DIGESTS])
    logged = write_each(
        text, found, count, nonces, words, word_ends, payloads, bytes_at(desk, places.DIGESTS), bytes_at(desk, places.OUT), ends,
        bytes_at(desk, places.LINES), texts, cells,
    )  # fmt: skip
    desk[places.LENGTH] = logged
    if logged and not _logged(desk, logged):
        return _unlogged(found, count)
    return _send_each(desk, found, count, ends, cells)


@compiled
def _logged(desk: Ints, length: int) -> bool:
    """Whether the operating system has taken all lines of the batch; what it took of them otherwise is torn."""
    done = 0
    while done < length:
        taken = called(desk[places.WRITE], desk[places.LOG], desk[places.LINES] + done, length - done, 0)
        if taken <= 0:
            desk[places.TORN] = done
            return False
        done += taken
    desk[places.LOGGED] += length
    return True


@compiled
def _unlogged(found: Ints, count: int) -> bool:
    for n in range(count):
        if found[n, STATUS] == ANSWERED:
            found[n, STATUS] = UNLOGGED
    return True


@compiled
def _send_each(desk: Ints, found: Ints, count: int, ends: Ints, cells: Ints) -> bool:
    """Send what is answered; whether anything is left over, be it a response the peer does not take at once."""
    touched, begin, left = bytes_at(desk, places.TOUCHED), 0, False
    for n in range(count):
        row, end = found[n], ends[n]
        if row[STATUS] == ANSWERED:
            sent = called(desk[places.SEND], row[HANDLE], desk[places.OUT] + begin, end - begin, _QUIETLY)
            touched[row[HANDLE]] = 1
            desk[places.ANSWERS] += 1
            desk[places.SERVED] += cells[cells[CARD_ROWS] + row[CARD] * CARD_WIDTH + SHOWN]
            row[STATUS], row[SENT] = DONE if sent == end - begin else UNSENT, max(sent, 0)
        left |= row[STATUS] != DONE
        begin = end
    return left
