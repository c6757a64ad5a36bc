"""Events as the counter takes them: which belong to a flight, and what filters each by its own marks.

What needs other events (repeats, rates) is found by `tallying`, in the table of events seen.
"""

import datetime
import functools
import ipaddress
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import orjson

from makegood.delivery.rulesets import RuleSets
from makegood.engine import counting
from makegood.engine.counting import Facts, Flags, RuleSet

KINDS = {"served": 1, "impression": 2, "viewable": 3, "complete": 4, "click": 5, "audible": 6, "conversion": 7}
SERVED, IMPRESSION, CLICK, CONVERSION = KINDS["served"], KINDS["impression"], KINDS["click"], KINDS["conversion"]
COLUMN = {1: "served", 2: "gross", 3: "viewable", 4: "completes", 5: "clicks", 6: "audible", 7: "conversions"}
HOUR_MS, MINUTE_MS = 3_600_000, 60_000
_EXPIRED = ".impression.refused"


Raw = dict[str, Any]
"""An event as its line says (adserver.events.Event): a record of each would cost more than all the rest of counting it."""


class Row(NamedTuple):
    """One event of a flight: numbers of KINDS and of engine.counting.CODE (0 net); `sender` None when no rate is measured by it."""

    id: str
    happened_ms: int
    kind: int
    flight_id: int
    version_id: int | None
    placement_id: int
    device: str
    weight: int
    reason: int
    sender: int | None


def raw(line: bytes) -> Raw:
    """A stored line's values; raises ValueError when it is not an event."""
    event: Raw = orjson.loads(line)
    if not isinstance(event, dict) or not isinstance(event.get("at"), int) or not event.get("id") or not event.get("kind"):
        raise ValueError("not an event")
    return event


def rows(events: Sequence[Raw], rules: RuleSets) -> list[Row]:
    """The events that belong to a count, judged by the rule set of their hour."""
    by_hour: dict[int, list[Raw]] = defaultdict(list)
    for event in events:
        if event.get("flight_id") and (event["kind"] in KINDS or _stale(event)):
            by_hour[event["at"] // HOUR_MS].append(event)
    by_rules: dict[str, list[Raw]] = defaultdict(list)
    for hour, some in by_hour.items():
        by_rules[rules.at(hour * HOUR_MS).version] += some
    return [row for version, some in by_rules.items() for row in _judged(some, rules.named(version))]


def apart(happened_ms: int, at_ms: int, keep_ms: int, ahead_ms: int) -> str:
    """Why an event is in no count at all: it came too late, or from a clock far ahead. Empty when it may count."""
    if happened_ms < at_ms - keep_ms:
        return "too_late"
    return "clock_ahead" if happened_ms > at_ms + ahead_ms else ""


@functools.lru_cache(2048)
def moment(hour_ms: int) -> datetime.datetime:
    """The UTC hour that begins at `hour_ms`."""
    return datetime.datetime.fromtimestamp(hour_ms // 1000, datetime.UTC)


def _stale(event: Raw) -> bool:
    """A genuine impression whose URL had expired: in gross, never in net."""
    return bool(event["kind"] == "refused" and event.get("reason") == "expired" and event["id"].endswith(_EXPIRED))


def _judged(events: list[Raw], rules: RuleSet) -> list[Row]:
    codes, rates = counting.classify(_facts(events, rules), rules).tolist(), bool(rules.per_minute)
    return [
        Row(
            one["id"], one["at"], kind, one["flight_id"], one.get("version_id") or None, one["placement_id"], one.get("device", ""),
            one.get("weight", 1), code, one.get("sender") or None if rates and not code and kind != SERVED else None,
        )
        for one, code in zip(events, codes, strict=True)
        for kind in (KINDS.get(one["kind"], IMPRESSION),)
    ]  # fmt: skip


def _facts(events: list[Raw], rules: RuleSet) -> Facts:
    none, quickest = np.zeros(len(events), dtype=np.bool_), rules.click_after_ms
    return Facts(
        bad_signature=none, duplicate=none, impossible_rate=none,
        expired_signature=np.array([one["kind"] == "refused" for one in events]),
        self_test=_marked(events, "test"), prefetch=_marked(events, "prefetch"), zero_size=_marked(events, "zero_size"),
        known_bot=_marked(events, "bot") | np.array([bool(agent := one.get("agent")) and _robot(agent, rules.bots) for one in events]),
        data_centre=_marked(events, "datacentre") | _within(events, rules),
        fast_click=np.array([one["kind"] == "click" and 0 <= one.get("age_ms", -1) < quickest for one in events]),
    )  # fmt: skip


def _marked(events: list[Raw], name: str) -> Flags:
    return np.array([bool(one.get(name)) for one in events])


def _within(events: list[Raw], rules: RuleSet) -> Flags:
    if not rules.networks:
        return np.zeros(len(events), dtype=np.bool_)
    return np.array([_inside(one.get("ip", ""), rules.networks) for one in events])


@functools.lru_cache(8192)
def _robot(agent: str, bots: tuple[str, ...]) -> bool:
    return any(bot in agent.lower() for bot in bots)


@functools.lru_cache(65536)
def _inside(network: str, ranges: tuple[tuple[int, int, int], ...]) -> bool:
    """Whether the /24 or /48 lies wholly in one of the (family, first, last) ranges."""
    if not network or not ranges:
        return False
    one = ipaddress.ip_network(network)
    return any(family == one.version and first <= int(one[0]) and int(one[-1]) <= last for family, first, last in ranges)
