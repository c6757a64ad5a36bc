"""Revenue by state against goal: recognised, pacing, committed, pipeline, gap - by property and month of delivery."""

import calendar
import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from makegood.delivery.models import Fact
from makegood.insight.models import Goal
from makegood.orders.models import Line
from makegood.sales.models import Brief

STATES = ("recognised", "pacing", "committed", "pipeline")
SOLD = ("booked", "ready", "live", "paused", "completed")
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
    counted). Pacing: the rest of running lines, by days still to come. Committed: signed, not begun. Pipeline: open
    briefs weighted by probability.
    """
    span = [add_months(start, n) for n in range(months)]
    money: dict[tuple[int, datetime.date], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(STATES, ZERO))
    lines = list(Line.objects.filter(status__in=SOLD, end__gte=start, start__lt=add_months(start, months)).select_related("product"))
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
    rows = Fact.objects.filter(flight__line__in=list(lines)).annotate(month=TruncMonth("hour"))
    found: dict[int, dict[datetime.date, int]] = defaultdict(dict)
    for line_id, month, net in rows.values_list("flight__line_id", "month").annotate(total=Sum("net")):
        found[line_id][month.date()] = net
    return found


def _spread_line(
    line: Line, delivered: dict[datetime.date, int], span: list[datetime.date], today: datetime.date,
    money: dict[tuple[int, datetime.date], dict[str, Decimal]],
) -> None:  # fmt: skip
    """Add a line's money to the cells of its months."""
    property_id = line.product.property_id
    ahead = _shares(max(line.start, today), line.end, span) if line.end >= today and line.status != "completed" else {}
    earned_before = ZERO
    for month in sorted({*delivered, *span}):
        if line.counts_impressions:
            earned = line.amount * delivered.get(month, 0) / line.quantity
        else:
            earned = line.amount * _days(line.start, min(line.end, today - datetime.timedelta(1)), month) / _length(line.start, line.end)
        earned = min(earned, line.amount - earned_before)
        earned_before += earned
        if month in span:
            money[property_id, month]["recognised"] += earned
    state = "pacing" if line.start <= today else "committed"
    for month, share in ahead.items():
        money[property_id, month][state] += (line.amount - earned_before) * share


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
