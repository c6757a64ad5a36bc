"""Opt-outs of the United States: the sections of GPP and the older US privacy string.

Source: IAB Tech Lab, Global Privacy Platform, "Sections / US"; U.S. Privacy String 1.0. Every field is two bits: 0 does
not apply, 1 opted out, 2 did not opt out. A global privacy control signal (GPC) is an opt-out.
"""

from __future__ import annotations

import re

from makegood.adserver.consent.bits import Bits, Unreadable
from makegood.adserver.consent.permits import ALL, NOTHING, Permits

_OPTED_OUT, _GPC_SEGMENT = 1, 1
_PRIVACY = re.compile(r"1[YN-]{3}")
_USUAL = (3, 4)
_OPT_OUTS: dict[int, tuple[int, ...]] = {
    7: (6, 7, 8), 8: _USUAL, 9: _USUAL, 10: _USUAL, 11: (4, 5), 12: _USUAL, 13: _USUAL, 14: _USUAL, 15: _USUAL,
    16: _USUAL, 17: _USUAL, 18: (4, 5), 19: _USUAL, 20: _USUAL, 21: _USUAL, 22: _USUAL, 23: _USUAL, 24: (5, 6), 25: (5, 6),
    26: (5, 6), 27: (5, 6),
}  # fmt: skip
"""Section id -> places of its opt-outs of sale, sharing and targeted advertising among the fields after the version."""
SECTIONS = frozenset(_OPT_OUTS)


def section(number: int, text: str) -> Permits:
    """Return what a US section permits; raises Unreadable."""
    core, *more = text.split(".")
    bits = Bits(core)
    bits.skip(6)
    fields = [bits.whole(2) for _ in range(max(_OPT_OUTS[number]) + 1)]
    opted_out = any(fields[place] == _OPTED_OUT for place in _OPT_OUTS[number])
    return NOTHING if opted_out or any(_controlled(part) for part in more) else ALL


def _controlled(segment: str) -> bool:
    bits = Bits(segment)
    return bits.whole(2) == _GPC_SEGMENT and bits.yes()


def is_privacy_string(text: str) -> bool:
    """Tell a US privacy string such as 1YNN by its form."""
    return _PRIVACY.fullmatch(text) is not None


def privacy(text: str) -> Permits:
    """Return what a US privacy string permits: its third letter is the opt-out of sale; raises Unreadable."""
    if not is_privacy_string(text):
        raise Unreadable("not a US privacy string")
    return NOTHING if text[2] == "Y" else ALL
