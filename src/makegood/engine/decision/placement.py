"""One placement compiled for deciding: who may serve here, when, with which creatives, and the draw tables.

Internal to the decision; caches are bounded and hold only what follows from the plan.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Mapping
from itertools import accumulate

from makegood.engine import targeting
from makegood.engine.decision import shares
from makegood.engine.plan import PlanCreative, PlanFlight, PlanInvalid, PlanPlacement, ServingPlan

CACHED_TABLES = 4_096
SUITS = {
    "display": ("image", "html"),
    "html": ("html", "image"),
    "audio": ("audio", "vast_tag"),
    "video": ("video", "vast_tag"),
    "native": ("native",),
}


def fits(creative: PlanCreative, placement: PlanPlacement) -> bool:
    """Kind suits the format and, for display, the size is the placement's or exactly twice it (retina)."""
    if creative.kind not in SUITS[placement.format]:
        return False
    if placement.format not in ("display", "html") or placement.width is None or creative.width is None:
        return True
    size, wanted = (creative.width, creative.height), (placement.width, placement.height)
    return size == wanted or size == tuple(2 * (side or 0) for side in wanted)


def _targeting(flight: PlanFlight) -> targeting.Targeting:
    try:
        return targeting.from_json(flight.targeting)
    except targeting.TargetingInvalid as error:
        raise PlanInvalid(f"flight {flight.id}: targeting: {error}") from error


def set_bits(mask: int) -> list[int]:
    """Places of the bits that are set, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


class Table:
    """Cumulative chances over the eligible flights, for one bisect per draw."""

    __slots__ = ("bounds", "chances", "numbers")

    def __init__(self, flights: tuple[PlanFlight, ...], mask: int) -> None:
        eligible = set_bits(mask)
        found = zip(eligible, shares.shares([flights[n] for n in eligible]), strict=True)
        kept = [(n, chance) for n, chance in found if chance > 0]
        self.numbers = [n for n, _ in kept]
        self.chances = [chance for _, chance in kept]
        self.bounds = list(accumulate(self.chances))


class CompiledPlacement:
    """Flights of one placement as bits: dates by binary search, targeting by bitset, chances by cached tables."""

    def __init__(self, placement: PlanPlacement, plan: ServingPlan) -> None:
        self.placement = placement
        creatives = {c.id: c for c in plan.creatives}
        here = [f for f in plan.flights if placement.id in f.placement_ids]
        suited = [(f, tuple(r for r in f.creatives if fits(creatives[r.creative_id], placement))) for f in here]
        self.creativeless = tuple(f for f, rotation in suited if not rotation)
        self.flights = tuple(f for f, rotation in suited if rotation)
        self.rotations = tuple(rotation for _, rotation in suited if rotation)
        self.weights = tuple(tuple(r.weight for r in rotation) for rotation in self.rotations)
        self.bits = {flight.id: 1 << n for n, flight in enumerate(self.flights)}
        self.caps = {f.id: f.frequency_cap.count for f in self.flights if f.frequency_cap}
        self.roadblocks = tuple(f for f in self.flights if f.roadblock)
        self.index = targeting.TargetingIndex([_targeting(f) for f in self.flights])
        spans = [
            tuple(dt.datetime.fromisoformat(t).timestamp() for t in (f.starts_at, f.ends_at)) for f in self.flights
        ]
        self.spans = spans
        self._edges = sorted({edge for span in spans for edge in span})
        self._live: dict[int, int] = {}
        self._tables: dict[int, Table] = {}

    def live(self, at: dt.datetime) -> int:
        """Bits of the flights whose dates hold `at` (aware)."""
        now = at.timestamp()
        segment = bisect_right(self._edges, now)
        found = self._live.get(segment)
        if found is None:
            found = sum(1 << n for n, (start, end) in enumerate(self.spans) if start <= now < end)
            self._live[segment] = found
        return found

    def bits_of(self, flight_ids: Collection[int]) -> int:
        """Bits of the flights with these ids."""
        return sum(self.bits.get(number, 0) for number in flight_ids)

    def companions(self, groups: Collection[str]) -> int:
        """Bits of the flights of these companion groups."""
        return sum(self.bits[flight.id] for flight in self.flights if flight.companion_group in groups)

    def capped(self, seen: Mapping[int, int]) -> int:
        """Bits of the flights this person has seen often enough."""
        return sum(self.bits[f] for f, count in seen.items() if f in self.caps and count >= self.caps[f])

    def eligible(self, request: targeting.Request, at: dt.datetime, seen: Mapping[int, int]) -> int:
        """Bits of the flights that may serve this request now."""
        mask = self.live(at) & self.index.eligible(request)
        return mask & ~self.capped(seen) if seen else mask

    def table(self, mask: int) -> Table:
        """The chances among the flights of `mask`."""
        found = self._tables.get(mask)
        if found is None:
            if len(self._tables) >= CACHED_TABLES:
                self._tables.clear()
            found = self._tables[mask] = Table(self.flights, mask)
        return found
