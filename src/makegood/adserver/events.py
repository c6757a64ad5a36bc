"""One event as it is stored: a JSON line with an id made where it happened.

The record and its text form live here; writing durably is `journal`, reading back is `segments`.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Literal, TypeGuard, get_args

import msgspec
import orjson

from makegood.adserver.signing import Grant

Kind = Literal[
    "request",
    "served",
    "impression",
    "viewable",
    "start",
    "firstQuartile",
    "midpoint",
    "thirdQuartile",
    "complete",
    "click",
    "refused",
    "progress",
    "error",
    "billing",
    "audible",
    "conversion",
]
BEACONS: tuple[Kind, ...] = (
    "impression",
    "viewable",
    "start",
    "firstQuartile",
    "midpoint",
    "thirdQuartile",
    "complete",
    "click",
    "progress",
    "error",
    "served",
    "billing",
    "audible",
)
QUARTILES: tuple[Kind, ...] = BEACONS[2:7]
PLAYED: tuple[Kind, ...] = (*QUARTILES, "audible")
"""What a player reports of audio and video besides the impression."""
PROGRESS_S = ("3", "10", "30")
"""Whole seconds played at which progress is reported, besides the quartiles."""
AUDIBLE_S = 2
"""Seconds after which an ad that plays with its sound on is audible; frame.js measures them, VAST looks then."""
KINDS: tuple[Kind, ...] = get_args(Kind)
_JUDGED_BY_AGENT = ("impression", "click", "conversion")
_AGENT_LENGTH = 200


def is_kind(text: str) -> TypeGuard[Kind]:
    """Tell whether a text names a kind of event."""
    return text in KINDS


class Source(msgspec.Struct, frozen=True, gc=False):
    """What is known of who asked: never a raw address. `ip` is the /24 (IPv4) or /48 (IPv6) network.

    `sender` numbers address and agent for this day only (`senders`), 0 where nobody asked for the number; `agent` is what
    the browser calls itself.
    """

    ip: str = ""
    bot: str = ""
    datacentre: bool = False
    prefetch: bool = False
    sender: int = 0
    agent: str = ""


NOBODY = Source()


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """`at` is UTC milliseconds; ids are 0 where nothing applies; `reason` says why a refused one does not count.

    `id` is nonce.kind: the same event sent twice has the same id, which is how counting drops the second. Impressions,
    clicks and conversions keep the `agent`, so that a later list of robots can be tried on them; `age_ms` is the time since the ad was
    served, of a conversion since the click (whole seconds then, so never too small), -1 where it is not known; `sender` says whose rate it adds to; `person` is a keyed
    hash of a browser that consented (`people`), "" of anybody else.
    """

    id: str
    kind: Kind
    at: int
    placement_id: int = 0
    flight_id: int = 0
    line_id: int = 0
    order_id: int = 0
    creative_id: int = 0
    version_id: int = 0
    plan_version: int = 0
    geo: str = ""
    device: str = ""
    ip: str = ""
    bot: str = ""
    datacentre: bool = False
    prefetch: bool = False
    zero_size: bool = False
    test: bool = False
    weight: int = 1
    reason: str = ""
    audiences: tuple[str, ...] = ()
    sender: int = 0
    agent: str = ""
    age_ms: int = -1
    person: str = ""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return what is to be counted when this is logged."""
        return (self.kind,)

    def line(self) -> bytes:
        """Return the JSON line that is stored, ending in a newline; a field at its default is left out."""
        row = {name: value for name, default in _DEFAULTS.items() if (value := getattr(self, name)) != default}
        return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


_DEFAULTS = {field.name: field.default for field in dataclasses.fields(Event)}


def of(grant: Grant, kind: Kind, at: int, source: Source, *, zero_size: bool = False, reason: str = "") -> Event:
    """Return the event of `kind` that a verified grant stands for."""
    return Event(
        id=f"{grant.nonce}.{kind}",
        kind=kind,
        at=at,
        placement_id=grant.placement_id,
        flight_id=grant.flight_id,
        line_id=grant.line_id,
        order_id=grant.order_id,
        creative_id=grant.creative_id,
        version_id=grant.version_id,
        plan_version=grant.plan_version,
        geo=grant.geo,
        device=grant.device,
        ip=source.ip,
        bot=source.bot,
        datacentre=source.datacentre,
        prefetch=source.prefetch,
        zero_size=zero_size,
        test=grant.test,
        reason=reason,
        sender=source.sender if kind != "served" else 0,
        agent=source.agent[:_AGENT_LENGTH] if kind in _JUDGED_BY_AGENT else "",
        person=grant.person,
        age_ms=max(0, at - grant.issued_s * 1000) if kind != "served" else -1,
    )


def parse(line: bytes) -> Event:
    """Read a stored line; fields a newer server added are ignored. Raises ValueError when it is not an event."""
    row: dict[str, Any] = orjson.loads(line)
    if not isinstance(row, dict):
        raise ValueError("not an event: no object")
    if not row.keys() <= _DEFAULTS.keys():
        row = {name: value for name, value in row.items() if name in _DEFAULTS}
    try:
        row["audiences"] = tuple(row.get("audiences", ()))
        return Event(**row)
    except TypeError as error:
        raise ValueError(f"not an event: {error}") from error
