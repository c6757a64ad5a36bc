"""An HTML5 bundle's page as it is served: its bytes with our script first, which fills its click tag.

The received file stays as approved; only what browsers get has the one line more.
"""

from __future__ import annotations

import importlib.resources
import re

_FIRST = re.compile(rb"<head(?:\s[^>]*)?>|<html(?:\s[^>]*)?>|<!doctype[^>]*>", re.IGNORECASE)
_AHEAD = 64 << 10
"""How far into the page its head is looked for."""


def filled(page: bytes, public_url: str, *more: str) -> bytes:
    """Return the page with our script, and `more` of ours by name, first in its head, or at its beginning where it has none."""
    found = {match[0][1:5].lower(): match.end() for match in _FIRST.finditer(page[:_AHEAD])}
    at = found.get(b"head") or found.get(b"html") or found.get(b"!doc") or 0
    ours = "".join(f'<script src="{public_url}/{name}"></script>' for name in ("click.js", *more))
    return page[:at] + ours.encode() + page[at:]


def script() -> str:
    """Return the script itself, for whoever runs a bundle without this server."""
    return importlib.resources.files("makegood.adserver").joinpath("static/click.js").read_text("utf-8")
