"""IAB Tech Lab's Global Privacy Platform: which sections a string has, and what those that apply permit together.

Source: GPP Consent String Specification 1.0: header of type 3, version 1 and a Fibonacci range of section ids; sections
follow after "~" in that order. A section we cannot read permits nothing.
"""

from __future__ import annotations

import functools
import operator

from makegood.adserver.consent import tcf, us
from makegood.adserver.consent.bits import Bits, Unreadable
from makegood.adserver.consent.permits import NOTHING, Permits

TCF_EU, US_PRIVACY = 2, 6
_MOST_SECTIONS = 100


def read(text: str, vendor: int = 0) -> Permits:
    """Return what the sections that apply permit; raises Unreadable."""
    string, _, named = text.partition(";")
    found = sections(string)
    wanted = [_number(one) for one in named.split(",") if one] or list(found)
    if not wanted:
        return NOTHING
    return functools.reduce(operator.and_, (_section(one, found.get(one, ""), vendor) for one in wanted))


def sections(text: str) -> dict[int, str]:
    """Return the sections by id; raises Unreadable."""
    header, *parts = text.split("~")
    bits = Bits(header)
    if (bits.whole(6), bits.whole(6)) != (3, 1):
        raise Unreadable("not a GPP header of version 1")
    ids: list[int] = []
    for _ in range(bits.whole(12)):
        ranged, first = bits.yes(), (ids[-1] if ids else 0) + bits.fibonacci()
        last = first + bits.fibonacci() if ranged else first
        if last - first > _MOST_SECTIONS or len(ids) > _MOST_SECTIONS:
            raise Unreadable("too many sections")
        ids += range(first, last + 1)
    if len(ids) != len(parts):
        raise Unreadable("sections and header do not agree")
    return dict(zip(ids, parts, strict=True))


def _section(number: int, text: str, vendor: int) -> Permits:
    if number == TCF_EU:
        return tcf.read(text).permits(vendor)
    if number == US_PRIVACY:
        return us.privacy(text)
    return us.section(number, text) if number in us.SECTIONS else NOTHING


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise Unreadable(f"{text!r} is no section id")
    return int(text)
