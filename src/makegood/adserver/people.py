"""Who is who, as far as counting people asks: a number drawn for a browser with its consent, in the log only as a keyed hash.

The number is another after LASTS_S, the hash with each signing key too. In URLs it is hidden under a mask of each ad's own, so that
nobody who reads two of them can tell whether they are of one person.
"""

from __future__ import annotations

import functools

import msgspec

from makegood.adserver.capping import Kept
from makegood.adserver.clock import Random
from makegood.adserver.keys import Keys, text_of

LASTS_S = 90 * 86_400
_BYTES = 9
"""Of a hash: 12 letters in the log."""


class Known(msgspec.Struct, frozen=True, gc=False):
    """A browser as the event log calls it: `logged` is a hash under the current key as text, `number` the same hash."""

    logged: str
    number: int


NOBODY = Known("", 0)


def numbered(kept: Kept, random: Random, now_s: int) -> Kept:
    """Return `kept` with a number, a new one when it has none or has had it for LASTS_S."""
    if kept.person and now_s < kept.since_s + LASTS_S:
        return kept
    return Kept(kept.counts, random.nonce(), now_s)


@functools.lru_cache(65536)
def known(keys: Keys, person: str) -> Known:
    """Return what a browser's own number is in the log."""
    number = keys.number(f"person~{person}".encode(), _BYTES)
    return Known(_text(number), number)


def hidden(keys: Keys, nonce: str, known: Known) -> str:
    """Return the part of a payload that says who, for nobody but us to read; "" for nobody."""
    return f"~{_mask(keys, nonce, keys.current) ^ known.number:x}" if known.logged else ""


def revealed(keys: Keys, nonce: str, key_id: str, text: str) -> str:
    """Return what the log calls whom `hidden` hid in the payload of `nonce` and key."""
    return _text(_mask(keys, nonce, key_id) ^ int(text, 16))


def _mask(keys: Keys, nonce: str, key_id: str) -> int:
    return keys.number(f"hidden~{nonce}".encode("utf-8", "replace"), _BYTES, key_id)


def _text(number: int) -> str:
    return text_of(number.to_bytes(_BYTES))
