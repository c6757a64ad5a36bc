"""Which pages may read an answer: any, by name, because callers send credentials for which "*" is no answer."""

from __future__ import annotations

from makegood.adserver.http import Request, header


def cors(request: Request) -> bytes:
    """Return the CORS lines for the asking origin; the reply is the caller's own ad and nothing else."""
    origin = request.headers.get("origin")
    if not origin:
        return b"access-control-allow-origin: *\r\n"
    allowed = header("access-control-allow-origin", origin)
    return allowed + b"access-control-allow-credentials: true\r\nvary: origin\r\n"
