"""One event as it is stored: a JSON line with an id made where it happened.

The record and its text form live here; writing durably is `journal`, reading back is `segments`.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Literal, get_args

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
)
QUARTILES: tuple[Kind, ...] = BEACONS[2:7]
KINDS: tuple[Kind, ...] = get_args(Kind)
_JUDGED_BY_AGENT = ("impression", "click")
_AGENT_LENGTH = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """What is known of who asked: never a raw address. `ip` is the /24 (IPv4) or /48 (IPv6) network.

    `sender` numbers address and agent for this day only (`senders`); `agent` is what the browser calls itself.
    """

    ip: str = ""
    bot: str = ""
    datacentre: bool = False
    prefetch: bool = False
    sender: int = dataclasses.field(default=0, compare=False)
    agent: str = dataclasses.field(default="", compare=False)


NOBODY = Source()


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """`at` is UTC milliseconds; ids are 0 where nothing applies; `reason` says why a refused one does not count.

    `id` is nonce.kind: the same event sent twice has the same id, which is how counting drops the second. Impressions
    and clicks keep the `agent`, so that a later list of robots can be tried on them; `age_ms` is the time since the ad was
    served (whole seconds of serving, so never too small), -1 where it is not known.
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

    def line(self) -> bytes:
        """Return the JSON line that is stored, ending in a newline."""
        return orjson.dumps(self, option=orjson.OPT_APPEND_NEWLINE)


_FIELDS = frozenset(field.name for field in dataclasses.fields(Event))


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
        sender=source.sender,
        agent=source.agent[:_AGENT_LENGTH] if kind in _JUDGED_BY_AGENT else "",
        age_ms=max(0, at - grant.issued_s * 1000),
    )


def parse(line: bytes) -> Event:
    """Read a stored line; fields a newer server added are ignored. Raises ValueError when it is not an event."""
    row: dict[str, Any] = orjson.loads(line)
    if not isinstance(row, dict):
        raise ValueError("not an event: no object")
    if len(row) != len(_FIELDS):
        row = {name: value for name, value in row.items() if name in _FIELDS}
    try:
        row["audiences"] = tuple(row.get("audiences", ()))
        return Event(**row)
    except TypeError as error:
        raise ValueError(f"not an event: {error}") from error
