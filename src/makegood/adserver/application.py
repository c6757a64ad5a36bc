"""From a request to its answer: the route is called, its events go to the log, the response follows them.

Nothing is acknowledged that the disk does not have; what a route answers is in `routes`.
"""

from __future__ import annotations

import logging

from makegood.adserver import routes
from makegood.adserver.http import Request, Response, error
from makegood.adserver.protocol import Send
from makegood.adserver.state import Answer, State

_log = logging.getLogger(__name__)


class Application:
    """Answers the requests of all connections of one process."""

    def __init__(self, state: State) -> None:
        self._state = state

    def answer(self, request: Request, send: Send) -> None:
        """Call the route and send its response, after its events are durable where the route says so."""
        name, route = routes.find(request)
        try:
            answer = route(self._state, request)
            lines = [event.line() for event in answer.events]
        except Exception:  # one bad request must not end the process that serves all the others
            _log.exception("%s %s failed", request.method, request.path)
            answer, lines = Answer(error(500, "the server failed on this request; its log says why")), []
        for event in answer.events:
            self._state.metrics.count("makegood_events_total", kind=event.kind)
        self._deliver(name, answer, lines, send)

    def _deliver(self, name: str, answer: Answer, lines: list[bytes], send: Send) -> None:
        journal = self._state.journal

        def told(fault: str) -> None:
            response = unavailable(fault) if fault else answer.response
            self._state.metrics.count("makegood_responses_total", route=name, status=str(response.status))
            send(response)

        if not lines:
            told("")
        elif answer.waits:
            journal.append(lines, told)
        else:
            journal.append(lines, None)
            told(journal.fault)


def unavailable(fault: str) -> Response:
    """Return the 503 for an event log that cannot be written."""
    response = error(503, f"nothing was counted: {fault}; try again")
    response.head += b"retry-after: 1\r\n"
    return response
