"""POST /openrtb: a BidRequest in, a BidResponse out. GET /native: native assets for pages and apps that ask directly.

Reading, judging and writing are `makegood.adserver.openrtb`; here are status codes and the events that happened.
"""

from __future__ import annotations

from typing import Any

from makegood.adserver import adrequest, offers, openrtb, withdrawing
from makegood.adserver.http import Request, Response, error, json_response
from makegood.adserver.openrtb import callers, native, response, terms
from makegood.adserver.routes import ads, origins
from makegood.adserver.state import Answer, State

_VERSION = b"x-openrtb-version: 2.6\r\n"


def post(state: State, request: Request) -> Answer:
    """Answer 200 with bids; 204 when nothing is eligible; 200 with `nbr` and reasons where the request or its terms
    are why; 400 when it cannot be read, 401 without a caller's token. With `test: 1` reasons are always told."""
    head = _VERSION + origins.cors(request)
    name = callers.name_of(state.keys, request)
    if not name or name in state.plans.current.plan.ended_callers:
        refusal = error(401, "caller: missing, ended or not ours; ask the seller for a token and send it as ?caller=")
        refusal.head += head + b"www-authenticate: Bearer\r\n"
        return Answer(refusal)
    try:
        auction = openrtb.read(request)
        source = state.sources.of(auction.asker)
        crawler = source.bot and auction.asker.headers["user-agent"]  # a caller that names no agent is not yet a robot
        if crawler or source.datacentre:
            return Answer(_none(auction, response.CRAWLER if crawler else response.DATA_CENTRE, {}, head))
        return _bid(state, auction, head)
    except adrequest.BadRequest as fault:
        refusal = error(400, str(fault))
        refusal.head += head
        return Answer(refusal)


def _bid(state: State, auction: openrtb.Auction, head: bytes) -> Answer:
    places = state.plans.current.placements
    refused = {imp.id: terms.placement(imp, places.get(imp.placement)) for imp in auction.imps}
    refused = {imp: reason for imp, reason in refused.items() if reason}
    if (auction.seats and response.SEAT not in auction.seats) or response.SEAT in auction.barred_seats:
        refused = {imp.id: f"wseat, bseat: the seat is {response.SEAT!r}" for imp in auction.imps}
    asked = tuple(imp for imp in auction.imps if imp.id not in refused)
    if not asked:
        return Answer(_none(auction, response.INVALID, refused, head))
    made = offers.make(state, auction.asker, auction.request(asked))
    events = withdrawing.only(made.events, lambda event: event.endswith(".request"))  # what is bid is served when it has won
    outcome = openrtb.answer(state, auction, asked, made, refused)
    if not outcome.bids:
        return Answer(_none(auction, outcome.nbr, outcome.reasons, head), events, state.settings.served_waits)
    body: dict[str, Any] = {
        "id": auction.id, "cur": outcome.currency, "seatbid": [{"seat": response.SEAT, "bid": outcome.bids}],
    } | _told(auction, outcome.reasons)  # fmt: skip
    return Answer(json_response(200, body, head), events, state.settings.served_waits)


def _none(auction: openrtb.Auction, nbr: int, reasons: dict[str, str], head: bytes) -> Response:
    if nbr == response.NOTHING and not auction.test:
        return Response(204, head=head)
    return json_response(200, {"id": auction.id, "nbr": nbr} | _told(auction, reasons), head)


def _told(auction: openrtb.Auction, reasons: dict[str, str]) -> dict[str, Any]:
    ignored = [part for imp in auction.imps for part in terms.unsupported(imp)]
    said = {"reasons": reasons} if reasons else {}
    said |= {"unsupported": ignored} if ignored else {}  # type: ignore[dict-item]
    return {"ext": {response.SEAT: said}} if said else {}


def get_native(state: State, request: Request) -> Answer:
    """Answer the assets of one native placement with link and trackers; 204 when nothing serves."""
    try:
        ad = adrequest.from_query(request.query())
        place = state.plans.current.placements.get(ad.slots[0].placement)
        if place is not None and place.format != "native":
            raise adrequest.BadRequest(f"placement: {place.code!r} is {place.format}, not native")
        made = offers.make(state, request, ad)
    except adrequest.BadRequest as fault:
        return Answer(error(400, str(fault)))
    head, offer = origins.cors(request) + ads.cap_cookie(state, made), made.offers[0]
    if offer.creative is None:
        return Answer(Response(204, head=head), made.events, state.settings.served_waits)
    reply = json_response(200, native.markup(state, offer), head)
    return Answer(reply, made.events, state.settings.served_waits)
