"""Bytes into requests by llhttp (httptools), with a limit on everything a stranger can make long.

Answering and connections live in `protocol`.
"""

from __future__ import annotations

import dataclasses

import httptools

from makegood.adserver.http import Request, Response, error


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
    connections: int = 10_000


class RequestReader:
    """Collects `(request, keep_alive)` pairs; a breach or broken HTTP ends it with `fault`, the response to send."""

    def __init__(self, limits: Limits, peer: str) -> None:
        self.complete: list[tuple[Request, bool]] = []
        self.fault: Response | None = None
        self.ended = False
        self.in_message = False
        self._limits, self._peer = limits, peer
        self._parser = httptools.HttpRequestParser(self)
        self._in_head, self._unparsed_bytes = False, 0

    def feed(self, data: bytes) -> None:
        """Read `data`; afterwards look at `complete`, `fault` and `ended`."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.ended = True
        except httptools.HttpParserError as fault:
            self._stop(400, f"not HTTP/1.1: {fault}")
        if self._in_head:
            # llhttp keeps an unfinished header line to itself, so the raw bytes of an unfinished head count too.
            self._unparsed_bytes += len(data)
            if self._unparsed_bytes > self._limits.head_bytes + self._limits.url_bytes:
                self._stop(431, f"the head of the request is longer than {self._limits.head_bytes} bytes")

    def on_message_begin(self) -> None:
        """Start a request (called by the parser, as are the rest)."""
        self.in_message = self._in_head = True
        self._unparsed_bytes = self._head_bytes = 0
        self._url, self._body = b"", b""
        self._headers: dict[str, str] = {}

    def on_url(self, url: bytes) -> None:
        """Collect the target."""
        self._url += url
        if len(self._url) > self._limits.url_bytes:
            self._stop(414, f"the URL is longer than {self._limits.url_bytes} bytes")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect one header."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        self._head_bytes += len(name) + len(value) + 4
        if len(self._headers) > self._limits.headers or self._head_bytes > self._limits.head_bytes:
            self._stop(431, f"headers are limited to {self._limits.headers} lines and {self._limits.head_bytes} bytes")

    def on_headers_complete(self) -> None:
        """Refuse an announced body that is too long before it is sent."""
        self._in_head = False
        length = self._headers.get("content-length", "")
        if length.isdigit() and int(length) > self._limits.body_bytes:
            self._stop(413, f"the body is longer than {self._limits.body_bytes} bytes")

    def on_body(self, body: bytes) -> None:
        """Collect the body, chunked or not."""
        if len(self._body) + len(body) > self._limits.body_bytes:
            self._stop(413, f"the body is longer than {self._limits.body_bytes} bytes")
        else:
            self._body += body

    def on_message_complete(self) -> None:
        """Hand over the request."""
        self.in_message = False
        if self.ended:
            return
        path, _, query = self._url.decode("latin-1").partition("?")
        method = self._parser.get_method().decode("latin-1")
        request = Request(method, path, query, self._headers, self._body, self._peer)
        self.complete.append((request, self._parser.should_keep_alive()))

    def _stop(self, status: int, reason: str) -> None:
        if not self.ended:
            self.ended, self.fault = True, error(status, reason, close=True)
