"""Whether an offer meets an imp's terms: format, size, media, length, price, deal and blocks - or the reason why not."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlsplit

from makegood.adserver.offers import Offer
from makegood.adserver.openrtb import native
from makegood.adserver.openrtb.asked import DEFAULT_CURRENCY, Auction, Imp
from makegood.adserver.openrtb.node import Node
from makegood.engine.plan import PlanFlight, PlanPlacement

OBJECT = {"display": "banner", "html": "banner", "video": "video", "audio": "audio", "native": "native"}
VAST_INLINE, VAST_WRAPPER = 13, 14
_IFRAME, _NON_LINEAR = 4, 2
_UNSUPPORTED = {
    "video": ("podid", "podseq", "poddur", "rqddurs", "companionad"),
    "audio": ("podid", "podseq", "poddur", "rqddurs", "companionad"),
    "banner": ("expdir",),
}


def placement(imp: Imp, place: PlanPlacement | None) -> str:
    """Return why an imp cannot be asked for at all, "" when it can."""
    if not imp.placement:
        return "tagid: missing; give the placement's code"
    if place is None:
        return f"tagid: {imp.placement!r} is not in the plan"
    wanted = OBJECT[place.format]
    if not imp.node.has(wanted):
        return f"{wanted}: missing; {place.code!r} is sold as {place.format}"
    return _banner(imp.node.node("banner"), place) if wanted == "banner" else ""


def unsupported(imp: Imp) -> list[str]:
    """Return the parts of an imp that are named but have no effect here."""
    found = [
        f"{imp.node.path}.{kind}.{name}"
        for kind, names in _UNSUPPORTED.items()
        for name in names
        if imp.node.node(kind).has(name)
    ]
    return found + [f"{imp.node.path}.{name}" for name in ("metric", "instl", "rwdd") if imp.node.value.get(name)]


def offer(auction: Auction, imp: Imp, made: Offer, flight: PlanFlight | None, secure: bool) -> str:
    """Return why a decided ad may not be bid, "" when it may. `secure`: whether our addresses are."""
    if made.creative is None or flight is None or flight.cpm is None:
        return "nothing with a price is eligible"
    if imp.node.whole("secure") and not secure:
        return "secure: this server's public address is not https"
    return _price(auction, imp, flight) or _blocks(auction, made, flight) or _media(imp, made)


def deal(imp: Imp, flight: PlanFlight) -> Node | None:
    """Return the imp's deal that a flight stands for."""
    return next(
        (one for one in imp.node.node("pmp").nodes("deals") if flight.deal_id and one.text("id") == flight.deal_id),
        None,
    )


def domain(click_url: str | None) -> str:
    """Return an advertiser's domain as OpenRTB writes it, "" when unknown."""
    return (urlsplit(click_url or "").hostname or "").removeprefix("www.")


def _banner(banner: Node, place: PlanPlacement) -> str:
    if _IFRAME in banner.wholes("btype"):
        return "banner.btype: iframes are blocked, and a banner here is one"
    sizes = [(one.whole("w"), one.whole("h")) for one in banner.nodes("format")]
    if banner.has("w") and banner.has("h"):
        sizes.append((banner.whole("w"), banner.whole("h")))
    if sizes and place.width and (place.width, place.height) not in sizes:
        return f"banner.format: {place.code!r} is {place.width}x{place.height}"
    return ""


def _price(auction: Auction, imp: Imp, flight: PlanFlight) -> str:
    terms, currency = deal(imp, flight), flight.currency or ""
    if terms is None and imp.node.node("pmp").whole("private_auction"):
        return "pmp: a private auction, and the ad is in none of its deals"
    if currency not in auction.currencies:
        return f"cur: sold in {currency}"
    node = terms or imp.node
    floor, floor_currency = Decimal(str(node.number("bidfloor"))), node.text("bidfloorcur") or DEFAULT_CURRENCY
    if floor > 0 and floor_currency != currency:
        return f"bidfloorcur: sold in {currency}, which cannot be compared with {floor_currency}"
    return f"bidfloor: sold at {flight.cpm} {currency}" if floor > Decimal(flight.cpm or 0) else ""


def _blocks(auction: Auction, made: Offer, flight: PlanFlight) -> str:
    host = domain(made.creative.click_url if made.creative else None)
    names = [host.split(".", n)[-1] for n in range(host.count("."))] + [flight.category or ""]
    return (
        f"badv, bcat: {host or flight.category} is blocked" if auction.blocked.intersection(filter(None, names)) else ""
    )


def _media(imp: Imp, made: Offer) -> str:
    creative, kind = made.creative, OBJECT[made.placement.format]
    assert creative
    if kind == "native":
        return native.lacking(imp.node.node("native"), made)
    if kind == "banner":
        return "" if creative.kind in ("image", "html") else "banner: the ad is no picture or bundle"
    media = imp.node.node(kind)
    wrapped = creative.kind == "vast_tag"
    if media.whole("linearity") == _NON_LINEAR:
        return f"{kind}.linearity: only linear ads"
    if media.has("protocols") and (VAST_WRAPPER if wrapped else VAST_INLINE) not in media.wholes("protocols"):
        return f"{kind}.protocols: the answer is VAST 4.2{' as a wrapper' if wrapped else ''}"
    types = {creative.media_type, *(one.media_type for one in creative.renditions)}
    if media.has("mimes") and not wrapped and not types.intersection(media.texts("mimes")):
        return f"{kind}.mimes: the ad is {', '.join(sorted(types))}"
    return _length(media, kind, creative.duration_s or made.placement.duration_s)


def _length(media: Node, kind: str, seconds: float | None) -> str:
    if seconds is None:
        return ""
    most = media.whole("maxduration")
    low, high = media.number("minduration"), float(most) if most is not None else seconds
    return "" if low <= seconds <= high else f"{kind}.minduration, maxduration: the ad lasts {seconds:g} s"
