"""/vast: what audio and video players ask; the document is `makegood.adserver.vast`."""

from __future__ import annotations

from makegood.adserver import adrequest, offers, vast
from makegood.adserver.http import Request, Response, error
from makegood.adserver.routes import ads, origins
from makegood.adserver.state import Answer, State


def get(state: State, request: Request) -> Answer:
    """Answer VAST; `<VAST/>` without an Ad when nothing serves. 400 for a placement that is not audio or video.

    `pod`, `pod_s` and `companions` ask for a break and what stands beside it (docs/adserver.md).
    """
    query = request.query()
    try:
        ad, wanted = adrequest.from_query(query), vast.asked(query)
        _playable(state, ad.slots[0].placement)
        made = offers.make(state, request, wanted.slots(ad))
    except adrequest.BadRequest as fault:
        return Answer(error(400, str(fault)))
    made, break_ = vast.chosen(state, made, wanted)
    body = vast.document(state, break_, pod=wanted.ads > 0)
    head = b"content-type: application/xml; charset=utf-8\r\ncache-control: no-store\r\n" + origins.cors(request)
    return Answer(Response(200, body, head + ads.cap_cookie(state, made)), made.events, state.settings.served_waits)


def _playable(state: State, code: str) -> None:
    place = state.plans.current.placements.get(code)
    if place is not None and place.format not in ("audio", "video"):
        raise adrequest.BadRequest(f"placement: {code!r} is {place.format}; pages ask /frame or /ad")
