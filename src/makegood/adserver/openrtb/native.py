"""Native ads: our copy as the assets a native request asks for, or all of it when nobody asks for particular ones.

Source: IAB Tech Lab, OpenRTB Dynamic Native Ads 1.2, sections 4 (request) and 5 (response).
"""

from __future__ import annotations

from typing import Any

import orjson

from makegood.adserver import urls
from makegood.adserver.adrequest import BadRequest
from makegood.adserver.offers import Offer
from makegood.adserver.openrtb.node import Node
from makegood.adserver.state import State

VERSION = "1.2"
DATA = {1: "brand", 2: "body", 12: "cta"}
IMAGES = {1: "icon", 3: "image"}
IMPRESSION, VIEWABLE, BY_IMAGE = 1, 2, 1
EVERYTHING: tuple[dict[str, Any], ...] = (
    {"id": 1, "title": {}},
    *({"id": 10 + kind, "data": {"type": kind}} for kind in DATA),
    *({"id": 20 + kind, "img": {"type": kind}} for kind in IMAGES),
)
"""What is asked for when nobody says: title 1, data 11, 12 and 22, images 21 and 23."""


def wanted(node: Node) -> Node:
    """Return the native request inside an imp's native object, as text or object, with or without its old root."""
    value = node.value.get("request")
    try:
        row = orjson.loads(value) if isinstance(value, str) else value
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{node.path}.request: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadRequest(f"{node.path}.request: expected a native request")
    found = Node(row, f"{node.path}.request")
    return found.node("native") if found.has("native") else found


def lacking(node: Node, offer: Offer) -> str:
    """Return which required asset an ad does not have, "" when it has all."""
    for asset in wanted(node).nodes("assets"):
        if asset.whole("required") and _asset(asset, offer) is None:
            return f"{asset.path}: required, and the ad has none that fits"
    return ""


def markup(state: State, offer: Offer, node: Node | None = None) -> dict[str, Any]:
    """Return the native response for an imp's native object, or with everything the ad has."""
    asked = wanted(node) if node is not None else Node({"assets": list(EVERYTHING)})
    found = [_asset(asset, offer) for asset in asked.nodes("assets")]
    body: dict[str, Any] = {"ver": VERSION, "assets": [asset for asset in found if asset is not None]}
    if offer.creative and offer.creative.click_url:
        body["link"] = {"url": urls.click(state, offer.payload)}
    else:
        body["link"] = {"url": (offer.creative.native or {}).get("url", "") if offer.creative else ""}
    return body | {"eventtrackers": _trackers(state, offer, asked)}


def _asset(asset: Node, offer: Offer) -> dict[str, Any] | None:
    copy = offer.creative.native or {} if offer.creative else {}
    head: dict[str, Any] = {"id": asset.whole("id")}
    if asset.has("title"):
        text, most = copy.get("title"), asset.node("title").whole("len")
        return head | {"title": {"text": text}} if text and (most is None or len(text) <= most) else None
    if asset.has("data"):
        kind, most = asset.node("data").whole("type"), asset.node("data").whole("len")
        text = copy.get(DATA.get(kind or 0, ""))
        return head | {"data": {"type": kind, "value": text}} if text and (most is None or len(text) <= most) else None
    if asset.has("img"):
        kind = asset.node("img").whole("type") or 3
        url = copy.get(IMAGES.get(kind, ""))
        return head | {"img": {"type": kind, "url": url}} if url else None
    return None


def _trackers(state: State, offer: Offer, asked: Node) -> list[dict[str, Any]]:
    """By image only. Impressions are always tracked; viewability where the caller can tell it, or says nothing."""
    said = asked.nodes("eventtrackers")
    can = {one.whole("event") for one in said if BY_IMAGE in one.wholes("methods")} if said else {IMPRESSION, VIEWABLE}
    found = [{"event": IMPRESSION, "method": BY_IMAGE, "url": urls.beacon(state, "impression", offer.payload)}]
    found += [{"event": IMPRESSION, "method": BY_IMAGE, "url": url} for url in urls.third_party(state, offer)]
    if VIEWABLE in can:
        found.append({"event": VIEWABLE, "method": BY_IMAGE, "url": urls.beacon(state, "viewable", offer.payload)})
    return found
