"""Offers that were decided and are not used: their served events and cap counts are taken back, their requests stay.

Why one is not used is the caller's business: a break that is full, a companion of another campaign, a lost auction.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from makegood.adserver import capping
from makegood.adserver.offers import Offer, Offers
from makegood.adserver.state import State


def keep(state: State, made: Offers, used: Collection[int]) -> Offers:
    """Return `made` as if only the offers at the places `used` had been given; the others are offers of nothing."""
    dropped = [offer for n, offer in enumerate(made.offers) if n not in used and offer.creative]
    if not dropped:
        return made
    gone = {f"{nonce(offer)}.served" for offer in dropped}
    offers = [
        offer if n in used else dataclasses.replace(offer, creative=None, flight_id=0)
        for n, offer in enumerate(made.offers)
    ]
    events = tuple(event for event in made.events if event.id not in gone)
    return Offers(offers, events, _caps(state, made.caps, dropped))


def nonce(offer: Offer) -> str:
    """Return the nonce that every event of an offer begins with."""
    return offer.payload.split("~")[1]


def _caps(state: State, token: str, dropped: Collection[Offer]) -> str:
    capped = [offer.flight_id for offer in dropped if offer.flight_id in state.plans.current.cap_windows_s]
    if not token or not capped:
        return token
    counts = capping.read(state.keys, token)
    for flight in capped:
        counts = capping.taken_back(counts, flight)
    return capping.write(state.keys, counts) if counts else ""
