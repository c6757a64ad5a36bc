"""The URLs an answer carries: signed beacons and clicks of a grant, and where a creative's file is served.

Tokens themselves are made in `signing`.
"""

from __future__ import annotations

import zlib
from urllib.parse import quote

from makegood.adserver import events, macros, signing
from makegood.adserver.offers import Offer
from makegood.adserver.state import State
from makegood.engine.plan import PlanCreative


def beacon(state: State, kind: events.Kind, payload: str) -> str:
    """Return the signed URL that reports an event of `kind`."""
    return f"{state.settings.public_url}/e/{kind}?t={signing.sign(state.keys, kind, payload)}"


def click(state: State, payload: str) -> str:
    """Return the signed URL that reports a click and leads to the advertiser."""
    return f"{state.settings.public_url}/click?t={signing.sign(state.keys, 'click', payload)}"


def asset(state: State, creative: PlanCreative) -> str:
    """Return where the creative's file is served."""
    return file(state, creative.path)


def file(state: State, path: str) -> str:
    """Return where an asset ('<sha256>/<path>') is served."""
    return f"{state.settings.public_url}/assets/{quote(path)}"


def error(state: State, payload: str) -> str:
    """Return the signed URL that reports a playback error; the player puts its code in place of the macro."""
    return f"{beacon(state, 'error', payload)}&code=[ERRORCODE]"


def audible(state: State, payload: str) -> str:
    """Return the signed URL for a player that reports by VAST alone: it says in place of the macro whether it is muted."""
    return f"{beacon(state, 'audible', payload)}&state=[PLAYERSTATE]"


def third_party(state: State, offer: Offer) -> list[str]:
    """Return the advertiser's own impression URLs with their macros filled, for callers that fill none themselves."""
    found = offer.creative.third_party_impression_urls if offer.creative else ()
    return macros.filled(found, state.clock.now_ms(), zlib.crc32(offer.payload.encode())) if found else []


def creative(state: State, payload: str) -> str:
    """Return the signed URL of the document that shows an offer without deciding again."""
    return f"{state.settings.public_url}/creative?t={signing.sign(state.keys, 'creative', payload)}"
