"""What stands behind a connection: who answers requests, and who is answered when a whole request was taken as it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from makegood.adserver.http import Request, Response

Send = Callable[[Response], None]


class Asking(Protocol):
    """A connection with a whole request in hand; one of the three is called, once."""

    peer: bytes

    def answered(self, response: bytes) -> None:
        """Send a response whose bytes are ready."""
        ...

    def refused(self, response: Response) -> None:
        """Send a response in place of the one that was made."""
        ...

    def general(self, data: bytes) -> None:
        """Take the request the general way."""
        ...


class Answers(Protocol):
    """What answers requests; `send` is to be called once, at once or later, on the event loop.

    `take` may take a whole request as it came, and then tells `asking`.
    """

    def answer(self, request: Request, send: Send) -> None: ...

    def take(self, asking: Asking, data: bytes) -> bool: ...
