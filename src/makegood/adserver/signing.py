"""Signed event, click and preview URLs: made and verified here, and nowhere else.

A token is text of URL-safe fields, its last field a tag of the MAC over everything before it. Kinds of event that are
signed together (`SETS`) share one MAC and have a tag of it each; why that is safe stands in docs/decisions.
"""

from __future__ import annotations

import dataclasses
from typing import Literal
from urllib.parse import quote, unquote

from makegood.adserver import people
from makegood.adserver.keys import Keys

EVENT_TTL_S = 24 * 3600
SETS = {
    "shown": ("impression", "viewable", "click"),
    "begun": ("start", "firstQuartile", "midpoint"),
    "ended": ("thirdQuartile", "complete", "audible"),
}
"""Kinds signed together, in the order of their tags; any other kind is a set of its own, under its own name."""
PLACES = {kind: (name, number) for name, kinds in SETS.items() for number, kind in enumerate(kinds)}
_SEPARATOR = "~"

Reason = Literal["forged", "expired", "unknown_key"]


class Refused(Exception):
    """A token that must not count. `grant` is given only when the token is genuine, that is: merely expired."""

    def __init__(self, reason: Reason, grant: Grant | None = None) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.grant = grant


@dataclasses.dataclass(frozen=True, slots=True)
class Grant:
    """What one served ad may report: the facts every later event of it copies. Ids are 0 where nothing applies."""

    nonce: str
    issued_s: int
    expires_s: int
    placement_id: int
    flight_id: int
    line_id: int
    order_id: int
    creative_id: int
    version_id: int
    plan_version: int
    test: bool
    device: str
    geo: str
    person: str = ""

    def payload(self, key_id: str) -> str:
        """Return the text every signature of this grant covers, of nobody in particular (`people.hidden` adds who)."""
        ids = ids_text(
            self.placement_id, self.flight_id, self.line_id, self.order_id, self.creative_id, self.version_id, self.plan_version
        )
        about = about_text(self.test, self.device, self.geo)
        return f"{key_id}~{self.nonce}~{self.issued_s:x}~{self.expires_s:x}{ids}{about}"


def ids_text(placement: int, flight: int, line: int, order: int, creative: int, version: int, plan: int) -> str:
    """Return the part of a payload that says what is shown where."""
    return f"~{placement:x}~{flight:x}~{line:x}~{order:x}~{creative:x}~{version:x}~{plan:x}"


def about_text(test: bool, device: str, geo: str) -> str:
    """Return the part of a payload that says to whom."""
    return f"~{int(test)}~{_escaped(device)}~{_escaped(geo)}"


def sign(keys: Keys, kind: str, payload: str) -> str:
    """Return the token for one kind of event; `payload` comes from `Grant.payload(keys.current)`."""
    name, number = PLACES.get(kind, (kind, 0))
    return f"{payload}~{keys.sign(f'{name}~{payload}'.encode(), number=number)}"


def verify(keys: Keys, kind: str, token: str, now_s: int) -> Grant:
    """Return what a token grants; raises Refused with reason forged, expired or unknown_key."""
    payload, found, signature = token.rpartition(_SEPARATOR)
    key_id = payload.partition(_SEPARATOR)[0]
    if not found:
        raise Refused("forged")
    if key_id not in keys:
        raise Refused("unknown_key")
    name, number = PLACES.get(kind, (kind, 0))
    if not keys.matches(f"{name}~{payload}".encode("utf-8", "replace"), signature, key_id, number):
        raise Refused("forged")
    grant = _parse(keys, payload)
    if now_s >= grant.expires_s:
        raise Refused("expired", grant)
    return grant


def _parse(keys: Keys, payload: str) -> Grant:
    fields = payload.split(_SEPARATOR)
    who = people.revealed(keys, fields[1], fields[0], fields[14]) if len(fields) > 14 else ""
    issued, expires, placement, flight, line, order, creative, version, plan = (int(part, 16) for part in fields[2:11])
    return Grant(
        fields[1], issued, expires, placement, flight, line, order, creative, version, plan,
        fields[11] == "1", _unescaped(fields[12]), _unescaped(fields[13]), who,
    )  # fmt: skip


def _escaped(text: str) -> str:
    # "!" in place of "%": the token then survives any number of percent-decodings on its way through players.
    return quote(text, safe="").replace("~", "!7E").replace("%", "!")


def _unescaped(text: str) -> str:
    return unquote(text.replace("!", "%"))


def preview_url(keys: Keys, public_url: str, sha256: str, path: str, expires_at: int) -> str:
    """Return a URL that shows asset `<sha256>/<path>` until `expires_at` (seconds since 1970 UTC).

    The token covers the folder, not the file, so an HTML bundle may load its own neighbours and nothing else.
    """
    payload = f"{keys.current}~{expires_at:x}~{sha256}"
    token = f"{payload}~{keys.sign(f'preview~{payload}'.encode())}"
    return f"{public_url}/preview/{token}/{quote(path)}"


def verify_preview(keys: Keys, token: str, now_s: int) -> str:
    """Return the sha256 of the asset folder a preview token opens; raises Refused."""
    payload, _, signature = token.rpartition(_SEPARATOR)
    fields = payload.split(_SEPARATOR)
    if len(fields) != 3:
        raise Refused("forged")
    if fields[0] not in keys:
        raise Refused("unknown_key")
    if not keys.matches(f"preview~{payload}".encode("utf-8", "replace"), signature, fields[0]):
        raise Refused("forged")
    if now_s >= int(fields[1], 16):
        raise Refused("expired")
    return fields[2]
