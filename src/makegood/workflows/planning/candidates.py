"""What could be lines of a plan: products in flightings, where and for whom, or why they cannot be. No avails, no prices."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from makegood.catalog.models import Product
from makegood.engine import targeting
from makegood.engine.targeting.predicates import Predicate, Targeting
from makegood.sales.models import Brief

Stretch = tuple[datetime.date, datetime.date]
DAY = datetime.timedelta(days=1)
SOLD_BY = {"CPM": "impressions", "CPC": "clicks", "CPV": "views", "day": "days", "unit": "units"}
ATTENTION, CLICKABLE = ("video", "audio"), ("display", "native", "video")


@dataclasses.dataclass(frozen=True)
class Possible:
    """A product in a flighting with its targeting, and what rules look at."""

    key: str
    product: Product
    periods: tuple[Stretch, ...]
    targeting: dict[str, Any]
    traits: dict[str, float]

    @property
    def days(self) -> int:
        """Days it runs."""
        return sum((end - start).days + 1 for start, end in self.periods)


def possible(
    brief: Brief, products: Iterable[Product], on_air: Sequence[Stretch], options: Sequence[str], least_days: int
) -> tuple[list[Possible], dict[str, str]]:
    """Everything that could be a line, in the catalogue's order; and why products cannot, by code."""
    found: list[Possible] = []
    dropped: dict[str, str] = {}
    for product in products:
        aim = aimed(brief, product)
        if aim is None or (why := _not(brief, product)):
            dropped[product.code] = "does not reach the audience" if aim is None else why
            continue
        for option in options if not product.exclusive and product.rate_type != "unit" else options[:1]:
            periods = part(on_air, option)
            if option == options[0] or _days(periods) >= least_days:
                found.append(Possible(f"{product.code}:{option}", product, periods, aim, traits(product, periods, on_air)))
    return found, dropped


def _not(brief: Brief, product: Product) -> str:
    """Why a product cannot be in the plan; empty when it can."""
    places = {place.code for place in product.placements.all() if place.active}
    if product.code in brief.excluded:
        return "excluded by the brief"
    if out := sorted(places & set(brief.excluded)):
        return f"runs on {out[0]}, which the brief excludes"
    if brief.property_id and product.property_id != brief.property_id and product.code not in brief.must_have:
        return "not on the property of the brief"
    if not places:
        return "has no placements"
    return "" if product.rate_type in SOLD_BY else f"sold {product.get_rate_type_display().lower()}: what it brings is not known"


def wanted(brief: Brief, products: Iterable[Product]) -> tuple[str, ...]:
    """Codes of the products the brief asks for; of a placement the product that runs on fewest others."""
    found: list[str] = []
    for code in brief.must_have:
        fitting = [one for one in products if one.code == code or any(place.code == code for place in one.placements.all())]
        best = min(fitting, key=lambda one: (one.code != code, len(one.placements.all()), one.exclusive, one.code), default=None)
        if best and best.code not in found:
            found.append(best.code)
    return tuple(found)


def part(on_air: Sequence[Stretch], option: str) -> tuple[Stretch, ...]:
    """The whole of the days on air, their first half or their last."""
    days = [start + n * DAY for start, end in on_air for n in range((end - start).days + 1)]
    half = (len(days) + 1) // 2
    chosen = {"whole": days, "early": days[:half], "late": days[half:] or days[-1:]}[option]
    found: list[Stretch] = []
    for day in chosen:
        found = [*found[:-1], (found[-1][0], day)] if found and found[-1][1] + DAY == day else [*found, (day, day)]
    return tuple(found)


def traits(product: Product, periods: Sequence[Stretch], on_air: Sequence[Stretch]) -> dict[str, float]:
    """What rules look at: property, product, format, medium, thirds of the campaign."""
    days = [start + n * DAY for start, end in on_air for n in range((end - start).days + 1)]
    third = max(len(days) // 3, 1)
    early, late = _within(periods, set(days[:third])), _within(periods, set(days[-third:]))
    facts = {
        f"property:{product.property.code}": 1.0, f"product:{product.code}": 1.0, f"format:{product.format}": 1.0,
        f"medium:{product.property.medium}": 1.0, "sight-and-sound": float(product.format in ATTENTION or product.exclusive),
        "clickable": float(product.format in CLICKABLE), "early": early, "late": late,
    }  # fmt: skip
    return {name: round(value, 6) for name, value in facts.items() if value}


def aimed(brief: Brief, product: Product) -> dict[str, Any] | None:
    """The product's own targeting and the brief's together; None where they have nobody in common."""
    wish = dict(brief.targeting)
    if brief.markets:
        wish["geo"] = list(brief.markets)
    both: Targeting = targeting.from_json(product.targeting)
    extra = [*targeting.from_json(wish).predicates, *([Predicate("section", exclude=frozenset(brief.beside))] if brief.beside else [])]
    for one in extra:
        own = next((other for other in both.predicates if other.dimension == one.dimension), None)
        met = one if own is None else _meet(own, one)
        if met is None:
            return None
        both = both.widened(met)
    return targeting.to_json(both)


def _meet(own: Predicate, one: Predicate) -> Predicate | None:
    include = {a for a in own.include for b in one.include if _inside(a, b)} | {b for a in own.include for b in one.include if _inside(b, a)}
    if own.include and one.include and not include:
        return None
    return Predicate(own.dimension, frozenset(include) or own.include or one.include, own.exclude | one.exclude)


def _inside(one: Any, other: Any) -> bool:
    return one == other or str(one).startswith((f"{other}-", f"{other}/"))


def _days(periods: Sequence[Stretch]) -> int:
    return sum((end - start).days + 1 for start, end in periods)


def _within(periods: Sequence[Stretch], days: set[datetime.date]) -> float:
    return sum(start <= day <= end for day in days for start, end in periods) / max(_days(periods), 1)
