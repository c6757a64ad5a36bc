"""/click: a signed click leads to the stored, approved URL of the creative, looked up by id.

No part of the request can name where it leads. A landing page that asks for it is told the click's token (`conversions`).
"""

from __future__ import annotations

from urllib.parse import quote

from makegood.adserver import events, macros, signing
from makegood.adserver.http import Request, Response, error, header
from makegood.adserver.routes import beacons, conversions
from makegood.adserver.state import Answer, State

_AS_IT_IS = "%:/?#[]@!$&'()*+,;=~"
"""Characters of a stored URL that are not escaped: letters beyond ASCII are, or a header could not carry them."""


def get(state: State, request: Request) -> Answer:
    """Answer 302 to the creative version's URL; 403 when forged, 410 when no plan of this process has its URL.

    A genuine click on an old ad still leads the person on, but is recorded as refused: expired.
    """
    now_ms, source = state.clock.now_ms(), state.sources.of(request)
    try:
        grant = signing.verify(state.keys, "click", request.query().get("t", ""), now_ms // 1000)
    except signing.Refused as refusal:
        event = beacons.refused(state, refusal, source, "click")
        if refusal.grant is None:
            return Answer(error(403, refusal.reason), (event,))
        return Answer(_redirect(state, refusal.grant), (event,))
    return Answer(_redirect(state, grant, conversions.token(state, grant, now_ms // 1000)), (events.of(grant, "click", now_ms, source),))


def _redirect(state: State, grant: signing.Grant, token: str = "") -> Response:
    url = state.plans.click_urls.get(grant.creative_id)
    if url is None:
        return error(410, "this ad is no longer in the plan and has no landing page here")
    return Response(
        302,
        head=header("location", quote(macros.filled_click(url, token), safe=_AS_IT_IS)) + b"cache-control: no-store\r\nreferrer-policy: origin\r\n",
    )
