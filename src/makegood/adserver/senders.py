"""One number for whoever sends, so that impossible rates can be seen without keeping an address.

A keyed hash of address and user agent that changes with the day and with the key: it links nothing across days.
"""

from __future__ import annotations

import base64
import functools

from makegood.adserver.clock import Clock
from makegood.adserver.keys import Keys

_DAY_MS = 86_400_000


class Senders:
    """Numbers senders under the current key."""

    def __init__(self, keys: Keys, clock: Clock) -> None:
        self._keys, self._clock = keys, clock
        self._cached = functools.lru_cache(65536)(self._number)

    def of(self, address: str, agent: str) -> int:
        """Return a number above 0 and below 2^63, the same for one address and agent all day (UTC)."""
        return self._cached(address, agent, self._clock.now_ms() // _DAY_MS)

    def _number(self, address: str, agent: str, day: int) -> int:
        signature = self._keys.sign(f"sender~{day}~{address}~{agent}".encode("utf-8", "replace"))
        return (int.from_bytes(base64.urlsafe_b64decode(signature + "==")[:8]) >> 1) | 1
