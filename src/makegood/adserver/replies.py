"""The JSON of one slot in the answer to /ad. Only the caller's id and the signed tokens differ from one answer to the next.

So each ad's text is made once per plan, with holes for the tokens; what a token signs is `signing`.
"""

from __future__ import annotations

import secrets
import zlib
from typing import Any

import orjson

from makegood.adserver import macros, signing, urls
from makegood.adserver.cards import Card, Text, Texts
from makegood.adserver.events import QUARTILES
from makegood.adserver.keys import TAG_LENGTH
from makegood.adserver.offers import Offer
from makegood.adserver.state import State
from makegood.engine.plan import PlanCreative

_HOLE = secrets.token_hex(16)
"""Stands for a payload while a text is made; nobody can put it into a plan beforehand."""


def slot(state: State, texts: Texts, offer: Offer) -> str:
    """Return the slot's JSON object with freshly signed URLs; `creative` is null when nothing serves."""
    text, payload = text_of(state, texts, offer), offer.payload
    written = f'{{"id":{orjson.dumps(offer.slot_id).decode()}'
    for name, signed in text.sets:
        tags = state.keys.tags(f"{name}~{payload}".encode())
        for part, begin, end in signed:
            written += f"{part}{payload}~{tags[begin:end]}"
    written += text.end
    return macros.filled((written,), state.clock.now_ms(), zlib.crc32(payload.encode()))[0] if text.macros else written


def text_of(state: State, texts: Texts, offer: Offer | Card) -> Text:
    """Return what an ad's reply says beside the caller's id and the tokens."""
    creative = offer.creative
    key = (offer.placement.id, offer.flight_id, creative.id if creative else 0)
    text = texts.get(key)
    if text is None:
        text = texts[key] = _prepared(state, offer, creative) if creative else Text((), _nothing(offer))
    return text


def _nothing(offer: Offer | Card) -> str:
    return f',"placement":{orjson.dumps(offer.placement.code).decode()},"creative":null}}'


def _prepared(state: State, offer: Offer | Card, creative: PlanCreative) -> Text:
    """Write the object out for a hole in place of the payload, and cut it there."""
    whole = orjson.dumps(_row(state, Offer("", offer.placement, creative, offer.flight_id, _HOLE), creative)).decode()
    pieces = whole.removeprefix("{").split(_HOLE)
    sets: list[tuple[str, list[tuple[str, int, int]]]] = []
    for n, piece in enumerate(pieces[:-1]):
        name, number = signing.PLACES[_kind(piece)]
        if not sets or sets[-1][0] != name:
            sets.append((name, []))
        part = piece[TAG_LENGTH + 1 :] if n else f",{piece}"
        sets[-1][1].append((part, number * TAG_LENGTH, (number + 1) * TAG_LENGTH))
    filled_in = any(map(macros.has_any, creative.third_party_impression_urls))
    return Text(tuple((name, tuple(signed)) for name, signed in sets), pieces[-1][TAG_LENGTH + 1 :], filled_in)


def _kind(before: str) -> str:
    """The kind of event whose URL ends `before`: /click?t= or /e/<kind>?t=."""
    return before.removesuffix("?t=").rpartition("/")[2]


def _row(state: State, offer: Offer, creative: PlanCreative) -> dict[str, Any]:
    row: dict[str, Any] = {
        "placement": offer.placement.code,
        "creative": {
            "id": creative.id,
            "version": creative.version_id,
            "kind": creative.kind,
            "media_type": creative.media_type,
            "width": creative.width,
            "height": creative.height,
            "duration_s": creative.duration_s,
            "url": urls.asset(state, creative) if creative.path else None,
            "vast_url": creative.vast_url,
            "native": creative.native,
        },
        "flight": offer.flight_id or None,
        "impression_urls": [urls.beacon(state, "impression", offer.payload), *creative.third_party_impression_urls],
        "viewable_url": urls.beacon(state, "viewable", offer.payload),
        "click_url": urls.click(state, offer.payload) if creative.click_url else None,
    }
    if creative.kind in ("audio", "video"):
        row["tracking"] = {kind: urls.beacon(state, kind, offer.payload) for kind in QUARTILES}
    return row
