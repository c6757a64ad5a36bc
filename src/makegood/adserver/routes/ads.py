"""POST /ad: slots of a page in JSON, the chosen creatives with their signed URLs back.

Reading the request is `adrequest`, deciding and signing `offers`; only the shape of the reply lives here.
"""

from __future__ import annotations

from typing import Any

from makegood.adserver import adrequest, capping, offers, urls
from makegood.adserver.events import QUARTILES
from makegood.adserver.http import Request, Response, error, header, json_response
from makegood.adserver.offers import Offer, Offers
from makegood.adserver.state import Answer, State

CORS = b"access-control-allow-origin: *\r\n"
_COOKIE_DAYS = 30


def post(state: State, request: Request) -> Answer:
    """Answer 200 with one entry per slot (`creative` null when nothing serves), or 400 naming what is wrong."""
    try:
        made = offers.make(state, request, adrequest.from_json(request.body))
    except adrequest.BadRequest as fault:
        response = error(400, str(fault))
        response.head += CORS
        return Answer(response)
    reply = {
        "plan": state.plans.current.plan.version,
        "caps": made.caps or None,
        "slots": [_slot(state, offer) for offer in made.offers],
    }
    response = json_response(200, reply, CORS + cap_cookie(state, made))
    return Answer(response, made.events, waits=state.settings.served_waits)


def preflight(methods: tuple[str, ...]) -> Answer:
    """Answer a browser's CORS preflight: any origin may ask, none may send credentials."""
    head = CORS + header("access-control-allow-methods", ", ".join(methods))
    head += b"access-control-allow-headers: content-type\r\naccess-control-max-age: 86400\r\n"
    return Answer(Response(204, head=head))


def cap_cookie(state: State, made: Offers) -> bytes:
    """Return the Set-Cookie line for the cap token; nothing without consent."""
    if not made.caps:
        return b""
    third_party = "; SameSite=None; Secure; Partitioned" if state.settings.public_url.startswith("https") else ""
    age = _COOKIE_DAYS * 86400
    return header("set-cookie", f"{capping.COOKIE}={made.caps}; Max-Age={age}; Path=/; HttpOnly{third_party}")


def _slot(state: State, offer: Offer) -> dict[str, Any]:
    creative = offer.creative
    row: dict[str, Any] = {"id": offer.slot_id, "placement": offer.placement.code, "creative": None}
    if creative is None:
        return row
    row["creative"] = {
        "id": creative.id,
        "version": creative.version_id,
        "kind": creative.kind,
        "media_type": creative.media_type,
        "width": creative.width,
        "height": creative.height,
        "duration_s": creative.duration_s,
        "url": urls.asset(state, creative) if creative.path else None,
        "vast_url": creative.vast_url,
        "native": creative.native,
    }
    row["flight"] = offer.flight_id or None
    row["impression_urls"] = [
        urls.beacon(state, "impression", offer.payload),
        *urls.third_party(state, offer),
    ]
    row["viewable_url"] = urls.beacon(state, "viewable", offer.payload)
    row["click_url"] = urls.click(state, offer.payload) if creative.click_url else None
    if creative.kind in ("audio", "video"):
        row["tracking"] = {kind: urls.beacon(state, kind, offer.payload) for kind in QUARTILES}
    return row
