"""What is not sold yet: briefs at every stage, and inventory held for clients, one hold lapsing on Friday, one with another behind it."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from makegood.sales.actions import briefs, plans
from makegood.workflows import holding
from makegood.workflows.demo.times import at, working
from makegood.workflows.demo.world import AGENCY_OF, World
from makegood.workflows.planning import making

BRIEFS = (  # advertiser, name, objective, property product, days ago, start, days, budget, probability, how it went
    ("Meridian Rail", "Winter Getaways", "consideration", "ros-desktop", 9, 14, 28, 148_800, 80, "proposed"),
    ("Pinecone Toys", "Holiday Playroom", "action", "ros-mobile", 6, 7, 18, 74_000, 60, "proposed"),
    ("Stonebridge Motors", "Model Year", "awareness", "pre-roll", 4, 40, 45, 210_000, 40, "open"),
    ("Aurelia Cosmetics", "Spring Shades", "awareness", "home-billboard", 3, 75, 40, 130_000, 35, "open"),
    ("Juniper Health", "Flu Clinics", "action", "mornings-30", 2, 18, 30, 52_000, 50, "open"),
    ("Greenlane Grocers", "January Pantry", "retail_sales", "search-shelf", 8, 39, 60, 88_000, 70, "proposed"),
    ("Brightwater Bank", "New Year Savings", "consideration", "half-page", 1, 42, 31, 64_000, 45, "open"),
    ("Fable Streaming", "Season Two", "awareness", "takeover", 12, 28, 14, 96_000, 55, "proposed"),
    ("Cobalt Insurance", "Teen Drivers", "action", "ros-mobile", 31, 2, 30, 40_000, 0, "lost"),
    ("Larkspur Travel", "Ski Weeks", "consideration", "sport", 45, -5, 28, 38_000, 0, "lost"),
)
MEASURES = {"awareness": "reach", "consideration": "clicks", "action": "clicks", "retail_sales": "clicks"}
PLANNED = {  # briefs that are planned the day they came, with what they ask for besides
    "Model Year": {"must_have": ["pre-roll"], "excluded": ["takeover"], "kpi_target": Decimal(200_000)},
    "January Pantry": {"background": "The holiday campaign sold best on the aisle."},
    "New Year Savings": {"beside": ["sport"]},
}  # fmt: skip
LOST = ("price: a rival sold the audience 20 % cheaper", "timing: we had no pre-roll left in the weeks they wanted")
HOLDS = (  # product, advertiser, start, days, units, owner, placed days ago, lapses in days, clock, reason
    ("ros-mobile", "Pinecone Toys", 7, 18, 480_000, "Dana", 5, None, "18:00", "Holiday Playroom, waiting for the budget"),
    ("takeover", "Kestrel Outdoor", 9, 1, 1, "Hana", 6, 1, "12:00", "Trail Takeover, waiting for the countersignature"),
    ("takeover", "Stonebridge Motors", 40, 2, 2, "Luis", 3, 9, "17:00", "Model Year"),
    ("takeover", "Fable Streaming", 40, 2, 2, "Dana", 2, 8, "17:00", "Season Two, second in the queue"),
    ("search-shelf", "Greenlane Grocers", 39, 30, 350_000, "Dana", 7, 6, "17:00", "January Pantry"),
    ("drive-30", "Juniper Health", 18, 14, 260_000, "Hana", 12, -2, "17:00", "Flu Clinics"),
)


def ask(world: World) -> Iterator[datetime.datetime]:
    """Briefs as they came in, proposed, lost."""
    for name, title, objective, product, ago, start, days, budget, chance, went in sorted(BRIEFS, key=lambda row: -row[4]):
        account, day = world.accounts[name], working(world.times.day(-ago))
        yield (moment := at(day, "10:15"))
        first = world.times.day(start)
        agency = world.accounts[AGENCY_OF[name]] if AGENCY_OF[name] else None
        brief = briefs.create(
            account, title, objective=objective, budget=Decimal(budget), start=first, end=first + datetime.timedelta(days=days - 1), by=account.owner,
            at=moment, agency=agency, property=world.products[product].property, probability_pct=chance or 40, kpi="Reach and click rate",
            kpi_type=MEASURES[objective], audience="Adults 25 to 54 in the north-east", markets=["US-NY", "US-MA"], **PLANNED.get(title, {}),
        )  # fmt: skip
        planned, proposed = moment + datetime.timedelta(hours=2), moment + datetime.timedelta(hours=5)
        plan = making.make(brief, by=account.owner, at=planned) if title in PLANNED and planned <= world.times.now else None
        if went == "proposed" and proposed <= world.times.now:
            if plan:
                plans.propose(plan, by=account.owner, at=proposed)
            else:
                briefs.propose(brief, by=account.owner, at=proposed)
        if went == "lost":
            briefs.lose(brief, by=account.owner, at=moment + datetime.timedelta(days=6), why=LOST[ago % 2])


def keep(world: World) -> Iterator[datetime.datetime]:
    """Holds as they were placed; whoever lapses lapses at the end of the telling."""
    for product, name, start, days, units, owner, ago, lapses, clock, reason in sorted(HOLDS, key=lambda row: -row[6]):
        yield (moment := at(world.times.day(-ago), "11:40"))
        first, today = world.times.day(start), world.times.today
        friday = today + datetime.timedelta(days=(4 - today.weekday()) % 7 or 7)
        until = friday if lapses is None else world.times.day(lapses)
        holding.place(
            world.products[product], world.accounts[name], start=first, end=first + datetime.timedelta(days=days - 1), units=units,
            expires_at=at(until, clock), by=world.cast[owner], at=moment, reason=reason,
        )  # fmt: skip
