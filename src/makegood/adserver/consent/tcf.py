"""IAB Europe's Transparency and Consent Framework, string version 2: purposes, vendors, publisher restrictions.

Source: IAB Tech Lab, Transparency and Consent String with Global Vendor List Format v2, "The core string".
"""

from __future__ import annotations

import dataclasses

from makegood.adserver.consent.bits import Bits, Unreadable
from makegood.adserver.consent.permits import Permits

STORE, SELECT_BASIC, SELECT_PERSONAL = 1, 2, 4
"""Purposes: information on the device; ads by limited data (frequency capping is named there); ads by profiles."""
NOT_ALLOWED, REQUIRE_CONSENT, REQUIRE_INTEREST = 0, 1, 2


@dataclasses.dataclass(frozen=True, slots=True)
class Vendors:
    """Vendors by id, kept as written: ranges are not spelled out, because a short text can name billions."""

    single: frozenset[int] = frozenset()
    ranges: tuple[tuple[int, int], ...] = ()

    def __contains__(self, vendor: int) -> bool:
        return vendor in self.single or any(first <= vendor <= last for first, last in self.ranges)


@dataclasses.dataclass(frozen=True, slots=True)
class Core:
    """The core string's choices. `restricted` lists (purpose, type of restriction, vendors it is put on)."""

    consented: frozenset[int]
    interest: frozenset[int]
    vendors: Vendors
    interest_vendors: Vendors
    restricted: tuple[tuple[int, int, Vendors], ...]

    def permits(self, vendor: int = 0) -> Permits:
        """Return what these choices permit a vendor (0: the publisher's own server, bound by purposes alone).

        Device storage and personal ads rest on consent; basic ads on consent or legitimate interest.
        """
        basic = self._by_consent(SELECT_BASIC, vendor) or self._by_interest(SELECT_BASIC, vendor)
        return Permits(self._by_consent(STORE, vendor) and basic, self._by_consent(SELECT_PERSONAL, vendor))

    def _by_consent(self, purpose: int, vendor: int) -> bool:
        barred = self._barred(purpose, NOT_ALLOWED, vendor) or self._barred(purpose, REQUIRE_INTEREST, vendor)
        return purpose in self.consented and (not vendor or vendor in self.vendors) and not barred

    def _by_interest(self, purpose: int, vendor: int) -> bool:
        barred = self._barred(purpose, NOT_ALLOWED, vendor) or self._barred(purpose, REQUIRE_CONSENT, vendor)
        return purpose in self.interest and (not vendor or vendor in self.interest_vendors) and not barred

    def _barred(self, purpose: int, kind: int, vendor: int) -> bool:
        return any((p, k) == (purpose, kind) and vendor in vendors for p, k, vendors in self.restricted)


def read(text: str) -> Core:
    """Read the core part of a TCF v2 string; raises Unreadable for anything else."""
    bits = Bits(text.partition(".")[0])
    if bits.whole(6) != 2:
        raise Unreadable("not version 2")
    bits.skip(36 + 36 + 12 + 12 + 6 + 12 + 12 + 6 + 1 + 1 + 12)  # dates, platform, language, list, policy, features
    consented, interest = bits.chosen(24), bits.chosen(24)
    bits.skip(1 + 12)  # treatment of purpose 1, country
    return Core(consented, interest, _vendors(bits), _vendors(bits), _restrictions(bits))


def _vendors(bits: Bits) -> Vendors:
    most = bits.whole(16)
    return _ranges(bits) if bits.yes() else Vendors(bits.chosen(most))


def _ranges(bits: Bits) -> Vendors:
    found = []
    for _ in range(bits.whole(12)):
        ranged, first = bits.yes(), bits.whole(16)
        found.append((first, bits.whole(16) if ranged else first))
    return Vendors(ranges=tuple(found))


def _restrictions(bits: Bits) -> tuple[tuple[int, int, Vendors], ...]:
    return tuple((bits.whole(6), bits.whole(2), _ranges(bits)) for _ in range(bits.whole(12)))
