"""Counting: gross events, what is filtered and why, and the net that remains; gross = filtered + net, always.

Facts about events come in as arrays; lists of bots and data centres live with whoever established the facts.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]


class Reason(enum.StrEnum):
    """Why an event is filtered; the first that applies, in this order, is the one counted (MRC general invalid traffic)."""

    BAD_SIGNATURE = "bad_signature"
    DUPLICATE = "duplicate"
    EXPIRED_SIGNATURE = "expired_signature"
    SELF_TEST = "self_test"
    PREFETCH = "prefetch"
    KNOWN_BOT = "known_bot"
    DATA_CENTRE = "data_centre"


REASONS = tuple(Reason)
NET = 0


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Which reasons filter; `version` is stored with every count so that it can be recomputed."""

    version: str
    reasons: frozenset[Reason] = frozenset(Reason)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """One flag per event and reason, shape (events,), in the order of `Reason`."""

    bad_signature: Flags
    duplicate: Flags
    expired_signature: Flags
    self_test: Flags
    prefetch: Flags
    known_bot: Flags
    data_centre: Flags


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


def classify(facts: Facts, rules: RuleSet) -> npt.NDArray[np.int8]:
    """Per event 0 for net, else 1 + the position in REASONS of the reason that filters it."""
    codes = np.zeros(len(facts.duplicate), dtype=np.int8)
    for number, (reason, field) in reversed(list(enumerate(zip(REASONS, fields(facts), strict=True), 1))):
        if reason in rules.reasons:
            codes[getattr(facts, field.name)] = number
    return codes


def tally(codes: npt.NDArray[np.int8], rules: RuleSet) -> Counts:
    """Counts of classified events."""
    found = np.bincount(codes, minlength=len(REASONS) + 1).tolist()
    filtered = {reason: found[number] for number, reason in enumerate(REASONS, 1) if found[number]}
    return Counts(len(codes), filtered, found[NET], rules.version)


def by_group(codes: npt.NDArray[np.int8], group: npt.NDArray[np.int64], groups: int) -> npt.NDArray[np.int64]:
    """Events per group and outcome, shape (groups, 1 + reasons), column 0 net; each row sums to the group's gross."""
    width = len(REASONS) + 1
    return np.bincount(group * width + codes, minlength=groups * width).reshape(groups, width)
