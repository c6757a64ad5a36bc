"""Campaigns of the year before: drawn from the seed within what was for sale, with the troubles every year has."""

import random

from makegood.workflows.demo.campaigns.spec import Campaign, Part
from makegood.workflows.demo.companies import ADVERTISERS

SEASONS = ("Spring", "Summer", "Back to School", "Harvest", "New Year", "Weekend", "City", "Coast", "Everyday", "Launch")
WORDS = ("Stories", "Moments", "Choices", "Days", "Offers", "Routes", "Classics", "Favourites", "Ideas", "Voices")
USUAL = {  # product: units on an ordinary day
    "home-billboard": 90_000, "ros-desktop": 165_000, "ros-mobile": 210_000, "half-page": 42_000, "sport": 39_000, "pre-roll": 60_000,
    "mornings-30": 36_000, "all-day-30": 78_000, "drive-30": 45_000, "all-day-15": 39_000, "podcast-30": 21_000, "shelf-home": 33_000,
    "search-shelf": 28_000, "aisle": 36_000, "checkout": 54_000,
}  # fmt: skip
TROUBLES = ("late_creative", "paused", "slow_client", "rework", "third_party", "unpaid", "rejected_once", "half_paid", "policy")
FIRST, LAST = -352, -58  # days from today between which they start


def earlier(number: int, *, seed: int) -> list[Campaign]:
    """`number` campaigns over the past year, evenly spread, all over by now."""
    chance = random.Random(seed)
    found = []
    for n in range(number):
        start = FIRST + (LAST - FIRST) * n // max(1, number - 1) + chance.randrange(-3, 4)
        days = min(chance.choice((14, 21, 28, 28, 42)), -start - 16)
        advertiser = ADVERTISERS[(n * 7 + seed) % len(ADVERTISERS)]
        chosen = chance.sample(sorted(USUAL), chance.choice((1, 1, 2, 2, 3)))
        parts = tuple(Part(code, 10_000 * round(USUAL[code] * days * chance.uniform(0.5, 1.1) / 10_000), off_pct=chance.choice((0, 0, 0, 5, 10, 12))) for code in chosen)
        if n % 9 == 4:  # far enough apart that no two want the same day
            parts = (*parts, Part("takeover", 1, starts=days // 2, days=1))
        found.append(Campaign(
            advertiser[0], f"{chance.choice(SEASONS)} {chance.choice(WORDS)}", start, days, parts, direct=chance.random() < 0.15,
            manager=chance.choice(("Priya", "Grace", "Ben")), trafficker=chance.choice(("Tomas", "Nadia")),
            trouble=frozenset(chance.sample(TROUBLES, chance.choice((0, 0, 1, 1, 2)))), terms=_terms(chance),
        ))  # fmt: skip
    return found


def _terms(chance: random.Random) -> dict[str, object]:
    return chance.choice(
        ({}, {}, {"bill_calendar": "broadcast"}, {"bill_schedule": "end"}, {"bill_cap": "cumulative_per_cycle"}, {"bill_source": "contracted"})
    )
