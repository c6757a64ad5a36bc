"""The leadership status the tests write: the fourth quarter with a gap."""

from datetime import UTC, datetime
from decimal import Decimal

from makegood.documents.charts.revenue import RevenueRow
from makegood.documents.written.leadership import LeadershipDocument, Month, RiskRow, Roadblock, Short, Stat, Win

from . import samples


def _millions(*amounts: str) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    a, b, c, d = (Decimal(amount) * 1_000_000 for amount in amounts)
    return a, b, c, d


def _row(name: str, goal: str, *amounts: str) -> RevenueRow:
    return RevenueRow(name=name, goal=Decimal(goal) * 1_000_000, amounts=_millions(*amounts))


def _month(name: str, goal: str, *amounts: str) -> Month:
    return Month(name=name, goal=Decimal(goal) * 1_000_000, amounts=_millions(*amounts))


def _risk(client: str, cause: str, owner: str, due: str, state: str, at: str, done: float, end: float) -> RiskRow:
    return RiskRow(
        client=client,
        cause=cause,
        owner=owner,
        due=due,
        state=state,
        at_risk=Decimal(at),
        delivered=done,
        projected=end,
    )


STATUS = LeadershipDocument(
    seller=samples.SELLER,
    headline="Fourth quarter: $11.63M of $12.40M in sight",
    currency="USD",
    subtitle="Northlight Media, 6 weeks to go. The gap of $0.77M is 78 % News and Shelf; weighted pipeline is already counted.",
    as_of=datetime(2026, 11, 18, 15, 42, tzinfo=UTC),
    at_risk_total=Decimal(29072),
    revenue=(
        _row("Northlight", "12.4", "5.18", "3.62", "1.87", "0.96"),
        _row("News", "6.2", "2.71", "1.84", "0.82", "0.44"),
        _row("Listen", "3.6", "1.49", "1.06", "0.58", "0.30"),
        _row("Shelf", "2.6", "0.98", "0.72", "0.47", "0.22"),
    ),
    stats=(
        Stat(label="Against last year", figure="+6.8 %", against="same week, recognised", state="ok"),
        Stat(label="Delivered of promised", figure="98.6 %", against="41 lines ended"),
        Stat(label="Launched on time", figure="87 %", against="was 81 %", state="ok"),
        Stat(label="Brief to live", figure="14.4 days", against="was 16.9"),
        Stat(label="Overdue receivables", figure="$412,300", against="$96,100 over 60 days", state="watch"),
        Stat(label="Renewal in 90 days", figure="$3.1M", against="$2.4M likely"),
        Stat(label="Team load", figure="94 %", against="Tomas Okafor 121 %", state="risk"),
    ),
    at_risk=(
        _risk(
            "Velo City Bikes",
            "Commuter. 2 click URLs missing, agency owes",
            "Dana W.",
            "Thu",
            "blocked",
            "7900",
            0.0,
            0.896,
        ),
        _risk(
            "Oatfield Foods", "Autumn Breakfast. Mobile traffic fell", "Dana W.", "today", "risk", "6912", 0.65, 0.971
        ),
        _risk("Solstice Energy", "Heat Pumps. Video tag counts twice", "Tomas O.", "today", "risk", "5130", 0.39, 0.91),
        _risk("Lumen Telecom", "Fibre Launch. Homepage outage 9 Nov", "Dana W.", "11:00", "risk", "4620", 0.81, 0.934),
    ),
    roadblocks=(
        Roadblock(
            title="Listen sells out weekday mornings",
            detail="$118,000 asked, none free until 30 Nov. Decide: open 9 to 10 or raise the card",
            owner="Ruth Delgado",
            due="Fri 20 Nov",
        ),
        Roadblock(
            title="Parallel Media signs late",
            detail="58 orders waited 3.1 days more. Offer signature in their portal",
            owner="Priya Raman",
            due="Tue 24 Nov",
        ),
        Roadblock(
            title="Trafficking is one person short",
            detail="11 launches in 7 days, 4 not ready. Borrow 20 hours from Shelf",
            owner="Ruth Delgado",
            due="today",
        ),
    ),
    wins=(
        Win(title="Kestrel Outdoor renewed", detail="$640,000 for 2027, up 12 %"),
        Win(title="First month closed in 2 days", detail="112 invoices, 3 exceptions, 0 by spreadsheet"),
        Win(title="No wrong launch for 30 days", detail="was 7 in the 90 days before"),
    ),
    months=(
        _month("Oct", "4.0", "4.02", "0", "0", "0"),
        _month("Nov", "4.1", "1.16", "2.43", "0.46", "0.06"),
        _month("Dec", "4.3", "0", "1.19", "1.41", "0.90"),
        _month("Jan 2027", "3.2", "0", "0.31", "0.88", "0.74"),
        _month("Feb", "3.1", "0", "0", "0.61", "0.80"),
        _month("Mar", "3.6", "0", "0", "0.42", "0.77"),
    ),
    months_finding="December makes the whole gap",
    short_finding="Where December is short",
    short=(
        Short(name="Retail and grocery", amount=Decimal(310000), why="3 renewals unsigned"),
        Short(name="Finance", amount=Decimal(220000), why="Brightwater moved to January"),
        Short(name="Travel", amount=Decimal(150000), why="Meridian order being imported"),
        Short(name="Telecom", amount=Decimal(120000), why="Lumen make-good uses supply"),
    ),
)
