"""Bytes into requests by llhttp (httptools), with a limit on everything a stranger can make long.

Answering and connections live in `protocol`.
"""

from __future__ import annotations

import dataclasses

import httptools

from makegood.adserver.http import Request, Response, error

_MOST_CHUNKING = 4
"""A body in chunks, its trailer included, may take so many times the bytes it carries."""


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What one connection may cost; times in seconds."""

    url_bytes: int = 8 << 10
    head_bytes: int = 16 << 10
    headers: int = 64
    body_bytes: int = 64 << 10
    pipelined: int = 16
    receive_s: float = 10.0
    write_s: float = 30.0
    idle_s: float = 75.0
    parting_s: float = 2.0
    connections: int = 10_000

    @property
    def ordinary(self) -> bool:
        """Whether a request of 4 KiB and 32 headers is within them all, so that none need be measured."""
        return min(self.head_bytes, self.body_bytes) >= 4096 and self.headers >= 32


class _Names(dict[bytes, str]):
    """Header names as sent to lower-case text; the few that people send are remembered."""

    def __missing__(self, name: bytes) -> str:
        text = name.decode("latin-1").lower()
        if len(self) < 1000:
            self[name] = text
        return text


_NAMES = _Names()


class RequestReader:
    """Collects `(request, keep_alive)` pairs; a breach or broken HTTP ends it with `fault`, the response to send."""

    def __init__(self, limits: Limits, peer: str) -> None:
        self.complete: list[tuple[Request, bool]] = []
        self.fault: Response | None = None
        self.ended = False
        self.in_message = False
        self._limits, self._peer = limits, peer
        self._in_head, self._unfinished_bytes = False, 0
        self._raw: dict[bytes, bytes] = {}
        self.on_header = self._raw.__setitem__  # called by the parser for each header, without a frame of Python
        self._parser = httptools.HttpRequestParser(self)

    def feed(self, data: bytes) -> None:
        """Read `data`; afterwards look at `complete`, `fault` and `ended`."""
        portion = self._limits.head_bytes
        if len(data) <= portion:
            self._feed(data)
            return
        for start in range(0, len(data), portion):  # so that no head is longer than its limit without being seen
            if not self.ended:
                self._feed(data[start : start + portion])

    def _feed(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.ended = True
        except httptools.HttpParserError as fault:
            self._stop(400, f"not HTTP/1.1: {fault}")
        if self.in_message:
            # llhttp keeps an unfinished line to itself, so the raw bytes of an unfinished head or trailer count too.
            self._unfinished_bytes += len(data)
            head = self._limits.head_bytes + self._limits.url_bytes
            if self._in_head and self._unfinished_bytes > head:
                self._stop(431, f"the head of the request is longer than {self._limits.head_bytes} bytes")
            elif self._unfinished_bytes > head + _MOST_CHUNKING * self._limits.body_bytes:
                self._stop(413, f"the body is longer than {self._limits.body_bytes} bytes")

    def on_message_begin(self) -> None:
        """Start a request (called by the parser, as are the rest)."""
        self.in_message = self._in_head = True
        self._unfinished_bytes = 0
        self._url = self._body = b""
        self._raw.clear()

    def on_url(self, url: bytes) -> None:
        """Collect the target."""
        self._url += url
        if len(self._url) > self._limits.url_bytes:
            self._stop(414, f"the URL is longer than {self._limits.url_bytes} bytes")

    def on_headers_complete(self) -> None:
        """Refuse a head that is too long, and an announced body that is before it is sent."""
        self._in_head = False
        raw, limits = self._raw, self._limits
        if len(raw) > limits.headers or (self._unfinished_bytes and _size(raw) > limits.head_bytes):
            self._stop(431, f"headers are limited to {limits.headers} names and {limits.head_bytes} bytes")
        self._headers = {_NAMES[name]: str(value, "latin-1") for name, value in raw.items()}
        length = self._headers.get("content-length")
        if length and length.isdigit() and int(length) > limits.body_bytes:
            self._stop(413, f"the body is longer than {limits.body_bytes} bytes")

    def on_body(self, body: bytes) -> None:
        """Collect the body, chunked or not."""
        if len(self._body) + len(body) > self._limits.body_bytes:
            self._stop(413, f"the body is longer than {self._limits.body_bytes} bytes")
        else:
            self._body = self._body + body if self._body else body

    def on_message_complete(self) -> None:
        """Hand over the request."""
        self.in_message = False
        if self.ended:
            return
        path, _, query = self._url.decode("latin-1").partition("?")
        parser = self._parser
        request = Request(str(parser.get_method(), "latin-1"), path, query, self._headers, self._body, self._peer)
        self.complete.append((request, parser.should_keep_alive()))

    def _stop(self, status: int, reason: str) -> None:
        if not self.ended:
            self.ended, self.fault = True, error(status, reason, close=True)


def _size(headers: dict[bytes, bytes]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.items())
