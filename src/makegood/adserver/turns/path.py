"""What the kernels of a turn need from Python: the plan of the moment, draws, the log; and learning what they did not know.

Which connections there are, and what becomes of what is left over, is `turns`.
"""

from __future__ import annotations

import logging

from makegood.adserver.connections import Connections
from makegood.adserver.http import JSON
from makegood.adserver.plans import LivePlan
from makegood.adserver.routes.ads import CORS
from makegood.adserver.state import State
from makegood.adserver.straight import desk as places
from makegood.adserver.straight import words
from makegood.adserver.straight.asked import Asked
from makegood.adserver.straight.columns import (
    ADDRESS,
    CARD,
    DRAW,
    HANDLE,
    NEW_ASKING,
    NEW_SOURCE,
    PLACE,
    STATUS,
    WHOLE,
    Ints,
)
from makegood.adserver.straight.learning import Full, Learning
from makegood.adserver.turns.answering import MOST, serve
from makegood.adserver.turns.receiving import AT_ONCE
from makegood.adserver.turns.room import Room

_DRAWS = 512
_REQUESTED, _SERVED = ("request",), ("request", "served")
_GIVEN = [HANDLE, DRAW, WHOLE, WHOLE + 1, ADDRESS, ADDRESS + 1]
_RESULTS = slice(places.LOGGED, places.SERVED + 1)
_log = logging.getLogger(__name__)


class StraightPath:
    """Of one server process; `room` is where its kernels work."""

    def __init__(self, state: State, connections: Connections, room: Room) -> None:
        self._state, self._connections, self._room, self._desk = state, connections, room, room.desk
        self._forwarded = state.settings.trust_forwarded
        self._ordinary = state.settings.limits.ordinary and not state.settings.served_waits
        self._desk[places.FORWARDED] = self._forwarded
        self._said: tuple[object, ...] = ()
        self._now_ms = 0
        self._learn_anew()
        self.draw()

    def serve(self) -> int:
        """Take turns while they are ordinary; the number of rows of `found` with something left over among them."""
        try:
            self._ready()
            self._desk[places.ORDINARY] = self._ordinary
        except Exception:  # what goes wrong here must not keep anybody from an answer
            _log.exception("the straight path is not ready; requests go the general way")
            self._desk[places.ORDINARY] = 0
        return self._ran(0)

    def again(self, count: int) -> int:
        """Answer those of the first rows that are ANSWERED, as `learnt` makes them; as `serve`."""
        return self._ran(count)

    def learnt(self, n: int) -> bool:
        """Whether what a row's request asked is known now, so that it can be answered; else it goes the general way."""
        row = self._room.found[n]
        if not self._now_ms:  # this batch speaks of what was learnt before
            return False
        try:
            self._learn(int(row[STATUS]), row, Asked(self._room.text, row, self._forwarded))
        except Full:
            self._learn_anew()
            return False
        except Exception:  # nor this
            _log.exception("the straight path cannot learn a request; it goes the general way")
            return False
        given = row[_GIVEN].copy()
        row[:] = 0
        row[_GIVEN] = given
        return True

    def draw(self) -> None:
        """Draws and nonces for the requests to come."""
        self._us, self._nonces = self._state.random.many(_DRAWS)
        places.put(self._desk, places.US, self._us)
        places.put(self._desk, places.NONCES, self._nonces)
        self._desk[places.DRAWN], self._desk[places.DRAWS] = 0, _DRAWS

    def log_again(self, rows: list[int]) -> str:
        """Write the lines of a batch that the kernel could not write; "" or the fault that keeps them out."""
        length, served = int(self._desk[places.LENGTH]), sum(self._learning.shown(int(self._room.found[n, CARD])) for n in rows)
        fault = self._state.journal.write_at_once(self._room.lines[:length].data, len(rows) + served)
        self._count(len(rows), served, 503 if fault else 200)
        return fault

    def _ran(self, again: int) -> int:
        journal, torn = self._state.journal, 0
        logged = answers = served = 0
        self._desk[places.LOG] = journal.lend()
        try:
            left = serve(self._desk, again)
            logged, torn, answers, served = self._desk[_RESULTS].tolist()
            self._desk[_RESULTS] = 0
        finally:
            journal.returned(logged, answers + served, torn)
        if answers:
            self._count(answers, served, 200)
        return left

    def _count(self, answers: int, served: int, status: int) -> None:
        metrics = self._state.metrics
        metrics.straight += answers
        metrics.events[_SERVED] += served
        metrics.events[_REQUESTED] += answers - served
        metrics.responses["ad", status] += answers

    def _ready(self) -> None:
        """The plan of this moment, the texts that follow from it, and draws."""
        live, now_ms, date = self._state.plans.current, self._state.clock.now_ms(), self._connections.date
        if live is not self._learning.live:
            self._learn_anew()
        if (live, now_ms // 1000, date) != self._said:
            self._say(live, now_ms, date)
        if now_ms != self._now_ms:
            self._learning.at(now_ms)
            words.replace(words.AT, b"%d" % now_ms, self._words, self._word_ends)
            self._now_ms = now_ms
        if self._desk[places.DRAWN] > _DRAWS - MOST - AT_ONCE:
            self.draw()

    def _say(self, live: LivePlan, now_ms: int, date: bytes) -> None:
        times = live.moment(now_ms).times(self._state.settings.event_ttl_s).encode()
        self._words, self._word_ends = words.joined([
            f"{self._state.keys.current}~".encode(), times, b"%d" % now_ms,
            b"HTTP/1.1 200 OK\r\n" + date + b"content-length: ", b"\r\n" + JSON + CORS + b"\r\n",
            b'{"plan":%d,"caps":null,"slots":[{"id":' % live.plan.version,
        ])  # fmt: skip
        places.put(self._desk, places.WORDS, self._words)
        places.put(self._desk, places.WORD_ENDS, self._word_ends)
        self._said = (live, now_ms // 1000, date)

    def _learn(self, status: int, row: Ints, asked: Asked) -> None:
        if status == NEW_SOURCE:
            self._learning.source(asked)
        elif status == NEW_ASKING:
            self._learning.asking(asked, self._now_ms)
        else:
            self._learning.card(int(row[PLACE]), int(row[CARD]))

    def _learn_anew(self) -> None:
        self._learning, self._now_ms = Learning(self._state, self._state.plans.current), 0
        made = self._learning.arrays
        places.put(self._desk, places.TEXTS, made.texts)
        places.put(self._desk, places.CELLS, made.cells)
        places.put(self._desk, places.BOUNDS, made.bounds)
