"""One VAST document from the ads of a break. Element order and names follow the IAB's vast_4.2.xsd."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from makegood.adserver import urls, withdrawing
from makegood.adserver.events import AUDIBLE_S, PROGRESS_S, QUARTILES
from makegood.adserver.offers import Offer
from makegood.adserver.state import State
from makegood.adserver.vast import companions
from makegood.adserver.vast.elements import add, add_url, clock, root
from makegood.engine.plan import PlanCreative, PlanRendition

SYSTEM = "Makegood"


def document(state: State, ads: Sequence[tuple[Offer, Sequence[Offer]]], *, pod: bool) -> bytes:
    """Return the XML of `ads`, each with its companions; numbered in sequence when they are a pod. No ads: no Ad."""
    vast = root()
    for number, (offer, beside) in enumerate(ads, 1):
        assert offer.creative
        kind = "audio" if offer.placement.format == "audio" else "video"
        more = {"sequence": str(number)} if pod else {}
        ad = add(vast, "Ad", id=str(offer.creative.version_id), adType=kind, **more)
        build = _wrapper if offer.creative.kind == "vast_tag" else _inline
        build(state, offer, beside, ad)
    text: bytes = etree.tostring(vast, xml_declaration=True, encoding="UTF-8")
    return text


def _inline(state: State, offer: Offer, beside: Sequence[Offer], ad: etree._Element) -> None:
    creative = offer.creative
    assert creative
    inline = add(ad, "InLine")
    _head(state, offer, inline)
    add(inline, "AdServingId", withdrawing.nonce(offer))
    add(inline, "AdTitle", f"Creative {creative.id}")
    creatives = add(inline, "Creatives")
    each = add(creatives, "Creative", id=str(creative.id), adId=str(creative.version_id), sequence="1")
    linear = add(each, "Linear")
    length = creative.duration_s or offer.placement.duration_s or 0.0
    _tracking(state, offer, linear, length)
    add(linear, "Duration", clock(length))
    _media(state, creative, linear)
    clicks = _clicks(state, offer, linear)
    if creative.click_url:
        add_url(clicks, "ClickThrough", urls.click(state, offer.payload), id="makegood")
    _identified(each, creative)  # after Linear, says the schema
    companions.inline(state, beside, creatives)


def _wrapper(state: State, offer: Offer, beside: Sequence[Offer], ad: etree._Element) -> None:
    creative = offer.creative
    assert creative
    wrapper = add(ad, "Wrapper", followAdditionalWrappers="true", allowMultipleAds="false", fallbackOnNoAd="false")
    _head(state, offer, wrapper)
    creatives = add(wrapper, "Creatives")
    each = add(creatives, "Creative", id=str(creative.id), adId=str(creative.version_id))
    linear = add(each, "Linear")
    _tracking(state, offer, linear, creative.duration_s or 0.0)
    _clicks(state, offer, linear)
    companions.wrapped(state, beside, creatives)
    add_url(wrapper, "VASTAdTagURI", creative.vast_url or "")


def _head(state: State, offer: Offer, parent: etree._Element) -> None:
    assert offer.creative
    add(parent, "AdSystem", SYSTEM, version="1.0")
    add_url(parent, "Error", urls.error(state, offer.payload))
    add_url(parent, "Impression", urls.beacon(state, "impression", offer.payload), id="makegood")
    for number, url in enumerate(offer.creative.third_party_impression_urls, 1):
        add_url(parent, "Impression", url, id=f"third-party-{number}")
    if offer.placement.format == "video":
        add_url(add(parent, "ViewableImpression"), "Viewable", urls.beacon(state, "viewable", offer.payload))


def _tracking(state: State, offer: Offer, linear: etree._Element, length: float) -> None:
    tracking = add(linear, "TrackingEvents")
    for kind in QUARTILES:
        add_url(tracking, "Tracking", urls.beacon(state, kind, offer.payload), event=kind)
    if length > AUDIBLE_S:
        add_url(tracking, "Tracking", urls.audible(state, offer.payload), event="progress", offset=clock(AUDIBLE_S))
    played = urls.beacon(state, "progress", offer.payload)
    for second in PROGRESS_S:
        if int(second) < length:
            at = clock(int(second))
            add_url(tracking, "Tracking", f"{played}&at={second}", event="progress", offset=at)


def _media(state: State, creative: PlanCreative, linear: etree._Element) -> None:
    first = PlanRendition(creative.path, creative.media_type, creative.width, creative.height, creative.bitrate_kbps)
    files = add(linear, "MediaFiles")
    for number, one in enumerate((first, *creative.renditions)):
        rate = {"bitrate": str(round(one.bitrate_kbps))} if one.bitrate_kbps else {}
        add_url(
            files, "MediaFile", urls.file(state, one.path), id=f"{creative.version_id}-{number}", delivery="progressive",
            type=one.media_type, width=str(one.width or 0), height=str(one.height or 0), **rate,
        )  # fmt: skip


def _clicks(state: State, offer: Offer, linear: etree._Element) -> etree._Element:
    # A player that opens the redirect and also tracks reports one event id twice, which counts once.
    clicks = add(linear, "VideoClicks")
    add_url(clicks, "ClickTracking", urls.beacon(state, "click", offer.payload), id="makegood")
    return clicks


def _identified(each: etree._Element, creative: PlanCreative) -> None:
    add(each, "UniversalAdId", str(creative.version_id), idRegistry="makegood")
