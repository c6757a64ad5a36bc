"""HTTP messages as the routes see them: a request, a response, and the bytes of a response.

Parsing and connections live in `protocol`; what a route answers in `routes`.
"""

from __future__ import annotations

import http
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import msgspec
import orjson

_STATUS_LINES = {s.value: f"HTTP/1.1 {s.value} {s.phrase}\r\n".encode() for s in http.HTTPStatus}
JSON = b"content-type: application/json\r\ncache-control: no-store\r\n"
TEXT = b"content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"


class Request(msgspec.Struct):
    """One parsed request. `path` is as sent (not decoded), header names are lower-case, `peer` is the socket's address."""

    method: str
    path: str
    query_string: str
    headers: dict[str, str]
    body: bytes
    peer: str

    def query(self) -> dict[str, str]:
        """Return decoded query parameters, the first of each name."""
        found: dict[str, str] = {}
        for name, value in parse_qsl(self.query_string, keep_blank_values=True, max_num_fields=100):
            found.setdefault(name, value)
        return found

    def cookie(self, name: str) -> str:
        """Return a cookie's value, "" when there is none."""
        text = self.headers.get("cookie")
        for part in text.split(";") if text else ():
            key, _, value = part.strip().partition("=")
            if key == name:
                return value
        return ""


class Response(msgspec.Struct):
    """`head` is ready header lines, each ending in CRLF; `stream` (with `length`) replaces `body` for files."""

    status: int
    body: bytes = b""
    head: bytes = JSON
    stream: Iterator[bytes] | None = None
    length: int | None = None
    close: bool = False

    def start(self, keep_alive: bool, date: bytes) -> bytes:
        """Return the status line and headers up to and with the empty line; `date` is the ready Date line."""
        length = len(self.body) if self.length is None else self.length
        lines = b"%s%scontent-length: %d\r\n%s" % (_STATUS_LINES[self.status], date, length, self.head)
        return lines + (b"\r\n" if keep_alive else b"connection: close\r\n\r\n")


def json_response(status: int, value: Any, extra: bytes = b"") -> Response:
    """Return `value` as JSON, never cached."""
    return Response(status, orjson.dumps(value), JSON + extra)


def error(status: int, reason: str, *, close: bool = False) -> Response:
    """Return `{"error": reason}`; the reason names the place and the remedy."""
    return Response(status, orjson.dumps({"error": reason}), close=close)


def unavailable(fault: str) -> Response:
    """Return the 503 for an event log that cannot be written."""
    response = error(503, f"nothing was counted: {fault}; try again")
    response.head += b"retry-after: 1\r\n"
    return response


def header(name: str, value: str) -> bytes:
    """Return one header line; line breaks cannot get in."""
    return f"{name}: {value}".replace("\r", "").replace("\n", "").encode("latin-1", "replace") + b"\r\n"
