"""The book's money entry by entry: each line and brief by month and state, with whose it is. Added up by `revenue` and `goals`.

Every line's amount is in one state at a time: recognised as it is delivered, the rest pacing once it runs, committed before.
"""

import calendar
import dataclasses
import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from makegood.delivery.models import Fact
from makegood.orders.models import Line
from makegood.sales.models import Brief

STATES = ("recognised", "pacing", "committed", "pipeline")
SOLD = ("booked", "ready", "live", "paused", "completed", "cancelled")
OVER = ("completed", "cancelled")
ZERO = Decimal(0)


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """Money of one order's line or one brief in a month, unrounded, and whose it is: seller and team, category, property."""

    month: datetime.date
    state: str
    amount: Decimal
    currency: str
    seller_id: int
    team_id: int | None
    category: str
    property_id: int | None
    kind: str
    subject_id: int


def entries(start: datetime.date, months: int, *, today: datetime.date, chances: Mapping[int, Decimal] | None = None) -> list[Entry]:
    """All money of the months from `start` (a first of month); nothing that is zero.

    Recognised: delivered units at the line's rate, never beyond the line's amount (days that ran for what is not
    counted; a cancelled line what it delivered). Pacing: the rest of running lines, by days still to come. Committed:
    signed, not begun. Pipeline: open briefs weighted by `chances` (brief id -> 0 to 1), else by their seller's guess.
    Orders that are not signed yet are not money: until they are, their brief is.
    """
    span = [add_months(start, n) for n in range(months)]
    return [one for one in (*_of_lines(span, today), *_of_briefs(span, chances or {})) if one.amount]


def _of_lines(span: list[datetime.date], today: datetime.date) -> Iterator[Entry]:
    sold = Q(status__in=SOLD) | Q(status="draft", order__status="signed")
    rows = Line.objects.filter(sold, end__gte=span[0], start__lt=add_months(span[-1], 1))
    lines = list(rows.select_related("product", "order__account_manager", "order__advertiser"))
    delivered = _delivered(lines)
    for line in lines:
        order = line.order
        for month, state, amount in _of_line(line, delivered.get(line.pk, {}), span, today):
            yield Entry(
                month, state, amount, order.currency, order.account_manager_id, order.account_manager.team_id, order.advertiser.category,
                line.product.property_id, "order", order.pk,
            )  # fmt: skip


def _of_briefs(span: list[datetime.date], chances: Mapping[int, Decimal]) -> Iterator[Entry]:
    rows = Brief.objects.filter(status__in=["open", "proposed"], end__gte=span[0], start__lt=add_months(span[-1], 1))
    for brief in rows.select_related("owner", "advertiser"):
        chance = chances.get(brief.pk, Decimal(brief.probability_pct) / 100)
        for month, share in _shares(brief.start, brief.end, span).items():
            yield Entry(
                month, "pipeline", brief.budget * chance * share, brief.currency, brief.owner_id, brief.owner.team_id, brief.advertiser.category,
                brief.property_id, "brief", brief.pk,
            )  # fmt: skip


def add_months(first: datetime.date, months: int) -> datetime.date:
    """The first day of the month `months` later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return datetime.date(year, month + 1, 1)


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


def _of_line(
    line: Line, delivered: dict[datetime.date, int], span: list[datetime.date], today: datetime.date
) -> Iterator[tuple[datetime.date, str, Decimal]]:
    """A line's money by month and state."""
    earned_before = ZERO
    for month in sorted({*delivered, *_months(line.start, line.end)}):
        earned = min(_earned(line, delivered, month, today), line.amount - earned_before)
        earned_before += earned
        if month in span:
            yield month, "recognised", earned
    if line.status in OVER or line.end < today:
        return
    state = "pacing" if line.start <= today else "committed"
    for month, share in _shares(max(line.start, today), line.end, span).items():
        yield month, state, (line.amount - earned_before) * share


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
