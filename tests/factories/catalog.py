"""A small catalogue for tests: run of site by impressions, a takeover by the day, streaming audio."""

import datetime
from decimal import Decimal

from makegood.catalog.actions import products, rates, supply
from makegood.catalog.models import Placement, Product, Property
from tests.factories.accounts import NOW


def site() -> Property:
    """A news site."""
    return products.add_property("news", "Northlight News", "news", by=None, at=NOW)


def placement(code: str = "news-mpu", *, size: tuple[int, int] = (300, 250), requests: int = 0, days: int = 60) -> Placement:
    """A display placement; `requests` a day were counted over the last `days`."""
    place = products.add_placement(site(), code, code.replace("-", " ").title(), "display", by=None, at=NOW, width=size[0], height=size[1])
    if requests:
        first = NOW.date() - datetime.timedelta(days=days)
        supply.record_days(place, {first + datetime.timedelta(days=n): requests for n in range(days)}, by=None)
    return place


def run_of_site(*, requests: int = 100_000, rate: str = "12", floor: str = "8", places: tuple[Placement, ...] = ()) -> Product:
    """Run of site by CPM over one placement (or `places`), with a rate from 2026 on."""
    product = products.add_product(
        site(), "run-of-site", "Run of site", placements=places or [placement(requests=requests)], format="display", rate_type="CPM",
        spec_profile="display-300x250", by=None, at=NOW,
    )  # fmt: skip
    return priced(product, rate, floor)


def takeover(*, rate: str = "24000", floor: str = "20000") -> Product:
    """The homepage for a day, to one advertiser at a time."""
    place = placement("home-billboard", size=(970, 250))
    product = products.add_product(
        site(), "takeover", "Homepage takeover", placements=[place], format="display", rate_type="day", spec_profile="display-970x250",
        by=None, at=NOW, exclusive=True, priority="sponsorship",
    )  # fmt: skip
    return priced(product, rate, floor)


def shared(share_pct: int) -> Product:
    """A share of the homepage's voice for a day, on the takeover's placement."""
    place = placement("home-billboard", size=(970, 250))
    product = products.add_product(
        site(), f"voice-{share_pct}", f"Homepage {share_pct} %", placements=[place], format="display", rate_type="day", spec_profile="display-970x250",
        by=None, at=NOW, share_pct=share_pct, priority="sponsorship",
    )  # fmt: skip
    return priced(product, "9000", "6000")


def priced(product: Product, rate: str, floor: str) -> Product:
    """The product with a card rate from 2026 on."""
    if not product.rates.exists():
        rates.set_rate(
            product, rate=Decimal(rate), floor=Decimal(floor), start=datetime.date(2026, 1, 1), end=datetime.date(2099, 12, 31), by=None, at=NOW
        )
    return product
