"""Creative files: /assets/<sha256>/... for ads, /preview/<token>/... for people reviewing them.

Documents are always sandboxed: third-party code never gets an origin to act from.
"""

from __future__ import annotations

import html
import pathlib
import re

from makegood.adserver import clicktag, files, signing
from makegood.adserver.http import Request, Response, error, header
from makegood.adserver.state import Answer, State

_SHA256 = re.compile(r"[0-9a-f]{64}")
_OPEN_TO_ALL = b"access-control-allow-origin: *\r\ncross-origin-resource-policy: cross-origin\r\n"
_IMMUTABLE = b"cache-control: public, max-age=31536000, immutable\r\n" + _OPEN_TO_ALL
_PLAYER = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tag</title><link rel="stylesheet" href="{base}/preview.css"></head>
<body data-tag="{tag}"><div id="stage"></div><ol id="told"></ol><script src="{base}/preview.js"></script></body></html>
"""
_SANDBOX = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"


def asset(state: State, request: Request) -> Answer:
    """Answer a file of an asset folder, cacheable for ever because the folder is named by its hash.

    Only folders of creatives in the plan: an unapproved creative has no public address.
    """
    folder, _, path = request.path.removeprefix("/assets/").partition("/")
    head = _IMMUTABLE + header("content-security-policy", f"{_SANDBOX}; object-src 'none'; base-uri 'none'")
    if folder not in state.plans.folders:
        return Answer(error(404, "no such file in the plan"))
    found = _found(state, folder, path)
    if found and files.media_type(found).startswith("text/html"):
        more = ("safeframe.js",) if request.query().get("safeframe") == "1" else ()
        page = clicktag.filled(found.read_bytes(), state.settings.public_url, *more)
        return Answer(Response(200, page, head + header("content-type", files.media_type(found)) + b"x-content-type-options: nosniff\r\n"))
    return Answer(_file(request, found, head))


def preview(state: State, request: Request) -> Answer:
    """Answer a file of the folder a signed, short-lived token opens; 403 when forged, 410 when expired."""
    token, _, path = request.path.removeprefix("/preview/").partition("/")
    try:
        folder = signing.verify_preview(state.keys, token, state.clock.now_ms() // 1000)
    except signing.Refused as refusal:
        return Answer(error(410 if refusal.reason == "expired" else 403, f"preview: {refusal.reason}; open it again"))
    ours, framer = f"{state.settings.public_url}/preview/{token}/", state.settings.app_origin or "'none'"
    head = b"cache-control: private, no-store\r\nreferrer-policy: no-referrer\r\n" + _OPEN_TO_ALL
    found = _found(state, folder, path)
    if found and found.suffix == ".xml" and "play" in request.query():
        return Answer(_player(state, path, head, f"sandbox allow-scripts; default-src 'none'; connect-src {ours}; frame-ancestors {framer}; "))
    policy = (
        f"sandbox allow-scripts; default-src {ours}; script-src {ours} 'unsafe-inline'; style-src {ours} 'unsafe-inline'; "
        f"img-src {ours} data:; media-src {ours} data:; font-src {ours} data:; connect-src 'none'; form-action 'none'; "
        f"object-src 'none'; base-uri 'none'; frame-ancestors {framer}"
    )
    return Answer(_file(request, found, head + header("content-security-policy", policy)))


def _player(state: State, path: str, head: bytes, policy: str) -> Response:
    """Return a page of ours that plays the VAST tag beside it; its media come from wherever the tag says, over https."""
    ours = state.settings.public_url
    policy += f"script-src {ours}/preview.js; style-src {ours}/preview.css; media-src {ours} https:; img-src {ours} https:; base-uri 'none'; form-action 'none'"
    page = _PLAYER.format(base=html.escape(ours), tag=html.escape(pathlib.PurePosixPath(path).name))
    return Response(200, page.encode(), head + header("content-type", "text/html; charset=utf-8") + header("content-security-policy", policy))


def _found(state: State, folder: str, path: str) -> pathlib.Path | None:
    return files.inside(state.settings.assets / folder, path) if _SHA256.fullmatch(folder) else None


def _file(request: Request, found: pathlib.Path | None, head: bytes) -> Response:
    return files.respond(request, found, head) if found else error(404, "no such file")
