"""A seeded world of ad requests and of what contracts target in it: every dimension, popular and rare values.

Columns are drawn as arrays, so that a million rows are made in seconds; nothing here is measured.
"""
import numpy as np

from makegood.engine import targeting
from makegood.engine.supply import Column, Supply
from makegood.engine.targeting import Targeting

PLACES, SECTIONS, AUDIENCES, TEAMS = 1200, 60, 400, 40
COUNTRIES, REGIONS, METROS = 12, 8, 4
DEVICES, LANGUAGES = ("mobile", "desktop", "tablet", "ctv", "audio"), ("en", "en-GB", "de", "fr", "es-MX")
EVENING = [24 * day + hour for day in range(7) for hour in range(18, 24)]
WEEKEND = list(range(120, 168))
WORK = [24 * day + hour for day in range(5) for hour in range(9, 18)]


def supply(rows: int, rng: np.random.Generator) -> Supply:
    """So many sampled requests with uneven weights."""
    place = popular(PLACES, rows, rng)
    hour = rng.choice(168, rows, p=daily() / daily().sum())
    columns = {
        "placement": Column(tuple(range(1, PLACES + 1)), place),
        "section": Column(tuple(section(n) for n in range(PLACES)), place),
        "geo": Column(tuple(geos()), popular(len(geos()), rows, rng)),
        "device": Column(DEVICES, rng.choice(5, rows, p=[0.55, 0.25, 0.08, 0.08, 0.04]).astype(np.int32)),
        "hour_of_week": Column(tuple(range(168)), hour.astype(np.int32)),
        "language": Column((*LANGUAGES, None), rng.choice(6, rows, p=[0.4, 0.15, 0.15, 0.1, 0.1, 0.1]).astype(np.int32)),
        "category": Column(tuple(f"IAB{n // 6 + 1}-{n % 6 + 1}" for n in range(60)), popular(60, rows, rng)),
        "kv:team": Column((None, *(f"team{n}" for n in range(TEAMS))), popular(TEAMS + 1, rows, rng)),
        "audience": audiences(rows, rng),
    }
    return Supply(columns, rng.lognormal(3, 1, rows))


def popular(values: int, rows: int, rng: np.random.Generator) -> np.ndarray:
    """Values drawn by Zipf's law: the logarithm of the rank is uniform."""
    return (np.floor((values + 1) ** rng.random(rows)) - 1).astype(np.int32)


def daily() -> np.ndarray:
    """Requests by hour of the week: few at night, most in the evening."""
    return np.array([0.2 + np.sin(np.pi * (hour % 24) / 24) ** 2 for hour in range(168)])


def section(place: int) -> str:
    """The section of a placement, a path of two levels."""
    return f"s{place % SECTIONS % 6}/t{place % SECTIONS}"


def geos() -> list[str]:
    """Every metro area of every region of every country."""
    return [f"C{c}-R{r}-{m}" for m in range(METROS) for r in range(REGIONS) for c in range(COUNTRIES)]


def audiences(rows: int, rng: np.random.Generator) -> Column:
    """Sets of about three audiences, each popular by Zipf's law; many sets occur once."""
    sizes = rng.poisson(3, rows)
    members = popular(AUDIENCES, int(sizes.sum()), rng)
    book: dict[frozenset[str], int] = {}
    codes, at = np.zeros(rows, dtype=np.int32), 0
    for row, size in enumerate(sizes.tolist()):
        found = frozenset(f"a{n}" for n in members[at : at + size].tolist())
        codes[row], at = book.setdefault(found, len(book)), at + size
    return Column(tuple(book), codes)


def contracts(count: int, rng: np.random.Generator) -> list[Targeting]:
    """So many targetings: a product of placements or a section, then some of the other dimensions, some with exclusions."""
    return [targeting.from_json(contract(rng)) for _ in range(count)]


def contract(rng: np.random.Generator) -> dict[str, object]:
    """One targeting as JSON."""
    row: dict[str, object] = {}
    if rng.random() < 0.8:
        row["placement"] = (1 + popular_some(PLACES, rng.integers(1, 9), rng)).tolist()
    else:
        row["section"] = [section(int(rng.integers(PLACES)))]
    if rng.random() < 0.55:
        row["geo"] = geography(rng)
    if rng.random() < 0.4:
        row["device"] = rng.choice(DEVICES[:3], rng.integers(1, 3), replace=False).tolist()
    if rng.random() < 0.35:
        row["audience"] = {"include": [f"a{n}" for n in popular_some(AUDIENCES, 3, rng)],
                           "exclude": [f"a{rng.integers(AUDIENCES)}"] if rng.random() < 0.3 else []}
    if rng.random() < 0.2:
        row["hour_of_week"] = [EVENING, WEEKEND, WORK][int(rng.integers(3))]
    if rng.random() < 0.1:
        row["category"] = {"exclude": [f"IAB{rng.integers(1, 11)}"]}
    if rng.random() < 0.1:
        row["language"] = [LANGUAGES[int(rng.integers(5))]]
    if rng.random() < 0.05:
        row["key_values"] = {"team": [f"team{rng.integers(TEAMS)}"]}
    return row


def geography(rng: np.random.Generator) -> dict[str, list[str]]:
    """Some places of one level of the tree, sometimes without a part of the first."""
    level = int(rng.integers(1, 4))
    wanted = sorted({"-".join(geos()[n].split("-")[:level]) for n in popular_some(len(geos()), rng.integers(1, 4), rng).tolist()})
    without = [f"{wanted[0]}-R0"] if level == 1 and rng.random() < 0.3 else []
    return {"include": wanted, "exclude": without}


def popular_some(values: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """At most so many different values, the popular ones oftener."""
    return np.unique(popular(values, size, rng))
