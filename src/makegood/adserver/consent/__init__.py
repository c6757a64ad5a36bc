"""What a person has allowed: a counter kept on their device, and audiences they are said to belong to.

Reads a plain answer, an IAB TCF v2 string, an IAB GPP string or a US privacy string. Without a yes there is no id and no
cap, and audiences are not looked at: contextual only.
"""

from __future__ import annotations

import functools
import operator

from makegood.adserver.consent import gpp, tcf, us
from makegood.adserver.consent.bits import Unreadable
from makegood.adserver.consent.permits import ALL, NOTHING, Permits

__all__ = ["ALL", "NOTHING", "Permits", "read"]


@functools.lru_cache(4096)
def read(text: str | bool, vendor: int = 0) -> Permits:
    """Return what `text` permits; `vendor` is the seller's id on the IAB's vendor list, 0 for a publisher itself.

    A yes, "1" and "true" permit everything. A GPP string may be followed by ";" and the ids of the sections that apply
    ("DBABLA~…;7,8"); without them all its sections must permit. Several texts with spaces between must all permit. What
    cannot be read permits nothing.
    """
    if isinstance(text, bool):
        return ALL if text else NOTHING
    said = [_one(one, vendor) for one in text.split()]
    return functools.reduce(operator.and_, said) if said else NOTHING


def _one(text: str, vendor: int) -> Permits:
    if text in ("1", "true"):
        return ALL
    try:
        if us.is_privacy_string(text):
            return us.privacy(text)
        if text.startswith("D"):
            return gpp.read(text, vendor)
        return tcf.read(text).permits(vendor)
    except Unreadable:
        return NOTHING
