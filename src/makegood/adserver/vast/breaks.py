"""An ad break: how many ads a player asks for and which of the decided ones make it up, with their companions.

`pod=3&pod_s=60` asks for at most three ads of together at most 60 s; `companions=a,b` for display placements beside them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import msgspec

from makegood.adserver import withdrawing
from makegood.adserver.adrequest import AdRequest, BadRequest, Slot
from makegood.adserver.offers import Offer, Offers
from makegood.adserver.state import State

MOST_ADS, MOST_COMPANIONS = 10, 5
PLAYABLE = ("audio", "video", "vast_tag")
"""A fallback may be of another kind; a player gets none of it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Break:
    """What was asked: `ads` places in a row (0: a single ad outside any pod), seconds they may last, companions."""

    ads: int = 0
    seconds: float | None = None
    companions: tuple[str, ...] = ()

    def slots(self, ad: AdRequest) -> AdRequest:
        """Return the request with a slot for each place of the break and then for each companion."""
        lead = ad.slots[0]
        places = tuple(Slot(lead.placement, f"ad-{n}") for n in range(max(1, self.ads)))
        return msgspec.structs.replace(ad, slots=places + tuple(Slot(code, code) for code in self.companions))


def asked(query: Mapping[str, str]) -> Break:
    """Read a player's query; raises BadRequest naming the part."""
    companions = tuple(code for code in query.get("companions", "").split(",") if code)
    if len(companions) > MOST_COMPANIONS:
        raise BadRequest(f"companions: {len(companions)} placements; at most {MOST_COMPANIONS}")
    ads = _number(query, "pod", MOST_ADS)
    seconds = _number(query, "pod_s", 3600)
    return Break(ads, float(seconds) if seconds else None, companions)


def _number(query: Mapping[str, str], name: str, most: int) -> int:
    text = query.get(name, "")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise BadRequest(f"{name}: {text[:20]!r} is not a whole number from 1 to {most}")
    return int(text)


def chosen(state: State, made: Offers, wanted: Break) -> tuple[Offers, list[tuple[Offer, list[Offer]]]]:
    """Return the offers as used, and each ad with its companions; no campaign twice in a break, no second too many."""
    ads = max(1, wanted.ads)
    used = _fitting(made.offers[:ads], wanted.seconds)
    pairs, taken = [], set(used)
    for place in used:
        beside = [n for n in range(ads, len(made.offers)) if n not in taken and _together(made, place, n)]
        taken.update(beside)
        pairs.append((made.offers[place], [made.offers[n] for n in beside]))
    return withdrawing.keep(state, made, taken), pairs


def _fitting(offers: list[Offer], seconds: float | None) -> list[int]:
    left, seen, used = seconds, set[tuple[int, int]](), list[int]()
    for place, offer in enumerate(offers):
        if offer.creative is None or offer.creative.kind not in PLAYABLE:
            continue
        length = offer.creative.duration_s or offer.placement.duration_s or 0.0
        campaign = (offer.flight_id, 0 if offer.flight_id else offer.creative.id)
        if campaign in seen or (left is not None and length > left):
            continue
        seen.add(campaign)
        used.append(place)
        left = None if left is None else left - length
    return used


def _together(made: Offers, ad: int, companion: int) -> bool:
    """A companion belongs to the ad's own campaign or to a flight of its companion group, and is something to draw."""
    lead, beside = made.offers[ad], made.offers[companion]
    if (
        beside.creative is None
        or beside.creative.kind not in ("image", "html")
        or not (lead.flight_id and beside.flight_id)
    ):
        return False
    first, second = (made.live.flights[offer.flight_id] for offer in (lead, beside))
    same_group = first.companion_group is not None and first.companion_group == second.companion_group
    return first.line_id == second.line_id or same_group
