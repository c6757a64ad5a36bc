"""One placement compiled for deciding: who may serve here, when, with which creatives, and the draw tables.

Internal to the decision; caches are bounded and hold only what follows from the plan.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Collection, Hashable, Mapping

from makegood.engine import targeting
from makegood.engine.decision import terms
from makegood.engine.decision.tables import Table
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


class CompiledPlacement:
    """Flights of one placement as bits: dates by binary search, targeting by bitset, chances by cached tables."""

    def __init__(self, placement: PlanPlacement, plan: ServingPlan) -> None:
        self.placement = placement
        creatives = {c.id: c for c in plan.creatives}
        booked = [f for f in plan.flights if placement.id in f.placement_ids]
        here = [booked[n] for n in terms.order(booked)]
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
        self.terms = terms.of(self.flights)
        self._spans = spans
        self._edges = [-math.inf, *sorted({edge for span in spans for edge in span}), math.inf]
        self._from = self._until = math.inf  # nothing is known of any time yet
        self._live = 0
        self._at: dt.datetime | None = None
        self._tables: dict[int, Table] = {}
        self._asked: dict[Hashable, Table] = {}

    @property
    def edges(self) -> list[float]:
        """When flights begin and end, ascending, in seconds since 1970 UTC."""
        return self._edges[1:-1]

    def live(self, at: dt.datetime) -> int:
        """Bits of the flights whose dates hold `at` (aware)."""
        self._at = at
        if not self._from <= (now := at.timestamp()) < self._until:
            self._turn(now)
        return self._live

    def bits_of(self, flight_ids: Collection[int]) -> int:
        """Bits of the flights with these ids."""
        return sum(self.bits.get(number, 0) for number in flight_ids)

    def companions(self, groups: Collection[str]) -> int:
        """Bits of the flights of these companion groups."""
        return sum(self.bits[flight.id] for flight in self.flights if flight.companion_group in groups)

    def capped(self, seen: Mapping[int, int]) -> int:
        """Bits of the flights this person has seen often enough."""
        return sum(self.bits[f] for f, count in seen.items() if f in self.caps and count >= self.caps[f])

    def open(self, request: targeting.Request, at: dt.datetime, seen: Mapping[int, int]) -> Table:
        """The chances of the flights that may serve this request now; requests that are alike share their table."""
        live = self._live if at is self._at else self.live(at)  # requests of one moment share it
        key = self.index.key(request)
        found = self._asked.get(key)
        if found is None:
            if len(self._asked) >= CACHED_TABLES:
                self._asked.clear()
            found = self._asked[key] = self.table(live & self.index.eligible(request))
        return self.table(found.mask & ~self.capped(seen)) if seen else found

    def table(self, mask: int) -> Table:
        """The chances among the flights of `mask`."""
        found = self._tables.get(mask)
        if found is None:
            if len(self._tables) >= CACHED_TABLES:
                self._tables.clear()
            found = self._tables[mask] = Table(self.terms, mask)
        return found

    def _turn(self, now: float) -> None:
        """A flight has begun or ended: what was known of requests holds no longer."""
        later = bisect_right(self._edges, now)
        self._from, self._until = self._edges[later - 1], self._edges[later]
        self._live = sum(1 << n for n, (start, end) in enumerate(self._spans) if start <= now < end)
        self._asked.clear()
