"""Frequency caps without a store: a signed, compact count per flight that the person's browser carries, and which browser it is.

Exists only with consent. The browser's number is drawn, says nothing of anybody, and is another after a while.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import msgspec

from makegood.adserver.keys import Keys

COOKIE = "mgcap"
_MOST_FLIGHTS = 40


class Count(msgspec.Struct, frozen=True, gc=False):
    """Ads of one flight shown since `since_s`, the start of its window."""

    shown: int
    since_s: int


class Kept(msgspec.Struct, frozen=True, gc=False):
    """What a browser keeps for us: ads shown by flight id, and its own number, drawn at `since_s`; "" before it has one."""

    counts: Mapping[int, Count]
    person: str = ""
    since_s: int = 0


NOTHING = Kept({})


@functools.lru_cache(16384)
def read(keys: Keys, token: str) -> Kept:
    """Return what a token keeps; one that is not ours keeps nothing. Those of late are remembered: a page asks several times."""
    payload, _, signature = token.rpartition("~")
    key_id, _, kept = payload.partition("~")
    if key_id not in keys or not keys.matches(_message(payload), signature, key_id):
        return NOTHING
    rows, _, of = kept.partition("~")
    person, _, drawn_s = of.partition(".")
    counts = {}
    for row in filter(None, rows.split("!")):
        flight, shown, since = (int(part, 16) for part in row.split("."))
        counts[flight] = Count(shown, since)
    return Kept(counts, person, int(drawn_s or "0", 16))


def write(keys: Keys, kept: Kept) -> str:
    """Return the token that keeps it, of the counts the most recent windows when there are too many; "" for nothing."""
    if not kept.counts and not kept.person:
        return ""
    payload = f"{keys.current}~{_recent(kept.counts) if kept.counts else ''}"
    payload += f"~{kept.person}.{kept.since_s:x}" if kept.person else ""
    return f"{payload}~{keys.sign(_message(payload))}"


def _recent(counts: Mapping[int, Count]) -> str:
    recent = sorted(counts.items(), key=lambda item: -item[1].since_s)[:_MOST_FLIGHTS]
    return "!".join(f"{flight:x}.{c.shown:x}.{c.since_s:x}" for flight, c in recent)


def current(counts: Mapping[int, Count], windows_s: Mapping[int, int], now_s: int) -> dict[int, Count]:
    """Drop counts whose window (seconds, by flight id) is over or whose flight has no cap any more."""
    return {f: c for f, c in counts.items() if f in windows_s and now_s < c.since_s + windows_s[f]}


def shown(counts: Mapping[int, Count], flight_id: int, now_s: int) -> dict[int, Count]:
    """Return `counts` with one more ad of a flight."""
    before = counts.get(flight_id, Count(0, now_s))
    return {**counts, flight_id: Count(before.shown + 1, before.since_s)}


def taken_back(counts: Mapping[int, Count], flight_id: int) -> dict[int, Count]:
    """Return `counts` with one ad of a flight less: it was decided and then not used."""
    before = counts.get(flight_id)
    if before is None:
        return dict(counts)
    fewer = Count(before.shown - 1, before.since_s)
    return {**counts, flight_id: fewer} if fewer.shown else {f: c for f, c in counts.items() if f != flight_id}


def _message(payload: str) -> bytes:
    return f"caps~{payload}".encode("utf-8", "replace")
