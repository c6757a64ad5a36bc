"""Events as the counter takes them: which belong to a flight, and what filters each by its own marks.

What needs other events (repeats, rates) is found by `tallying`, in the table of events seen.
"""

import datetime
import functools
import ipaddress
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from makegood.adserver.events import Event
from makegood.delivery.rulesets import RuleSets
from makegood.engine import counting
from makegood.engine.counting import Facts, Reason, RuleSet

KINDS = {"served": 1, "impression": 2, "viewable": 3, "complete": 4, "click": 5}
IMPRESSION, CLICK = KINDS["impression"], KINDS["click"]
COLUMN = {1: "served", 2: "gross", 3: "viewable", 4: "completes", 5: "clicks"}
HOUR_MS, MINUTE_MS = 3_600_000, 60_000
_EXPIRED = ".impression.refused"


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


def rows(events: Sequence[Event], rules: RuleSets) -> list[Row]:
    """The events that belong to a count, judged by the rule set of their hour."""
    by_rules: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.flight_id and (event.kind in KINDS or _stale(event)):
            by_rules[rules.at(event.at).version].append(event)
    return [row for version, some in by_rules.items() for row in _judged(some, rules.named(version))]


def apart(event: Event, at_ms: int, keep_ms: int, ahead_ms: int) -> str:
    """Why an event is in no count at all: it came too late, or from a clock far ahead. Empty when it may count."""
    if event.at < at_ms - keep_ms:
        return "too_late"
    return "clock_ahead" if event.at > at_ms + ahead_ms else ""


def moment(hour_ms: int) -> datetime.datetime:
    """The UTC hour that begins at `hour_ms`."""
    return datetime.datetime.fromtimestamp(hour_ms // 1000, datetime.UTC)


def _stale(event: Event) -> bool:
    """A genuine impression whose URL had expired: in gross, never in net."""
    return event.kind == "refused" and event.reason == "expired" and event.id.endswith(_EXPIRED)


def _judged(events: list[Event], rules: RuleSet) -> list[Row]:
    codes = counting.classify(_facts(events, rules), rules).tolist()
    return [
        Row(
            one.id, one.at, KINDS.get(one.kind, IMPRESSION), one.flight_id, one.version_id or None, one.placement_id, one.device, one.weight, code,
            one.sender if one.sender and rules.per_minute and not code and one.kind != "served" else None,
        )
        for one, code in zip(events, codes, strict=True)
    ]  # fmt: skip


def _facts(events: list[Event], rules: RuleSet) -> Facts:
    none = np.zeros(len(events), dtype=np.bool_)
    return Facts(
        bad_signature=none, duplicate=none, impossible_rate=none,
        expired_signature=np.array([one.kind == "refused" for one in events]),
        self_test=np.array([one.test for one in events]), prefetch=np.array([one.prefetch for one in events]),
        zero_size=np.array([one.zero_size for one in events]),
        known_bot=np.array([bool(one.bot) or _robot(one.agent, rules.bots) for one in events]),
        data_centre=np.array([one.datacentre or _inside(one.ip, rules.networks) for one in events]),
        fast_click=np.array([one.kind == "click" and 0 <= one.age_ms < rules.click_after_ms for one in events]),
    )  # fmt: skip


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


__all__ = ["CLICK", "COLUMN", "HOUR_MS", "IMPRESSION", "KINDS", "MINUTE_MS", "Reason", "Row", "apart", "moment", "rows"]
