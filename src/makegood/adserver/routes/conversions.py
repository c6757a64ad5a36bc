"""/conversion: the advertiser's page or server reports what a person did after a click, with the token the click gave it.

The token is signed like a beacon and lasts as long as the line counts conversions. An order counts once for a line.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from typing import Annotated

import msgspec

from makegood.adserver import events, signing
from makegood.adserver.http import Request, error
from makegood.adserver.routes import ads, beacons
from makegood.adserver.state import Answer, State

LONGEST_ORDER = 200
_DAY_S = 86_400


class Told(msgspec.Struct, frozen=True):
    """`click` is the token of the click; `order` is the advertiser's own number for what was done, "" where there is none."""

    click: str
    order: Annotated[str, msgspec.Meta(max_length=LONGEST_ORDER)] = ""


_DECODER = msgspec.json.Decoder(Told)


def token(state: State, grant: signing.Grant, now_s: int) -> str:
    """Return the token of a click: what its conversions may report, "" for an ad whose flight the plan no longer has."""
    flight = state.plans.current.flights.get(grant.flight_id)
    if flight is None:
        return ""
    clicked = dataclasses.replace(grant, issued_s=now_s, expires_s=now_s + flight.conversion_days * _DAY_S)
    return signing.sign(state.keys, "conversion", clicked.payload(state.keys.current))


def report(state: State, request: Request) -> Answer:
    """Answer 204 (a GIF to an image request); 400 for what cannot be read, 403 or 410 with the reason for a refused token.

    GET is a person's browser and judged like one; POST is the advertiser's own server, of which nothing is judged.
    """
    try:
        told = _told(request)
    except msgspec.MsgspecError as fault:
        answer = Answer(error(400, f"conversion: {fault}; expected click and, where there is one, order"))
        answer.response.head += ads.CORS
        return answer
    now_ms = state.clock.now_ms()
    source = state.sources.of(request) if request.method == "GET" else events.NOBODY
    try:
        grant = signing.verify(state.keys, "conversion", told.click, now_ms // 1000)
    except signing.Refused as refusal:
        return beacons.not_counted(state, refusal, source, "conversion")
    event = events.of(grant, "conversion", now_ms, source)
    return beacons.acknowledged(request, (dataclasses.replace(event, id=_id(grant, told.order)),))


def _told(request: Request) -> Told:
    return msgspec.convert(request.query(), Told) if request.method == "GET" else _DECODER.decode(request.body)


def _id(grant: signing.Grant, order: str) -> str:
    """Two reports of one order for one line are one event; without an order, two of one ad."""
    if not order:
        return f"{grant.nonce}.conversion"
    digest = hashlib.blake2b(f"{grant.line_id}~{order}".encode("utf-8", "replace"), digest_size=15).digest()
    return f"{base64.urlsafe_b64encode(digest).decode()}.conversion"
