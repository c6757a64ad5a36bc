"""/vast: VAST 4.2 for audio and video players: our own media inline, an advertiser's tag wrapped, or no ad.

Element order and names follow the IAB's vast_4.2.xsd.
"""

from __future__ import annotations

from lxml import etree

from makegood.adserver import adrequest, offers, urls
from makegood.adserver.events import QUARTILES
from makegood.adserver.http import Request, Response, error, header
from makegood.adserver.offers import Offer
from makegood.adserver.routes import ads
from makegood.adserver.state import Answer, State
from makegood.engine.plan import PlanCreative

NAMESPACE = "http://www.iab.com/VAST"


def get(state: State, request: Request) -> Answer:
    """Answer VAST; `<VAST/>` without an Ad when nothing serves. 400 for a placement that is not audio or video."""
    try:
        made = offers.make(state, request, adrequest.from_query(request.query()))
    except adrequest.BadRequest as fault:
        return Answer(error(400, str(fault)))
    offer = made.offers[0]
    if offer.placement.format not in ("audio", "video"):
        return Answer(
            error(400, f"placement: {offer.placement.code!r} is {offer.placement.format}; pages ask /frame or /ad")
        )
    root = etree.Element("VAST", {"version": "4.2"}, nsmap={None: NAMESPACE})
    if offer.creative:
        kind = "audio" if offer.placement.format == "audio" else "video"
        ad = _add(root, "Ad", id=str(offer.creative.version_id), adType=kind)
        _wrapper(state, offer, ad) if offer.creative.kind == "vast_tag" else _inline(state, offer, ad)
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    head = b"content-type: application/xml; charset=utf-8\r\ncache-control: no-store\r\n" + _cors(request)
    return Answer(Response(200, body, head + ads.cap_cookie(state, made)), made.events, state.settings.served_waits)


def _cors(request: Request) -> bytes:
    # Players ask with credentials, for which "*" is not an answer; the reply is the caller's own ad and nothing else.
    origin = request.headers.get("origin")
    if not origin:
        return ads.CORS
    allowed = header("access-control-allow-origin", origin)
    return allowed + b"access-control-allow-credentials: true\r\nvary: origin\r\n"


def _inline(state: State, offer: Offer, ad: etree._Element) -> None:
    creative = offer.creative
    assert creative
    inline = _add(ad, "InLine")
    _add(inline, "AdSystem", "Makegood", version="1.0")
    _impressions(state, offer, inline)
    _add(inline, "AdServingId", offer.payload.split("~")[1])
    _add(inline, "AdTitle", f"Creative {creative.id}")
    each = _add(_add(inline, "Creatives"), "Creative", id=str(creative.id), adId=str(creative.version_id))
    linear = _add(each, "Linear")
    _tracking(state, offer, linear)
    _add(linear, "Duration", duration(creative.duration_s or offer.placement.duration_s or 0.0))
    _media(state, creative, linear)
    _clicks(state, offer, linear)
    _add(each, "UniversalAdId", str(creative.version_id), idRegistry="makegood")  # after Linear, says the schema


def _wrapper(state: State, offer: Offer, ad: etree._Element) -> None:
    creative = offer.creative
    assert creative
    wrapper = _add(ad, "Wrapper", followAdditionalWrappers="true", allowMultipleAds="false", fallbackOnNoAd="false")
    _add(wrapper, "AdSystem", "Makegood", version="1.0")
    _impressions(state, offer, wrapper)
    each = etree.Element(f"{{{NAMESPACE}}}Creative", {"id": str(creative.id), "adId": str(creative.version_id)})
    linear = _add(each, "Linear")
    _tracking(state, offer, linear)
    _url(_add(linear, "VideoClicks"), "ClickTracking", urls.beacon(state, "click", offer.payload), id="makegood")
    _add(wrapper, "Creatives").append(each)
    _url(wrapper, "VASTAdTagURI", creative.vast_url or "")


def _impressions(state: State, offer: Offer, parent: etree._Element) -> None:
    assert offer.creative
    _url(parent, "Impression", urls.beacon(state, "impression", offer.payload), id="makegood")
    for number, url in enumerate(offer.creative.third_party_impression_urls, 1):
        _url(parent, "Impression", url, id=f"third-party-{number}")
    viewable = _add(parent, "ViewableImpression") if offer.placement.format == "video" else None
    if viewable is not None:
        _url(viewable, "Viewable", urls.beacon(state, "viewable", offer.payload))


def _tracking(state: State, offer: Offer, linear: etree._Element) -> None:
    tracking = _add(linear, "TrackingEvents")
    for kind in QUARTILES:
        _url(tracking, "Tracking", urls.beacon(state, kind, offer.payload), event=kind)


def _media(state: State, creative: PlanCreative, linear: etree._Element) -> None:
    width, height = str(creative.width or 0), str(creative.height or 0)
    media = _add(linear, "MediaFiles")
    _url(
        media, "MediaFile", urls.asset(state, creative), id=str(creative.version_id), delivery="progressive",
        type=creative.media_type, width=width, height=height,
    )  # fmt: skip


def _clicks(state: State, offer: Offer, linear: etree._Element) -> None:
    # A player that opens the redirect and also tracks reports one event id twice, which counts once.
    clicks = _add(linear, "VideoClicks")
    _url(clicks, "ClickTracking", urls.beacon(state, "click", offer.payload), id="makegood")
    if offer.creative and offer.creative.click_url:
        _url(clicks, "ClickThrough", urls.click(state, offer.payload), id="makegood")


def duration(seconds: float) -> str:
    """Return HH:MM:SS.mmm."""
    whole = round(seconds * 1000)
    return f"{whole // 3600000:02d}:{whole // 60000 % 60:02d}:{whole // 1000 % 60:02d}.{whole % 1000:03d}"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    element.text = text
    return element


def _url(parent: etree._Element, name: str, url: str, **attributes: str) -> etree._Element:
    element = _add(parent, name, None, **attributes)
    element.text = etree.CDATA(url)
    return element
