"""What is known of an ad before anybody asks for it: its creative, and the texts that every grant and event of it repeat.

One card per flight, creative and placement of a plan, made when first shown.
"""

from __future__ import annotations

import msgspec

from makegood.adserver import lines, signing
from makegood.engine.decision import Decision
from makegood.engine.plan import PlanCreative, PlanFlight, PlanPlacement, ServingPlan


class Card(msgspec.Struct, frozen=True):
    """`ids` is its part of a payload, `fields` its part of an event line; `creative` is None where nothing is shown."""

    placement: PlanPlacement
    flight_id: int
    creative: PlanCreative | None
    ids: str
    fields: str
    requested: str
    """The part of a request's line: a request belongs to the placement, not to whichever flight won it."""


class Text(msgspec.Struct, frozen=True, gc=False):
    """A slot's reply around its tokens: for each set that is signed, the text before each token and its tag's place."""

    sets: tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]
    end: str
    macros: bool = False
    """Whether third parties' URLs in it have macros to fill for each ad."""


Texts = dict[tuple[int, int, int], Text]
"""By placement, flight and creative."""


class Cards:
    """The cards of one plan."""

    def __init__(self, plan: ServingPlan, flights: dict[int, PlanFlight], creatives: dict[int, PlanCreative]) -> None:
        self._version, self._flights, self._creatives = plan.version, flights, creatives
        self._made: dict[tuple[int, int, int], Card] = {}

    def of(self, placement: PlanPlacement, decided: Decision | None) -> Card:
        """Return the card of a decision; for none, that of the placement's fallback."""
        flight_id = decided.flight_id if decided else 0
        creative_id = decided.creative_id if decided else placement.fallback_creative_id or 0
        key = (placement.id, flight_id, creative_id)
        return self._made.get(key) or self._make(key, placement)

    def _make(self, key: tuple[int, int, int], placement: PlanPlacement) -> Card:
        flight, creative = self._flights.get(key[1]), self._creatives.get(key[2])
        line, order = (flight.line_id, flight.order_id) if flight else (0, 0)
        shown, version = (creative.id, creative.version_id) if creative else (0, 0)
        made = self._made[key] = Card(
            placement,
            key[1],
            creative,
            signing.ids_text(placement.id, key[1], line, order, shown, version, self._version),
            lines.ids(
                placement_id=placement.id, flight_id=key[1], line_id=line, order_id=order, creative_id=shown,
                version_id=version, plan_version=self._version,
            ),
            lines.ids(placement_id=placement.id, plan_version=self._version),
        )  # fmt: skip
        return made
