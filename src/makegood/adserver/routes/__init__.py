"""The table of routes: which function answers which path. One module per family of routes.

A route takes the state and a request and returns an answer; it neither waits nor writes.
"""

from __future__ import annotations

from collections.abc import Callable

from makegood.adserver.http import Request, error, header
from makegood.adserver.routes import ads, assets, beacons, clicks, conversions, frames, health, openrtb, vast
from makegood.adserver.state import Answer, State

Route = Callable[[State, Request], Answer]

EXACT: dict[str, tuple[tuple[str, ...], Route]] = {
    "/ad": (("POST",), ads.post),
    "/tag.js": (("GET", "HEAD"), frames.script),
    "/frame": (("GET",), frames.frame),
    "/creative": (("GET",), frames.creative),
    "/frame.js": (("GET", "HEAD"), frames.script),
    "/safeframe.js": (("GET", "HEAD"), frames.script),
    "/click.js": (("GET", "HEAD"), frames.script),
    "/preview.js": (("GET", "HEAD"), frames.script),
    "/preview.css": (("GET", "HEAD"), frames.script),
    "/frame.css": (("GET", "HEAD"), frames.script),
    "/vast": (("GET",), vast.get),
    "/openrtb": (("POST",), openrtb.post),
    "/native": (("GET",), openrtb.get_native),
    "/click": (("GET",), clicks.get),
    "/conversion": (("GET", "POST"), conversions.report),
    "/health": (("GET", "HEAD"), health.health),
    "/metrics": (("GET",), health.metrics),
}
FAMILIES: dict[str, tuple[tuple[str, ...], Route]] = {
    "e": (("GET", "POST"), beacons.report),
    "assets": (("GET", "HEAD"), assets.asset),
    "preview": (("GET", "HEAD"), assets.preview),
}


def find(request: Request) -> tuple[str, Route]:
    """Return the route's name (for counting) and function; unknown paths and methods answer 404 and 405."""
    name, entry = request.path, EXACT.get(request.path)
    if entry is None:
        name = request.path[1:].partition("/")[0]
        entry = FAMILIES.get(name)
    if entry is None:
        return "none", _missing
    methods, route = entry
    if request.method == "OPTIONS":
        return "preflight", lambda state, request: ads.preflight(methods)
    if request.method not in methods:
        return name.strip("/"), lambda state, request: _not_allowed(methods)
    return name.strip("/"), route


def _missing(state: State, request: Request) -> Answer:
    return Answer(error(404, "no such path; docs/adserver.md lists them"))


def _not_allowed(methods: tuple[str, ...]) -> Answer:
    response = error(405, f"use {' or '.join(methods)}")
    response.head += header("allow", ", ".join(methods))
    return Answer(response)
