"""The HTML tag: /tag.js on the publisher's page makes sandboxed frames; /frame is the document in one of them.

/creative shows an ad that was chosen before, for callers that bid first and render later. The document is `drawn`.
"""

from __future__ import annotations

import functools
import importlib.resources
import pathlib

from makegood.adserver import adrequest, drawn, files, offers, signing, withdrawing
from makegood.adserver.http import Request, Response, error, header
from makegood.adserver.offers import Offer
from makegood.adserver.routes import ads
from makegood.adserver.state import Answer, State


def script(state: State, request: Request) -> Answer:
    """Answer our own scripts and style sheet."""
    name = request.path[1:]
    head = header("content-type", files.media_type(pathlib.Path(name))) + b"cache-control: public, max-age=3600\r\n"
    return Answer(Response(200, _static(name), head + ads.CORS + b"x-content-type-options: nosniff\r\n"))


def frame(state: State, request: Request) -> Answer:
    """Answer the document that shows one ad, or an empty one that asks the page to close the gap.

    What a frame cannot draw (an advertiser's VAST tag, native assets) is not counted as served.
    """
    try:
        made = offers.make(state, request, adrequest.from_query(request.query()))
    except adrequest.BadRequest as fault:
        return Answer(error(400, str(fault)))
    offer = made.offers[0]
    if offer.creative and offer.creative.kind not in drawn.DRAWABLE:
        made = withdrawing.keep(state, made, ())
        offer = made.offers[0]
    return Answer(_shown(state, offer, ads.cap_cookie(state, made)), made.events, state.settings.served_waits)


def creative(state: State, request: Request) -> Answer:
    """Answer the document of an ad granted earlier: 403 when forged, 410 when expired or no longer in the plan."""
    try:
        token = request.query().get("t", "")
        grant = signing.verify(state.keys, "creative", token, state.clock.now_ms() // 1000)
    except signing.Refused as refusal:
        return Answer(error(410 if refusal.reason == "expired" else 403, refusal.reason))
    live = state.plans.current
    chosen, place = live.creatives.get(grant.creative_id), live.places.get(grant.placement_id)
    if chosen is None or place is None or chosen.kind not in drawn.DRAWABLE:
        return Answer(error(410, "this ad is no longer in the plan"))
    return Answer(_shown(state, Offer("", place, chosen, grant.flight_id, token.rpartition("~")[0])))


def _shown(state: State, offer: Offer, more: bytes = b"") -> Response:
    head = b"content-type: text/html; charset=utf-8\r\ncache-control: no-store\r\n"
    head += header("content-security-policy", drawn.policy(state)) + more
    return Response(200, drawn.document(state, offer), head)


@functools.cache
def _static(name: str) -> bytes:
    return importlib.resources.files("makegood.adserver").joinpath(f"static/{name}").read_bytes()
