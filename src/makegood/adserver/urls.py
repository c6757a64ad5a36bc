"""The URLs an answer carries: signed beacons and clicks of a grant, and where a creative's file is served.

Tokens themselves are made in `signing`.
"""

from __future__ import annotations

from urllib.parse import quote

from makegood.adserver import events, signing
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
    return f"{state.settings.public_url}/assets/{quote(creative.path)}"
