"""Offers that were decided and are not used: their served events and cap counts are taken back, their requests stay.

Why one is not used is the caller's business: a break that is full, a companion of another campaign, a lost auction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import msgspec

from makegood.adserver import capping
from makegood.adserver.events import is_kind
from makegood.adserver.lines import Lines, Recorded
from makegood.adserver.offers import Offer, Offers
from makegood.adserver.state import State


def keep(state: State, made: Offers, used: Collection[int]) -> Offers:
    """Return `made` as if only the offers at the places `used` had been given; the others are offers of nothing."""
    dropped = [offer for n, offer in enumerate(made.offers) if n not in used and offer.creative]
    if not dropped:
        return made
    gone = {f"{nonce(offer)}.served" for offer in dropped}
    offers = [
        offer if n in used else msgspec.structs.replace(offer, creative=None, flight_id=0)
        for n, offer in enumerate(made.offers)
    ]
    return Offers(offers, only(made.events, lambda event: event not in gone), _caps(state, made, dropped), made.live)


def only(events: Iterable[Recorded], wanted: Callable[[str], bool]) -> tuple[Recorded, ...]:
    """Return the events of whose ids `wanted` says yes, as finished lines."""
    lines = [line for one in events for line in one.line().decode().splitlines(keepends=True)]
    kept = [(event, line) for line in lines if wanted(event := line[len('{"id":"') :].partition('"')[0])]
    kinds = tuple(kind for kind in (event.partition(".")[2] for event, _ in kept) if is_kind(kind))
    return (Lines(kinds, "".join(line for _, line in kept)),) if kept else ()


def nonce(offer: Offer) -> str:
    """Return the nonce that every event of an offer begins with."""
    return offer.payload.split("~")[1]


def _caps(state: State, made: Offers, dropped: Collection[Offer]) -> str:
    capped = [offer.flight_id for offer in dropped if offer.flight_id in made.live.cap_windows_s]
    if not made.caps or not capped:
        return made.caps
    kept = capping.read(state.keys, made.caps)
    counts = kept.counts
    for flight in capped:
        counts = capping.taken_back(counts, flight)
    return capping.write(state.keys, msgspec.structs.replace(kept, counts=counts))
