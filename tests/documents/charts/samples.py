"""One chart of each kind, with the figures of a campaign that ends 7 % short."""

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from makegood.documents.charts.aging import AgingBars, AgingBucket
from makegood.documents.charts.counting import CountStep
from makegood.documents.charts.cycle import CycleBars, StageTime
from makegood.documents.charts.delivery import DeliveryByDay, DeliveryByPart
from makegood.documents.charts.hanging import HangingBars
from makegood.documents.charts.pacing import PacingCurve, Projection
from makegood.documents.charts.revenue import RevenueBars, RevenueRow

START = datetime(2026, 10, 19, tzinfo=UTC)


def _day(at: int) -> datetime:
    return START + timedelta(days=at)


def _curve(at: int, total: float) -> float:
    return total * (at / 41 + 0.012 * math.sin(at * 2 * math.pi / 7))


PACING = PacingCurve(
    title="Ends 7 % short: mobile traffic fell",
    subtitle="Run of site mobile, 300×250. Oatfield Foods",
    state="risk",
    promised=4_800_000,
    today=_day(29),
    expected=tuple((_day(at), _curve(at, 4_800_000)) for at in range(42)),
    delivered=tuple((_day(at), _curve(at, 4_100_000)) for at in range(30)),
    projected=tuple(
        Projection(at=_day(at), low=v * (1 - (at - 29) * 0.004), likely=v, high=v * (1 + (at - 29) * 0.004))
        for at in range(29, 42)
        if (v := _curve(29, 4_100_000) + (at - 29) * 130_333)
    ),
)
CAUSES = HangingBars(
    title="Where 336,000 went",
    note="$3,192.00",
    steps=(
        CountStep(label="Promised", units=4_800_000, total=True),
        CountStep(label="Mobile traffic below forecast", units=-214_000),
        CountStep(label="Frequency cap, 3 a day", units=-88_000),
        CountStep(label="Creative approved 2 days late", units=-61_000),
        CountStep(label="Meridian takeover, 9 Nov", units=-41_000),
        CountStep(label="Invalid traffic filtered", units=-27_000),
        CountStep(label="Re-plan won back", units=95_000),
        CountStep(label="Projected", units=4_464_000, total=True),
    ),
)
BRIDGE = HangingBars(
    title="2.3 % of counted impressions are not billable",
    neutral=True,
    steps=(
        CountStep(label="Counted, gross", units=2_184_560, total=True),
        CountStep(label="Invalid traffic", units=-46_210),
        CountStep(label="Same event twice", units=-3_118),
        CountStep(label="Our own tests", units=-1_202),
        CountStep(label="Net", units=2_134_030, total=True),
    ),
)
DAYS = DeliveryByDay(
    title="Delivery fell on 2 November and stayed lower",
    subtitle="Net impressions a day",
    days=tuple(
        (date(2026, 10, 19) + timedelta(days=at), 100_000 + (at % 7) * 9_000 - (at > 13) * 22_000) for at in range(42)
    ),
    expected=tuple((date(2026, 10, 19) + timedelta(days=at), 101_000 + (at % 7) * 9_000) for at in range(42)),
)
PARTS = DeliveryByPart(
    title="Two creatives carry 80 %",
    subtitle="Net impressions",
    parts=(
        ("Breakfast hero 300×250", 1_210_000),
        ("Breakfast hero 970×250", 2_020_111),
        ("Oat clusters, a name so long it cannot fit in its column at all", 611_020),
    ),
)
AGING = AgingBars(
    title="$412,300 is overdue, $96,100 over 60 days",
    currency="USD",
    buckets=(
        AgingBucket(label="Not yet due", amount=Decimal("1204500")),
        AgingBucket(label="1 to 30 days", amount=Decimal("211700"), state="watch"),
        AgingBucket(label="31 to 60 days", amount=Decimal("104500"), state="watch"),
        AgingBucket(label="Over 60 days", amount=Decimal("96100"), state="risk"),
    ),
)


def _revenue(name: str, goal: str, *amounts: str) -> RevenueRow:
    a, b, c, d = (Decimal(amount) * 1_000_000 for amount in amounts)
    return RevenueRow(name=name, goal=Decimal(goal) * 1_000_000, amounts=(a, b, c, d))


REVENUE = RevenueBars(
    title="Fourth quarter: $11.63M of $12.40M in sight",
    currency="USD",
    subtitle="The gap of $0.77M is 78 % News and Shelf",
    rows=(
        _revenue("Northlight", "12.4", "5.18", "3.62", "1.87", "0.96"),
        _revenue("News", "6.2", "2.71", "1.84", "0.82", "0.44"),
        _revenue("Listen", "3.6", "1.49", "1.06", "0.58", "0.30"),
        _revenue("Shelf", "2.6", "0.98", "0.72", "0.47", "0.22"),
    ),
)
CYCLE = CycleBars(
    title="Signing takes longest, and most of it is the client's time",
    subtitle="Mean days, last 90 days",
    stages=(
        StageTime(name="Brief to plan", us=1.9, client=0.4),
        StageTime(name="Plan to signature", us=0.8, client=4.1),
        StageTime(name="Creatives", us=1.1, client=2.9, partner=0.6),
        StageTime(name="Set-up and QA", us=1.6, client=0.2, partner=0.8),
    ),
)
ALL = {
    "pacing": PACING,
    "causes": CAUSES,
    "bridge": BRIDGE,
    "days": DAYS,
    "parts": PARTS,
    "aging": AGING,
    "revenue": REVENUE,
    "cycle": CYCLE,
}
