"""What the demo seller sells: three properties, their placements, products, aliases and card rates. Data and its opening."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from makegood.catalog.actions import generic, packages, products, profiles, rates
from makegood.catalog.models import Placement, Product, Property

PROPERTIES = (("news", "Northlight News", "news"), ("listen", "Northlight Listen", "audio"), ("shelf", "Northlight Shelf", "retail"))


class Place(NamedTuple):
    """A placement: where, which format and size or seconds, which device, requests on an ordinary day in thousands."""

    code: str
    name: str
    section: str
    format: str
    size: str
    device: str
    daily_k: int


PLACES = (
    Place("news-home-billboard", "Homepage billboard", "home", "display", "970x250", "desktop", 260),
    Place("news-home-mpu", "Homepage rectangle", "home", "display", "300x250", "desktop", 240),
    Place("news-ros-leaderboard", "Run of site leaderboard", "news", "display", "728x90", "desktop", 430),
    Place("news-ros-mpu", "Run of site rectangle", "news", "display", "300x250", "desktop", 390),
    Place("news-ros-halfpage", "Half page", "news", "display", "300x600", "desktop", 150),
    Place("news-sport-mpu", "Sport rectangle", "sport", "display", "300x250", "", 120),
    Place("news-mobile-mpu", "Mobile rectangle", "news", "display", "300x250", "mobile", 520),
    Place("news-mobile-banner", "Mobile banner", "news", "display", "320x50", "mobile", 610),
    Place("news-preroll-15", "Video pre-roll 15 s", "video", "video", "15", "", 170),
    Place("news-brief", "Morning Brief newsletter", "newsletter", "native", "", "", 90),
    Place("listen-morning-30", "Weekday mornings 30 s", "morning", "audio", "30", "", 110),
    Place("listen-day-30", "All day 30 s", "day", "audio", "30", "", 260),
    Place("listen-drive-30", "Drive time 30 s", "drive", "audio", "30", "", 140),
    Place("listen-day-15", "All day 15 s", "day", "audio", "15", "", 130),
    Place("listen-podcast-30", "Podcast mid-roll 30 s", "podcast", "audio", "30", "", 75),
    Place("shelf-home-mpu", "Shelf home rectangle", "home", "display", "300x250", "", 95),
    Place("shelf-search", "Search shelf", "search", "native", "", "", 80),
    Place("shelf-aisle", "Breakfast aisle", "aisle", "native", "", "", 105),
    Place("shelf-checkout", "Checkout screens", "checkout", "display", "300x250", "store", 150),
)


class Sold(NamedTuple):
    """A product: placements, rate type, card rate and floor, spec profile family, and what agencies call it."""

    code: str
    name: str
    places: tuple[str, ...]
    rate_type: str
    rate: str
    floor: str
    spec: str
    aliases: tuple[str, ...] = ()
    exclusive: bool = False
    lead_days: int = 5


PRODUCTS = (
    Sold("takeover", "Homepage takeover", ("news-home-billboard",), "day", "24000", "19000", "display",
         ("Homepage takeover, all devices", "HPTO", "Front page sponsorship (day)"), True, 7),
    Sold("home-billboard", "Homepage billboard", ("news-home-billboard",), "CPM", "18", "13", "display", ("Homepage billboard 970x250", "HP billboard")),
    Sold("ros-desktop", "Run of site desktop", ("news-ros-leaderboard", "news-ros-mpu"), "CPM", "11", "8", "display",
         ("RON desktop leaderboard 728x90", "ROS desktop standard banners")),
    Sold("ros-mobile", "Run of site mobile", ("news-mobile-mpu", "news-mobile-banner"), "CPM", "9.50", "7", "display",
         ("RON mobile MPU 300x250", "ROS mobile web")),
    Sold("half-page", "Half page", ("news-ros-halfpage",), "CPM", "16", "12", "display", ("RON half page 300x600", "Double MPU")),
    Sold("sport", "Sport rectangle", ("news-sport-mpu",), "CPM", "12.50", "9", "display", ("Sport section MPU",)),
    Sold("pre-roll", "Pre-roll 15 s", ("news-preroll-15",), "CPM", "28", "21", "video-online", ("In-stream pre-roll :15", "Video preroll 15 sec")),
    Sold("newsletter", "Morning Brief newsletter", ("news-brief",), "unit", "3000", "2400", "native", ("Newsletter sponsorship, per send",)),
    Sold("mornings-30", "Weekday mornings, 30 s", ("listen-morning-30",), "CPM", "24", "18", "audio-streaming", ("Streaming audio :30 AM",)),
    Sold("all-day-30", "All day, 30 s", ("listen-day-30",), "CPM", "22", "16", "audio-streaming", ("Streaming audio :30 all day", "Audio ROS :30")),
    Sold("drive-30", "Audio drive time", ("listen-drive-30",), "CPM", "26", "20", "audio-streaming", ("Streaming audio :30 drive",)),
    Sold("all-day-15", "All day, 15 s", ("listen-day-15",), "CPM", "16", "12", "audio-streaming", ("Streaming audio :15 all day",)),
    Sold("podcast-30", "Podcast mid-roll", ("listen-podcast-30",), "CPM", "30", "23", "audio-podcast", ("Podcast midroll :30",)),
    Sold("shelf-home", "Shelf home", ("shelf-home-mpu",), "CPM", "12", "9", "retail-display", ("Retailer home page 300x250",)),
    Sold("search-shelf", "Search shelf", ("shelf-search",), "CPM", "14", "10", "retail-sponsored", ("Sponsored product, search", "Onsite search sponsored")),
    Sold("aisle", "Breakfast aisle", ("shelf-aisle",), "CPM", "14", "10", "retail-sponsored", ("Sponsored product, aisle",)),
    Sold("checkout", "Checkout screens", ("shelf-checkout",), "CPM", "13", "9.50", "retail-display", ("Grocery checkout screens", "In-store checkout DOOH")),
)
PRIORITY = {"takeover": "sponsorship"}
PACKAGES: dict[str, tuple[str, str, tuple[tuple[str, int, bool], ...]]] = {
    "launch-day": ("Launch day", "39500", (("takeover", 1, False), ("home-billboard", 900_000, False), ("ros-mobile", 400_000, True))),
    "breakfast": ("Breakfast, three screens", "28000", (("mornings-30", 500_000, False), ("aisle", 700_000, False), ("checkout", 600_000, False), ("newsletter", 1, True))),
}


def stock(*, at: datetime.datetime, since: datetime.date, until: datetime.date) -> tuple[dict[str, Product], dict[str, Placement]]:
    """Open the catalogue with rates for the days since..until. (products, placements) by code."""
    profiles.import_shipped(by=None, at=at)
    generic.ensure(by=None, at=at)
    homes = {code: products.add_property(code, name, medium, by=None, at=at) for code, name, medium in PROPERTIES}
    places = {row.code: _place(homes[row.code.split("-")[0]], row, at) for row in PLACES}
    sold = {row.code: _product(homes, places, row, at, since, until) for row in PRODUCTS}
    for code, (name, price, items) in PACKAGES.items():
        packages.set_package(code, name, price=Decimal(price), items=[(sold[product], units, added) for product, units, added in items], by=None, at=at)
    return sold, places


def _place(home: Property, row: Place, at: datetime.datetime) -> Placement:
    facts: dict[str, object] = {"section": row.section, "device": row.device}
    if "x" in row.size:
        facts |= dict(zip(("width", "height"), map(int, row.size.split("x")), strict=True))
    elif row.size:
        facts["duration_s"] = int(row.size)
    return products.add_placement(home, row.code, row.name, row.format, by=None, at=at, **facts)


def _product(
    homes: dict[str, Property], places: dict[str, Placement], row: Sold, at: datetime.datetime, since: datetime.date, until: datetime.date
) -> Product:
    chosen = [places[code] for code in row.places]
    made = products.add_product(
        homes[row.places[0].split("-")[0]], row.code, row.name, placements=chosen, format=chosen[0].format, rate_type=row.rate_type,
        spec_profile=row.spec, by=None, at=at, exclusive=row.exclusive, lead_days=row.lead_days, aliases=list(row.aliases),
        priority=PRIORITY.get(row.code, "guaranteed"),
    )  # fmt: skip
    rates.set_rate(made, rate=Decimal(row.rate), floor=Decimal(row.floor), cost=Decimal(row.floor) * Decimal("0.6"), start=since, end=until, by=None, at=at)
    return made
