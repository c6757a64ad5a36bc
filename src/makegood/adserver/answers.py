"""What stands behind a connection: who answers its requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from makegood.adserver.http import Request, Response

Send = Callable[[Response], None]


class Answers(Protocol):
    """What answers requests; `send` is to be called once, at once or later, on the event loop."""

    def answer(self, request: Request, send: Send) -> None: ...
