"""A turn's ad requests answered together: two kernels, and between them the MACs of hashlib.

What cannot be answered here is handed back to its connection, which takes it the general way in the same turn.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from makegood.adserver.answers import Asking
from makegood.adserver.connections import Connections
from makegood.adserver.http import JSON, unavailable
from makegood.adserver.routes.ads import CORS
from makegood.adserver.state import State
from makegood.adserver.straight import words
from makegood.adserver.straight.asked import Asked
from makegood.adserver.straight.columns import (
    ANSWERED,
    CARD,
    GENERAL,
    NEW_ASKING,
    NEW_CARD,
    NEW_SOURCE,
    PLACE,
    WIDTH,
    Bytes,
    Ints,
)
from makegood.adserver.straight.deciding import decide_each
from makegood.adserver.straight.learning import MOST_REPLY_BYTES, Full, Learning
from makegood.adserver.straight.payloads import PAYLOAD_BYTES
from makegood.adserver.straight.questions import KEY_BYTES
from makegood.adserver.straight.writing import write_each

MOST_BYTES = 4096
"""Longer requests go the general way; no limit a seller may set is below it unless the path is off."""
_AT_ONCE, _HEAD_BYTES, _LOG_BYTES = 64, 1024, 4096
_REQUESTED, _SERVED = ("request",), ("request", "served")
_log = logging.getLogger(__name__)


class StraightPath:
    """Of one server process."""

    def __init__(self, state: State, connections: Connections) -> None:
        self._state, self._connections = state, connections
        self._learning = Learning(state, state.plans.current)
        self._key, self._found = np.zeros(KEY_BYTES, np.uint8), np.zeros((_AT_ONCE, WIDTH), np.int64)
        self._payloads = np.zeros(_AT_ONCE * PAYLOAD_BYTES, np.uint8)
        self._out, self._out_ends = np.zeros(_AT_ONCE * (MOST_REPLY_BYTES + _HEAD_BYTES), np.uint8), np.zeros(_AT_ONCE, np.int64)
        self._log = np.zeros(_AT_ONCE * _LOG_BYTES, np.uint8)
        self._payloads_view, self._out_view, self._log_view = self._payloads.data, self._out.data, self._log.data
        self._said: tuple[object, ...] = ()
        self._now_ms = 0
        self._words, self._word_ends = words.joined([])

    def answer(self, batch: Sequence[Asking], parts: Sequence[bytes]) -> None:
        """Answer what can be; the rest is handed back before this returns. `parts` are a request and its sender's address each."""
        for first in range(0, len(batch), _AT_ONCE):
            some, theirs = batch[first : first + _AT_ONCE], parts[2 * first : 2 * (first + _AT_ONCE)]
            try:
                self._answer(some, theirs)
            except Exception:  # what goes wrong here must not keep anybody from an answer
                _log.exception("the straight path failed; its requests go the general way")
                for asking, data in zip(some, theirs[::2], strict=True):
                    asking.general(data)

    def _answer(self, batch: Sequence[Asking], parts: Sequence[bytes]) -> None:
        count, now_ms = len(batch), self._ready()
        text, lengths = _array(bytearray().join(parts)), np.array(list(map(len, parts)), dtype=np.int64)
        us, nonces = self._state.random.many(count)
        length = decide_each(
            text, lengths, self._state.settings.trust_forwarded, us, nonces, self._words, self._word_ends, self._key, self._found,
            self._payloads, *self._learning.arrays,
        )  # fmt: skip
        rows = self._found[:count, :4].tolist()
        logged = write_each(
            text, self._found, count, nonces, self._words, self._word_ends, self._payloads, _array(self._signed(rows, length)),
            self._out, self._out_ends, self._log, *self._learning.arrays[:2],
        )  # fmt: skip
        self._send(batch, rows, logged)
        for n, row in enumerate(rows):
            if row[0] != ANSWERED:
                if self._said:
                    self._learn(text, n, now_ms)
                batch[n].general(parts[2 * n])

    def _ready(self) -> int:
        """The plan of this moment, and the texts that follow from it; milliseconds since 1970 UTC."""
        live, now_ms, date = self._state.plans.current, self._state.clock.now_ms(), self._connections.date
        if live is not self._learning.live:
            self._learning, self._now_ms = Learning(self._state, live), 0
        said = (live, now_ms // 1000, date)
        if said != self._said:
            times = live.moment(now_ms).times(self._state.settings.event_ttl_s).encode()
            self._words, self._word_ends = words.joined([
                f"{self._state.keys.current}~".encode(), times, b"%d" % now_ms,
                b"HTTP/1.1 200 OK\r\n" + date + b"content-length: ", b"\r\n" + JSON + CORS + b"\r\n",
                b'{"plan":%d,"caps":null,"slots":[{"id":' % live.plan.version,
            ])  # fmt: skip
            self._said = said
        if now_ms != self._now_ms:
            self._learning.at(now_ms)
            words.replace(words.AT, b"%d" % now_ms, self._words, self._word_ends)
            self._now_ms = now_ms
        return now_ms

    def _signed(self, rows: list[list[int]], length: int) -> bytearray:
        """The MACs of all that is answered, in order."""
        payloads, sets, made = self._payloads_view[:length].tobytes(), self._learning.sets, list[bytes]()
        for status, card, begin, end in rows:
            if status == ANSWERED:
                for begun in sets[card]:
                    mac = begun.copy()
                    mac.update(payloads[begin:end])
                    made.append(mac.digest())
        return bytearray().join(made)

    def _send(self, batch: Sequence[Asking], rows: list[list[int]], logged: int) -> None:
        """Send the responses once the log has their events, or refuse them all."""
        state, shown, answered, served = self._state, self._learning.shown, 0, 0
        for row in rows:
            if row[0] == ANSWERED:
                answered, served = answered + 1, served + shown[row[1]]
        if not answered:
            return
        fault = state.journal.write_at_once(self._log_view[:logged], answered + served)
        metrics = state.metrics
        metrics.straight += answered
        metrics.events[_SERVED] += served
        metrics.events[_REQUESTED] += answered - served
        metrics.responses["ad", 503 if fault else 200] += answered
        ends, begin = self._out_ends[: len(batch)].tolist(), 0
        out = self._out_view[: ends[-1]].tobytes()
        for asking, row, end in zip(batch, rows, ends, strict=True):
            if row[0] == ANSWERED:
                asking.refused(unavailable(fault)) if fault else asking.answered(out[begin:end])
            begin = end

    def _learn(self, text: Bytes, n: int, now_ms: int) -> None:
        row: Ints = self._found[n]
        asked = Asked(text, row, self._state.settings.trust_forwarded)
        status, learning = int(row[0]), self._learning
        try:
            if status == NEW_SOURCE:
                learning.source(asked)
            elif status == NEW_ASKING:
                learning.asking(asked, now_ms)
            elif status == NEW_CARD:
                learning.card(int(row[PLACE]), int(row[CARD]))
            else:
                assert status == GENERAL
        except Full:
            # Rows of this batch speak of what was learnt before: nothing more is learnt from them.
            self._learning = Learning(self._state, learning.live)
            self._said, self._now_ms = (), 0


def _array(data: bytearray) -> Bytes:
    """The bytes for a kernel; writable, because numba takes the long way round for an array that is not."""
    return np.frombuffer(data, dtype=np.uint8)
