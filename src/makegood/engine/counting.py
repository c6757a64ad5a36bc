"""Counting: gross events, what is filtered and why, and the net that remains; gross = filtered + net, always.

Facts about events come in as arrays; lists of bots and data centres live with whoever established the facts.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]


class Reason(enum.StrEnum):
    """Why an event is filtered; the first that applies, in this order, is the one counted (MRC general invalid traffic)."""

    BAD_SIGNATURE = "bad_signature"
    DUPLICATE = "duplicate"
    EXPIRED_SIGNATURE = "expired_signature"
    SELF_TEST = "self_test"
    PREFETCH = "prefetch"
    ZERO_SIZE = "zero_size"
    KNOWN_BOT = "known_bot"
    DATA_CENTRE = "data_centre"
    FAST_CLICK = "fast_click"
    IMPOSSIBLE_RATE = "impossible_rate"


REASONS = tuple(Reason)
NET = 0
CODE = {reason: number for number, reason in enumerate(REASONS, 1)}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Which reasons filter and by which thresholds; `version` is stored with every count so that it can be recomputed.

    `joined` reports one reason under another's name. `per_minute` is the most of a kind that one sender (address and
    user agent) can cause in a minute: of a sender that exceeds it, nothing of that minute counts. A click that follows
    its ad's serving by less than `click_after_ms` is no person's. `bots` are substrings of user agents and `networks`
    are (family, first, last) address ranges, besides those known when the event arrived.
    """

    version: str
    reasons: frozenset[Reason] = frozenset(Reason)
    joined: Mapping[Reason, Reason] = field(default_factory=dict)
    per_minute: Mapping[str, int] = field(default_factory=dict)
    click_after_ms: int = 0
    bots: tuple[str, ...] = ()
    networks: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """One flag per event and reason, shape (events,), in the order of `Reason`."""

    bad_signature: Flags
    duplicate: Flags
    expired_signature: Flags
    self_test: Flags
    prefetch: Flags
    zero_size: Flags
    known_bot: Flags
    data_centre: Flags
    fast_click: Flags
    impossible_rate: Flags


@dataclass(frozen=True, slots=True)
class Counts:
    """Events of one kind; `filtered` names each reason that took any."""

    gross: int
    filtered: Mapping[Reason, int]
    net: int
    rules: str


def duplicates(ids: npt.NDArray[np.generic], known: npt.NDArray[np.generic] | None = None) -> Flags:
    """True for each id already in `known` or met earlier in `ids`; cost n log n."""
    repeated = np.ones(len(ids), dtype=np.bool_)
    repeated[np.unique(ids, return_index=True)[1]] = False
    return repeated if known is None else repeated | np.isin(ids, known)


def crowded(senders: npt.NDArray[np.int64], minutes: npt.NDArray[np.int64], weights: npt.NDArray[np.int64], most: int) -> Flags:
    """True for every event of a sender in a minute in which it caused more than `most`; sender 0 is nobody's."""
    if not len(senders):
        return np.zeros(0, dtype=np.bool_)
    _, group = np.unique(np.column_stack([senders, minutes]), axis=0, return_inverse=True)
    over: Flags = (np.bincount(group.ravel(), weights) > most)[group.ravel()] & (senders != 0)
    return over


def classify(facts: Facts, rules: RuleSet) -> Codes:
    """Per event 0 for net, else 1 + the position in REASONS of the reason that filters it."""
    codes = np.zeros(len(facts.duplicate), dtype=np.int8)
    for reason, one in reversed(list(zip(REASONS, fields(facts), strict=True))):
        if reason in rules.reasons:
            codes[getattr(facts, one.name)] = CODE[rules.joined.get(reason, reason)]
    return codes


def tally(codes: Codes, rules: RuleSet) -> Counts:
    """Counts of classified events."""
    found = np.bincount(codes, minlength=len(REASONS) + 1).tolist()
    filtered = {reason: found[number] for number, reason in enumerate(REASONS, 1) if found[number]}
    return Counts(len(codes), filtered, found[NET], rules.version)


def by_group(codes: Codes, group: npt.NDArray[np.int64], groups: int) -> npt.NDArray[np.int64]:
    """Events per group and outcome, shape (groups, 1 + reasons), column 0 net; each row sums to the group's gross."""
    width = len(REASONS) + 1
    return np.bincount(group * width + codes, minlength=groups * width).reshape(groups, width)
