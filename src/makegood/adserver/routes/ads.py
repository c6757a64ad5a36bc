"""POST /ad: slots of a page in JSON, the chosen creatives with their signed URLs back.

Reading the request is `adrequest`, deciding `offers`, the text of a slot `replies`.
"""

from __future__ import annotations

import functools

from makegood.adserver import adrequest, capping, offers, replies
from makegood.adserver.http import JSON, Request, Response, error, header
from makegood.adserver.offers import Offers
from makegood.adserver.state import Answer, State

CORS = b"access-control-allow-origin: *\r\n"
_HEAD = JSON + CORS
_COOKIE_DAYS = 30


def post(state: State, request: Request) -> Answer:
    """Answer 200 with one entry per slot (`creative` null when nothing serves), or 400 naming what is wrong."""
    try:
        made = offers.make(state, request, adrequest.from_json(request.body))
    except adrequest.BadRequest as fault:
        response = error(400, str(fault))
        response.head += CORS
        return Answer(response)
    slots = ",".join(map(functools.partial(replies.slot, state, made.live.texts), made.offers))
    caps = f'"{made.caps}"' if made.caps else "null"  # a token is URL-safe text: nothing in it to escape
    body = f'{{"plan":{made.live.plan.version},"caps":{caps},"slots":[{slots}]}}'.encode()
    return Answer(Response(200, body, _HEAD + cap_cookie(state, made)), made.events, state.settings.served_waits)


def preflight(methods: tuple[str, ...]) -> Answer:
    """Answer a browser's CORS preflight: any origin may ask, none may send credentials."""
    head = CORS + header("access-control-allow-methods", ", ".join(methods))
    head += b"access-control-allow-headers: content-type\r\naccess-control-max-age: 86400\r\n"
    return Answer(Response(204, head=head))


def cap_cookie(state: State, made: Offers) -> bytes:
    """Return the Set-Cookie line for the cap token, or the one that takes it away; nothing where there is neither."""
    if made.caps:
        return _cookie(made.caps, _COOKIE_DAYS * 86400, state.settings.public_url)
    return _cookie("", 0, state.settings.public_url) if made.withdrawn else b""


def _cookie(token: str, age_s: int, public_url: str) -> bytes:
    # A token is URL-safe text. What takes a cookie away has to name it as it was set.
    third_party = "; SameSite=None; Secure; Partitioned" if public_url.startswith("https") else ""
    return f"set-cookie: {capping.COOKIE}={token}; Max-Age={age_s}; Path=/; HttpOnly{third_party}\r\n".encode()
