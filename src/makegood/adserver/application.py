"""From a request to its answer: the route is called, its events go to the log, the response follows them.

What a route answers is in `routes`; what "written" and "durable" promise stands in docs/decisions.
"""

from __future__ import annotations

import asyncio
import logging

from makegood.adserver import routes
from makegood.adserver.answers import Send
from makegood.adserver.http import Request, error, unavailable
from makegood.adserver.state import Answer, State

_log = logging.getLogger(__name__)


class Application:
    """Answers the requests of all connections of one process.

    Requests of one turn of the event loop are answered together: the processor then goes over the same code again and
    again, and their events are one write.
    """

    def __init__(self, state: State, loop: asyncio.AbstractEventLoop) -> None:
        self._state, self._metrics, self._loop = state, state.metrics, loop
        self._asked: list[tuple[Request, Send]] = []

    def answer(self, request: Request, send: Send) -> None:
        """Answer at the end of this turn of the loop."""
        if not self._asked:
            self._loop.call_soon(self._turn)
        self._asked.append((request, send))

    def _turn(self) -> None:
        asked, self._asked = self._asked, []
        for request, send in asked:
            self._answer(request, send)
        self._state.journal.write()

    def _answer(self, request: Request, send: Send) -> None:
        """Call the route and send its response, after its events are written, or durable where the route says so."""
        name, route = routes.find(request)
        metrics = self._metrics
        try:
            answer = route(self._state, request)
            lines = []
            for event in answer.events:
                lines.append(event.line())
                metrics.events[event.kinds] += 1
        except Exception:  # one bad request must not end the process that serves all the others
            _log.exception("%s %s failed", request.method, request.path)
            answer, lines = Answer(error(500, "the server failed on this request; its log says why")), []

        def told(fault: str) -> None:
            response = unavailable(fault) if fault else answer.response
            metrics.responses[name, response.status] += 1
            send(response)

        if not lines:
            told("")
            return
        self._state.journal.append(lines, told, durable=answer.waits)
