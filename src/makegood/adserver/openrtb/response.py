"""The BidResponse: one bid for each imp whose decided ad meets its terms, and why there is none for the others."""

from __future__ import annotations

import dataclasses
import html
import re
from typing import Any

import orjson

from makegood.adserver import drawn, urls, vast, withdrawing
from makegood.adserver.offers import Offer, Offers
from makegood.adserver.openrtb import native, terms
from makegood.adserver.openrtb.asked import Auction, Imp
from makegood.adserver.state import State
from makegood.engine.plan import PlanFlight

SEAT = "makegood"
NOTHING, INVALID, CRAWLER, DATA_CENTRE, TERMS = 0, 2, 3, 5, 501
"""No-bid reasons of OpenRTB 2.6 (list "No-Bid Reason Codes"); from 500 on a bidder's own."""
MTYPES = {"banner": 1, "video": 2, "audio": 3, "native": 4}
_EXPIRES_S = 3600
_CATEGORY = re.compile(r"IAB\d{1,2}(-\d{1,2})?")
_LOCAL = ("http://127.0.0.1", "http://localhost")


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """`bids` in one `currency`; `reasons` maps an imp's id to why it has none; `nbr` when nothing was bid."""

    bids: list[dict[str, Any]]
    currency: str
    reasons: dict[str, str]
    nbr: int


def answer(state: State, auction: Auction, asked: tuple[Imp, ...], made: Offers, refused: dict[str, str]) -> Outcome:
    """Judge the offers made for the imps `asked`; `refused` are those that could not be asked for, with the reason."""
    reasons, bids = dict(refused), list[dict[str, Any]]()
    public = state.settings.public_url
    secure, currency = public.startswith(("https://", *_LOCAL)), ""
    for imp, offer in zip(asked, made.offers, strict=True):
        flight = made.live.flights.get(offer.flight_id)
        reason = terms.offer(auction, imp, offer, flight, secure)
        if not reason and currency and flight and flight.currency != currency:
            reason = f"cur: sold in {flight.currency}, the answer is in {currency}"
        if reason or flight is None:
            reasons[imp.id] = reason
            continue
        currency = flight.currency or ""
        bids.append(_bid(state, imp, offer, flight))
    return Outcome(bids, currency, reasons, 0 if bids else _why(refused, reasons))


def _why(refused: dict[str, str], reasons: dict[str, str]) -> int:
    if refused and len(refused) == len(reasons):
        return INVALID
    return TERMS if any(not one.startswith("nothing") for one in reasons.values()) else NOTHING


def _bid(state: State, imp: Imp, offer: Offer, flight: PlanFlight) -> dict[str, Any]:
    creative, place = offer.creative, offer.placement
    assert creative and flight.cpm
    kind, host = terms.OBJECT[place.format], terms.domain(creative.click_url)
    row: dict[str, Any] = {
        "id": withdrawing.nonce(offer), "impid": imp.id, "price": float(flight.cpm), "mtype": MTYPES[kind],
        "adid": str(creative.id), "crid": str(creative.version_id), "cid": str(flight.line_id), "exp": _EXPIRES_S,
        "adm": _markup(state, imp, offer, kind), "nurl": urls.beacon(state, "served", offer.payload),
        "burl": urls.beacon(state, "billing", offer.payload),
    }  # fmt: skip
    if host:
        row["adomain"] = [host]
    if flight.category and _CATEGORY.fullmatch(flight.category):
        row |= {"cat": [flight.category], "cattax": 1}
    if terms.deal(imp, flight) is not None:
        row["dealid"] = flight.deal_id
    if kind in ("video", "audio"):
        row |= {"dur": round(creative.duration_s or place.duration_s or 0)}
        row |= {"protocol": terms.VAST_WRAPPER if creative.kind == "vast_tag" else terms.VAST_INLINE}
    width, height = place.width or creative.width, place.height or creative.height
    return row | ({"w": width, "h": height} if width and height and kind != "audio" else {})


def _markup(state: State, imp: Imp, offer: Offer, kind: str) -> str:
    if kind == "native":
        return orjson.dumps(native.markup(state, offer, imp.node.node("native"))).decode()
    if kind != "banner":
        return vast.document(state, [(offer, [])], pod=False).decode()
    creative, place = offer.creative, offer.placement
    width, height = (
        place.width or (creative and creative.width) or 0,
        place.height or (creative and creative.height) or 0,
    )
    source = html.escape(urls.creative(state, offer.payload))
    return (
        f'<iframe src="{source}" width="{width}" height="{height}" sandbox="{drawn.SANDBOX}" scrolling="no" '
        'frameborder="0" title="Advertisement"></iframe>'
    )
