"""Files of one folder as HTTP responses: safe path join, type by suffix, byte ranges.

Which folder a request may see is decided by the routes.
"""

from __future__ import annotations

import mimetypes
import os
import pathlib
import re
from collections.abc import Iterator
from urllib.parse import unquote

from makegood.adserver.http import Request, Response, error, header

_CHUNK = 128 << 10
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
ACTIVE = ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml")
"""Types a browser would run as a document; they are always sandboxed."""


def inside(folder: pathlib.Path, path: str) -> pathlib.Path | None:
    """Return the regular file at the URL path within `folder`; None for anything else, links out of it included."""
    decoded = unquote(path)
    if "\0" in decoded or "\\" in decoded:
        return None
    root = os.path.realpath(folder)
    found = os.path.realpath(os.path.join(root, decoded.lstrip("/")))
    return pathlib.Path(found) if found.startswith(root + os.sep) and os.path.isfile(found) else None


def media_type(path: pathlib.Path) -> str:
    """Return the type for a file name; unknown ones are octets."""
    suffix = path.suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type("x" + suffix)[0] or "application/octet-stream"


def respond(request: Request, path: pathlib.Path, head: bytes) -> Response:
    """Return the file, or the one byte range asked for (RFC 9110 section 14); `head` holds caching and policy lines."""
    size = path.stat().st_size
    head += header("content-type", media_type(path)) + b"accept-ranges: bytes\r\nx-content-type-options: nosniff\r\n"
    wanted = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if not wanted or wanted.groups() == ("", ""):
        return Response(200, head=head, stream=_chunks(path, 0, size), length=size)
    first, last = _bounds(wanted[1], wanted[2], size)
    if first > last:
        response = error(416, f"the file has {size} bytes")
        response.head += header("content-range", f"bytes */{size}")
        return response
    head += header("content-range", f"bytes {first}-{last}/{size}")
    return Response(206, head=head, stream=_chunks(path, first, last - first + 1), length=last - first + 1)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _chunks(path: pathlib.Path, offset: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
