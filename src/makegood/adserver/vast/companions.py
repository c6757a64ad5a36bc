"""Companions in VAST: display ads beside a spot or film, each with its own impression and click.

A picture is a StaticResource whose showing the player reports; a bundle is framed and reports itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from makegood.adserver import urls
from makegood.adserver.offers import Offer
from makegood.adserver.state import State
from makegood.adserver.vast.elements import add, add_url


def inline(state: State, offers: Sequence[Offer], creatives: etree._Element) -> None:
    """Append one Creative with the companions of an inline ad; nothing when there are none."""
    if each := _creative(state, offers, creatives):
        version = offers[0].creative.version_id if offers[0].creative else 0
        add(each, "UniversalAdId", str(version), idRegistry="makegood")


def wrapped(state: State, offers: Sequence[Offer], creatives: etree._Element) -> None:
    """Append one Creative with the companions of a wrapper."""
    _creative(state, offers, creatives)


def _creative(state: State, offers: Sequence[Offer], creatives: etree._Element) -> etree._Element | None:
    if not offers:
        return None
    each = add(creatives, "Creative", sequence="1")
    ads = add(each, "CompanionAds", required="any")
    for offer in offers:
        _companion(state, offer, ads)
    return each


def _companion(state: State, offer: Offer, ads: etree._Element) -> None:
    creative, place = offer.creative, offer.placement
    assert creative
    width, height = place.width or creative.width or 0, place.height or creative.height or 0
    companion = add(
        ads, "Companion", id=str(creative.version_id), width=str(width), height=str(height), adSlotId=place.code
    )
    if creative.kind == "html":
        add_url(companion, "IFrameResource", urls.creative(state, offer.payload))
        return
    add_url(companion, "StaticResource", urls.asset(state, creative), creativeType=creative.media_type)
    if creative.click_url:
        add_url(companion, "CompanionClickThrough", urls.click(state, offer.payload))
    tracking = add(companion, "TrackingEvents")
    add_url(tracking, "Tracking", urls.beacon(state, "impression", offer.payload), event="creativeView")
    for url in creative.third_party_impression_urls:
        add_url(tracking, "Tracking", url, event="creativeView")
