"""A plan whose flights have prices and deals, bid requests for it, and the standard's rules for a response."""

import dataclasses
import re
from typing import Any

from makegood.adserver import keys
from makegood.adserver.openrtb import callers
from makegood.engine.plan import PlanCreative, PlanPlacement, ServingPlan
from tests.adserver import breaks, plans
from tests.adserver.conftest import Server

COPY = {"title": "Made for mornings", "body": "See what is new.", "brand": "Reds", "cta": "Find out more", "image": "https://cdn.example/i.png"}
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
TYPES = {"id": str, "impid": str, "price": float, "adid": str, "nurl": str, "burl": str, "adm": str, "adomain": list, "cid": str, "crid": str,
         "cat": list, "cattax": int, "dealid": str, "w": int, "h": int, "exp": int, "dur": int, "mtype": int, "protocol": int}  # fmt: skip


def plan(**flight: object) -> ServingPlan:
    """The breaks' plan with a native placement (feed); every flight is sold at 12.50 EUR, the display one as a deal."""
    base = breaks.plan()
    copy = PlanCreative(59, 159, plans.SHA["draft"], "native", "application/json", click_url=plans.CLICK, native=COPY, third_party_impression_urls=breaks.PIXELS)
    feed = breaks.flight(69, (7,), 59, 1.0)
    priced = (dataclasses.replace(one, cpm="12.50", currency="EUR", category="IAB8-5", **flight) for one in (*base.flights, feed))
    flights = tuple(dataclasses.replace(one, deal_id="IO-7-1") if one.id == 65 else one for one in priced)
    places = (*base.placements, PlanPlacement(7, "feed", "native"))
    return dataclasses.replace(base, flights=flights, placements=places, creatives=(*base.creatives, copy))


def endpoint(server: Server) -> str:
    """Where a caller the seller knows asks."""
    return f"{server.url}/openrtb?caller={callers.token(keys.load(server.keys), 'prebid')}"


def request(*imps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A bid request of a site in euros."""
    site = {"id": "s", "page": "https://news.example/", "ext": {"data": {"section": "news/sport", "team": "reds"}}}
    device = {"ua": AGENT, "ip": "203.0.113.9", "devicetype": 4, "geo": {"country": "USA", "region": "CA", "metro": "803"}}
    return {"id": "r1", "imp": list(imps), "cur": ["EUR"], "site": site, "device": device, **more}


def imp(tag: str, **more: Any) -> dict[str, Any]:
    """An imp that fits the placement of that code."""
    asked = {
        "side": {"banner": {"format": [{"w": 300, "h": 250}]}}, "tall": {"banner": {"w": 300, "h": 600}},
        "film": {"video": {"mimes": ["video/mp4"], "minduration": 1, "maxduration": 30, "protocols": [11, 13]}},
        "break": {"audio": {"mimes": ["audio/mpeg"], "maxduration": 30}}, "tag": {"video": {"mimes": ["video/mp4"]}},
        "feed": {"native": {"request": '{"ver":"1.2","assets":[{"id":4,"required":1,"title":{"len":30}}]}'}},
    }  # fmt: skip
    return {"id": tag, "tagid": tag, **asked.get(tag, {}), **more}


def faults(reply: dict[str, Any], asked: dict[str, Any]) -> list[str]:
    """What OpenRTB 2.6, sections 4.2.1 to 4.2.3, forbids in a response to a request; empty when it is sound."""
    imps = {one["id"]: one for one in asked["imp"]}
    found = [] if reply["id"] == asked["id"] else ["id is not the request's"]
    if not reply.get("seatbid") and not isinstance(reply.get("nbr"), int):
        found.append("neither bids nor a reason for none")
    bids = [bid for seat in reply.get("seatbid", []) for bid in seat["bid"]]
    if bids and not re.fullmatch("[A-Z]{3}", reply.get("cur", "")):
        found.append("cur is no currency")
    found += [f"{seat}: no bids" for seat in reply.get("seatbid", []) if not seat["bid"]]
    for bid in bids:
        found += [f"{name} is missing" for name in ("id", "impid", "price") if name not in bid]
        found += [f"{name} is not in the standard" for name in bid.keys() - TYPES.keys()]
        found += [f"{name} has the wrong type" for name, value in bid.items() if name in TYPES and not isinstance(value, TYPES[name])]
        found += [] if bid["impid"] in imps else ["impid is not of the request"]
        kind = {1: "banner", 2: "video", 3: "audio", 4: "native"}[bid["mtype"]]
        found += [] if kind in imps.get(bid["impid"], {}) else [f"mtype {kind} was not asked for"]
        found += [f"{name} is no address" for name in ("nurl", "burl") if not bid.get(name, "https://").startswith("http")]
    return found + (["two bids have one id"] if len({bid["id"] for bid in bids}) < len(bids) else [])
