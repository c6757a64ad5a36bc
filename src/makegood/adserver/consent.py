"""Whether a person has allowed an identifier for frequency capping.

Reads the plain answer or a TCF v2 string; without a yes there is no id and no cap, contextual only.
"""

from __future__ import annotations

import base64
import binascii

_PURPOSES_BIT = 152
_NEEDED = (1, 2)
"""TCF purposes: 1 store and access information on a device, 2 select basic advertising (includes capping)."""


def allows_identifier(consent: str | bool) -> bool:
    """Tell whether `consent` (an answer, "1", "true" or an IAB TCF v2 core string) permits keeping a counter per person.

    Source: IAB Europe, Transparency and Consent String v2, core string: version in bits 0-5, purposes from bit 152.
    """
    if isinstance(consent, bool):
        return consent
    if consent in ("1", "true"):
        return True
    core = consent.partition(".")[0]
    try:
        data = base64.urlsafe_b64decode(core + "=" * (-len(core) % 4))
    except (binascii.Error, ValueError):
        return False
    if len(data) * 8 < _PURPOSES_BIT + max(_NEEDED) or data[0] >> 2 != 2:
        return False
    return all(_bit(data, _PURPOSES_BIT + purpose - 1) for purpose in _NEEDED)


def _bit(data: bytes, at: int) -> bool:
    return bool(data[at // 8] >> (7 - at % 8) & 1)
