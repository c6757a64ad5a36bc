"""/e/<kind>: signed event URLs that pages and players call when an ad is shown, seen or played.

A beacon is acknowledged once its event is on disk; a forged or stale one is logged as refused and never counts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from makegood.adserver import events, macros, signing
from makegood.adserver.http import Request, Response, error
from makegood.adserver.state import Answer, State

_GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
_HEAD = b"cache-control: no-store\r\naccess-control-allow-origin: *\r\n"
_STATUS = {"forged": 403, "unknown_key": 403, "expired": 410}


def report(state: State, request: Request) -> Answer:
    """Answer 204, or a 1x1 GIF to an image request; 403 or 410 with the reason for what is refused."""
    kind = next((known for known in events.BEACONS if request.path == f"/e/{known}"), None)
    if kind is None:
        return Answer(error(404, f"no such event; one of {', '.join(events.BEACONS)}"))
    query, now_ms, source = request.query(), state.clock.now_ms(), state.sources.of(request)
    try:
        grant = signing.verify(state.keys, kind, query.get("t", ""), now_ms // 1000)
    except signing.Refused as refusal:
        return not_counted(state, refusal, source, kind)
    event = events.of(grant, kind, now_ms, source, zero_size=query.get("z") == "1")
    if kind in ("progress", "error"):
        event = detailed(event, query)
    happened = (event,) if kind != "audible" or macros.heard(query.get("state")) else ()
    return acknowledged(request, happened)


def acknowledged(request: Request, happened: tuple[events.Event, ...]) -> Answer:
    """Answer 204, or a 1x1 GIF to an image request, once what happened is on disk."""
    if "image/" in request.headers.get("accept", ""):
        return Answer(Response(200, _GIF, b"content-type: image/gif\r\n" + _HEAD), happened)
    return Answer(Response(204, head=_HEAD), happened)


def not_counted(state: State, refusal: signing.Refused, source: events.Source, kind: events.Kind) -> Answer:
    """Answer 403 or 410 with the reason, and record it."""
    answer = Answer(error(_STATUS[refusal.reason], refusal.reason), (refused(state, refusal, source, kind),))
    answer.response.head += _HEAD
    return answer


def detailed(event: events.Event, query: Mapping[str, str]) -> events.Event:
    """Return a progress or error event with what the player adds: whole seconds played, or the VAST error code."""
    if event.kind == "error":
        return dataclasses.replace(event, reason=macros.error_code(query.get("code", "")))
    second = query.get("at", "")
    return dataclasses.replace(event, id=f"{event.id}{second}", reason=second) if second in events.PROGRESS_S else event


def refused(state: State, refusal: signing.Refused, source: events.Source, kind: events.Kind) -> events.Event:
    """Return the record of a refused `kind`: what a token claims is not copied from one that is forged.

    A stale one keeps its nonce and kind in its id, so that counting can tell a late impression from a late click.
    """
    state.metrics.count("makegood_refused_total", reason=refusal.reason)
    nonce, now_ms = state.random.nonce(), state.clock.now_ms()
    if refusal.grant is None:
        return events.Event(
            f"{nonce}.refused", "refused", now_ms, ip=source.ip, bot=source.bot, datacentre=source.datacentre,
            prefetch=source.prefetch, reason=refusal.reason,
        )  # fmt: skip
    stale = events.of(refusal.grant, "refused", now_ms, source, reason=refusal.reason)
    return dataclasses.replace(stale, id=f"{refusal.grant.nonce}.{kind}.refused")
