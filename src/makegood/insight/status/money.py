"""Revenue by state against goal, for a quarter or a year: rows by property, months, where it is short."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from makegood.catalog.models import Property
from makegood.documents.charts import figures
from makegood.documents.charts.revenue import RevenueRow
from makegood.documents.written.leadership import Month, Short
from makegood.insight import revenue
from makegood.insight.revenue import Cell

AHEAD = 6
ZERO = Decimal(0)
ORDINALS = ("First", "Second", "Third", "Fourth")


@dataclasses.dataclass(frozen=True)
class Span:
    """A quarter or a calendar year."""

    name: str
    start: datetime.date
    months: int

    @property
    def end(self) -> datetime.date:
        """Its last day."""
        return revenue.add_months(self.start, self.months) - datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Money:
    """The revenue side of the status. `rows` begin with the whole; `properties` are the ids of the others, in order."""

    span: Span
    rows: tuple[RevenueRow, ...]
    properties: tuple[int, ...]
    months: tuple[Month, ...]
    short: tuple[Short, ...]
    months_finding: str
    short_finding: str


def span(kind: str, today: datetime.date) -> Span:
    """The quarter that holds `today`, or its year."""
    if kind == "year":
        return Span(f"Year {today.year}", datetime.date(today.year, 1, 1), 12)
    start = revenue.quarter(today)
    return Span(f"{ORDINALS[(start.month - 1) // 3]} quarter", start, 3)


def of(one: Span, *, seller: str, currency: str, today: datetime.date) -> Money:
    """Cells of the span and the months after it, summed."""
    cells = revenue.cells(one.start, max(one.months, AHEAD), today=today, currency=currency)
    names = dict(Property.objects.order_by("pk").values_list("pk", "name"))
    inside = [cell for cell in cells if cell.month <= one.end]
    wanted = sorted({cell.property_id for cell in inside}, key=lambda pk: (-sum((c.goal for c in inside if c.property_id == pk), ZERO), pk))
    rows = [_row(seller, inside), *(_row(names[pk], [cell for cell in inside if cell.property_id == pk]) for pk in wanted)]
    days = [revenue.add_months(one.start, n) for n in range(max(one.months, AHEAD))] if cells else []
    months = tuple(_month(month, [cell for cell in cells if cell.month == month], today) for month in days)
    return Money(one, tuple(rows), tuple(wanted), months, tuple(_short(inside, names)), _finding(days[: one.months], months, currency), "Where it is short of goal")


def _finding(days: Sequence[datetime.date], months: Sequence[Month], currency: str) -> str:
    """About the months of the span; those after it are still being sold."""
    if not months:
        return "No goals are set"
    gap, day = min((_difference(month), day) for day, month in zip(days, months, strict=False))
    return f"{day:%B} is short by {short(-gap, currency)}" if gap < 0 else "Every month meets its goal"


def short(amount: Decimal, currency: str = "") -> str:
    """Money as a headline has it: $1.94M, $117.6K."""
    symbol = figures.SYMBOLS.get(currency, f"{currency} ") if currency else ""
    return f"{symbol}{amount / 1_000_000:.2f}M" if amount >= 1_000_000 else f"{symbol}{amount / 1_000:.1f}K"


def headline(money: Money, currency: str) -> str:
    """What is in sight of what is wanted."""
    whole = money.rows[0]
    seen = short(whole.seen, currency)
    return f"{money.span.name}: {seen} of {short(whole.goal, currency)} in sight" if whole.goal else f"{money.span.name}: {seen} in sight"


def subtitle(money: Money, seller: str, currency: str, today: datetime.date) -> str:
    """How long is left, and where the gap lies."""
    weeks = max(0, (money.span.end - today).days // 7)
    left = f"{seller}, {weeks} week{'' if weeks == 1 else 's'} to go."
    whole = money.rows[0]
    if not whole.gap:
        return f"{left} The goal is in sight; weighted pipeline is counted." if whole.goal else f"{left} No goals are set."
    gaps = sorted((row for row in money.rows[1:] if row.gap), key=lambda row: -row.gap)[:2]
    share = sum((row.gap for row in gaps), ZERO) / sum((row.gap for row in money.rows[1:]), ZERO)
    names = " and ".join(row.name for row in gaps)
    return f"{left} Of the gap of {short(whole.gap, currency)}, {share * 100:.0f} % is {names}; weighted pipeline is already counted."


def _row(name: str, cells: Sequence[Cell]) -> RevenueRow:
    amounts = tuple(sum((getattr(cell, state) for cell in cells), ZERO) for state in revenue.STATES)
    return RevenueRow(name=name, goal=sum((cell.goal for cell in cells), ZERO), amounts=amounts)  # type: ignore[arg-type]


def _month(month: datetime.date, cells: Sequence[Cell], today: datetime.date) -> Month:
    row = _row("", cells)
    name = f"{month:%b}" if month.year == today.year else f"{month:%b %Y}"
    return Month(name=name, goal=row.goal, amounts=row.amounts)


def _difference(month: Month) -> Decimal:
    return sum(month.amounts, ZERO) - month.goal


def _short(cells: Iterable[Cell], names: dict[int, str]) -> list[Short]:
    """Months and properties furthest below goal."""
    gaps = sorted((cell for cell in cells if cell.gap > 0), key=lambda cell: (-cell.gap, cell.month, cell.property_id))[:4]
    return [
        Short(
            name=names[cell.property_id], amount=cell.gap, why=f"{cell.month:%b}, {short(cell.in_sight)} of {short(cell.goal)}",
        )
        for cell in gaps
    ]  # fmt: skip
