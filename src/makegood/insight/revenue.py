"""Revenue by state against goal: recognised, pacing, committed, pipeline, gap - by property and month of delivery."""

import calendar
import dataclasses
import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from makegood.delivery.models import Fact
from makegood.insight.models import Goal
from makegood.orders.models import Line
from makegood.sales.models import Brief

STATES = ("recognised", "pacing", "committed", "pipeline")
SOLD = ("booked", "ready", "live", "paused", "completed", "cancelled")
OVER = ("completed", "cancelled")
ZERO = Decimal(0)


@dataclasses.dataclass(frozen=True)
class Cell:
    """Money of one property in one month by state, beside its goal."""

    property_id: int
    month: datetime.date
    goal: Decimal
    recognised: Decimal
    pacing: Decimal
    committed: Decimal
    pipeline: Decimal

    @property
    def in_sight(self) -> Decimal:
        """All four states."""
        return self.recognised + self.pacing + self.committed + self.pipeline

    @property
    def gap(self) -> Decimal:
        """What is missing to the goal; negative when beyond it."""
        return self.goal - self.in_sight


def cells(start: datetime.date, months: int, *, today: datetime.date) -> list[Cell]:
    """One Cell a property and month from `start` (a first of month).

    Recognised: delivered units at the line's rate, never beyond the line's amount (days that ran for what is not
    counted; a cancelled line what it delivered). Pacing: the rest of running lines, by days still to come. Committed:
    signed, not begun. Pipeline: open briefs weighted by probability. Seven queries at most, whatever the number of lines.
    """
    span = [add_months(start, n) for n in range(months)]
    money: dict[tuple[int, datetime.date], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(STATES, ZERO))
    sold = Q(status__in=SOLD) | Q(status="draft", order__status="signed")
    lines = list(Line.objects.filter(sold, end__gte=start, start__lt=add_months(start, months)).select_related("product", "order"))
    delivered = _delivered(lines)
    for line in lines:
        _spread_line(line, delivered.get(line.pk, {}), span, today, money)
    for brief in Brief.objects.filter(status__in=["open", "proposed"], property__isnull=False):
        for month, share in _shares(brief.start, brief.end, span).items():
            money[brief.property_id, month]["pipeline"] += brief.budget * brief.probability_pct / 100 * share
    goals = {(goal.property_id, goal.month): goal.amount for goal in Goal.objects.filter(month__in=span)}
    keys = sorted(goals.keys() | money.keys())
    return [Cell(*key, goal=goals.get(key, ZERO), **{state: _cents(money[key][state]) for state in STATES}) for key in keys]


def add_months(first: datetime.date, months: int) -> datetime.date:
    """The first day of the month `months` later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return datetime.date(year, month + 1, 1)


def quarter(day: datetime.date) -> datetime.date:
    """The first day of the quarter that holds `day`."""
    return datetime.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _delivered(lines: Iterable[Line]) -> dict[int, dict[datetime.date, int]]:
    """Net units by line and month, months as the order's zone has them: a query a zone."""
    zones: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        zones[line.order.zone].append(line)
    found: dict[int, dict[datetime.date, int]] = defaultdict(dict)
    for zone, some in zones.items():
        rows = Fact.objects.filter(flight__line__in=some).annotate(month=TruncMonth("hour", tzinfo=zoneinfo.ZoneInfo(zone)))
        for line_id, month, net in rows.values_list("flight__line_id", "month").annotate(total=Sum("net")):
            found[line_id][month.date()] = net
    return found


def _spread_line(
    line: Line, delivered: dict[datetime.date, int], span: list[datetime.date], today: datetime.date,
    money: dict[tuple[int, datetime.date], dict[str, Decimal]],
) -> None:  # fmt: skip
    """Add a line's money to the cells of its months."""
    property_id = line.product.property_id
    earned_before = ZERO
    for month in sorted({*delivered, *_months(line.start, line.end)}):
        earned = min(_earned(line, delivered, month, today), line.amount - earned_before)
        earned_before += earned
        if month in span:
            money[property_id, month]["recognised"] += earned
    if line.status in OVER or line.end < today:
        return
    state = "pacing" if line.start <= today else "committed"
    for month, share in _shares(max(line.start, today), line.end, span).items():
        money[property_id, month][state] += (line.amount - earned_before) * share


def _earned(line: Line, delivered: dict[datetime.date, int], month: datetime.date, today: datetime.date) -> Decimal:
    """What a line earned in a month: by units, or by days that ran for what is not counted."""
    if line.counts_impressions:
        return line.amount * delivered.get(month, 0) / line.quantity
    if line.status == "cancelled":
        return ZERO
    ran = _days(line.start, min(line.end, today - datetime.timedelta(1)), month)
    return line.amount * ran / _length(line.start, line.end)


def _months(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    first = start.replace(day=1)
    return [add_months(first, n) for n in range((end.year - start.year) * 12 + end.month - start.month + 1)]


def _shares(start: datetime.date, end: datetime.date, span: list[datetime.date]) -> dict[datetime.date, Decimal]:
    """Share of the days from start to end that lies in each month of `span`."""
    length = _length(start, end)
    return {month: Decimal(days) / length for month in span if (days := _days(start, end, month))}


def _days(start: datetime.date, end: datetime.date, month: datetime.date) -> int:
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return max(0, (min(end, last) - max(start, month)).days + 1)


def _length(start: datetime.date, end: datetime.date) -> int:
    return (end - start).days + 1


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
