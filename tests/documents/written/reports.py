"""The report the tests write: a campaign that ends short, with every section filled."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from makegood.documents.written.report import Bill, Cause, Day, MakeGood, Part, ReportDocument, ReportLine

from . import samples

FIRST = date(2026, 10, 5)
DAYS = tuple(
    Day(
        on=FIRST + timedelta(days=at),
        delivered=96_000 + (at % 7) * 4_321 - (at > 17) * 17_500,
        clicks=190 + at,
        expected=110_000.0 + (at % 7) * 4_321,
    )
    for at in range(35)
)
NET = sum(day.delivered for day in DAYS)
SECOND = 1_200_000
PROMISED = (3_000_000, 1_000_000)
LINES = (
    ReportLine(
        number=1,
        name="Run of site mobile",
        placement="News, 300×250",
        starts_on=FIRST,
        ends_on=DAYS[-1].on,
        promised=PROMISED[0],
        gross=NET - SECOND + 52_110,
        filtered=(("invalid traffic", 50_000), ("our own tests", 2_110)),
        delivered=NET - SECOND,
        rate=Decimal("9.50"),
        booked=Decimal("28500.00"),
        value=(Decimal("9.50") * (NET - SECOND) / 1000).quantize(Decimal("0.01")),
        measurable=2_100_000,
        viewable=1_480_500,
        clicks=5_100,
        state="risk",
        note="Mobile traffic fell on 23 October",
    ),
    ReportLine(
        number=2,
        name="Homepage billboard",
        placement="News, 970×250",
        starts_on=FIRST,
        ends_on=DAYS[-1].on,
        promised=PROMISED[1],
        gross=SECOND + 9_001,
        filtered=(("invalid traffic", 9_001),),
        delivered=SECOND,
        rate=Decimal(18),
        booked=Decimal("18000.00"),
        value=Decimal("18000.00"),
        measurable=1_150_000,
        viewable=901_222,
        clicks=2_145,
        state="ok",
        note="Capped at the goal",
    ),
    ReportLine(
        number=3,
        name="Morning Brief newsletter",
        placement="News",
        starts_on=FIRST,
        ends_on=DAYS[-1].on,
        promised=4,
        gross=4,
        delivered=4,
        unit="sends",
        rate=Decimal(3000),
        rate_unit="each",
        booked=Decimal("12000.00"),
        value=Decimal("12000.00"),
        state="ok",
    ),
)
GAP = sum(PROMISED) - NET
REPORT = ReportDocument(
    seller=samples.SELLER,
    client="Oatfield Foods",
    agency="Parallel Media",
    campaign="Autumn Breakfast",
    order_number="NL-20377",
    starts_on=FIRST,
    ends_on=DAYS[-1].on,
    currency="USD",
    headline=f"Delivered {NET / sum(PROMISED):.1%} of the promise; mobile traffic fell".replace("%", " %"),
    findings=(
        "Run of site mobile ends short because mobile traffic fell from 23 October.",
        "The homepage billboard delivered over its goal; the surplus is not billed.",
    ),
    as_of=datetime(2026, 11, 9, 15, 0, tzinfo=UTC),
    zone="America/New_York",
    lines=LINES,
    days=DAYS,
    creatives=(
        Part(
            name="Breakfast hero",
            detail="300×250",
            delivered=NET - SECOND,
            measurable=2_100_000,
            viewable=1_480_500,
            clicks=5_100,
        ),
        Part(
            name="Breakfast billboard",
            detail="970×250",
            delivered=SECOND,
            measurable=1_150_000,
            viewable=901_222,
            clicks=2_145,
        ),
    ),
    placements=(
        Part(name="Article, mobile", delivered=1_400_000),
        Part(name="Section front, mobile", delivered=NET - SECOND - 1_400_000),
        Part(name="Homepage", delivered=SECOND),
    ),
    causes=(
        Cause(label="Mobile traffic below forecast", units=-GAP - 200_000 + 61_000),
        Cause(label="Creative approved 2 days late", units=-61_000),
        Cause(label="Homepage over its goal", units=200_000),
    ),
    make_goods=(
        MakeGood(
            what="In-app mobile, 7 days in November",
            units=400_000,
            value=Decimal("3800.00"),
            status="offered",
            line_number=1,
        ),
    ),
    billing=(
        Bill(
            number="2026-1187",
            issued_on=date(2026, 10, 27),
            period="Broadcast October 2026",
            gross=Decimal("31200.40"),
            commission=Decimal("4680.06"),
            net=Decimal("26520.34"),
            status="paid",
        ),
        Bill(
            number="2026-1260",
            issued_on=date(2026, 11, 9),
            period="Broadcast November 2026",
            gross=Decimal("19011.10"),
            commission=Decimal("2851.67"),
            net=Decimal("16159.43"),
            status="issued",
        ),
    ),
    notes=(
        "An impression counts when the creative begins to render in a page we serve (IAB/MRC).",
        "Invalid traffic is filtered by list, rate and behaviour before delivery is reported.",
        "Viewability is the share of measurable impressions with half the pixels in view for one second.",
    ),
)
