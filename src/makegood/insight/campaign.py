"""A campaign's facts gathered for its wrap-up report: one ReportDocument from records, every figure from the counts."""

import datetime
import zoneinfo
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncDate

from makegood.billing import papers
from makegood.billing.explaining import REASONS
from makegood.billing.gathering import local_day
from makegood.billing.models import Invoice
from makegood.delivery.models import Fact, Pace
from makegood.delivery.queries import campaigns, counts
from makegood.documents.written import report
from makegood.engine.periods import Calendar, Period, label
from makegood.insight import proving
from makegood.orders.models import Line, Order

SUMS = {"delivered": Sum("net"), "n_viewable": Sum("viewable"), "n_clicks": Sum("clicks")}


def document(order: Order, *, at: datetime.datetime) -> report.ReportDocument:
    """The report of `order` as of `at`; final once the order has ended."""
    lines = list(order.lines.select_related("product__property").prefetch_related("flights").order_by("number"))
    paces = {pace.line_id: pace for pace in Pace.objects.filter(line__order=order)}
    unit = Counter(line.unit for line in lines if line.counts_impressions).most_common(1)
    unit_name = unit[0][0] if unit else lines[0].unit
    counted = counts.of_lines(lines, Period(order.start, order.end), order.zone)
    proved = proving.of_lines([line for line in lines if not line.counts_impressions], order.zone)
    rows = tuple(_line(line, counted[line.pk], paces.get(line.pk), proved[line.pk]) for line in lines)
    facts = Fact.objects.filter(flight__line__in=[line for line in lines if line.unit == unit_name and line.counts_impressions])
    final = at.astimezone(zoneinfo.ZoneInfo(order.zone)).date() > order.end
    return report.ReportDocument(
        seller=papers.seller(), client=order.advertiser.party.name, agency=order.agency.party.name if order.agency else "",
        campaign=order.name, order_number=order.number, starts_on=order.start, ends_on=order.end, currency=order.currency,
        headline=_headline(rows, unit_name, final), as_of=at, zone=order.zone, lines=rows, unit=unit_name,
        creatives=_parts(facts, "version__creative__name", lambda name: str(name or "no creative")),
        placements=_parts(facts, "placement__name", str), days=_days(facts, order), causes=_causes(lines, paces, rows, unit_name, final),
        billing=tuple(_bill(invoice) for invoice in _invoices(order)), notes=_notes(order), final=final,
        reach=(seen.people, seen.impressions) if (seen := campaigns.reach(order)) else None,
    )  # fmt: skip


def _line(line: Line, count: counts.Count, pace: Pace | None, proved: int) -> report.ReportLine:
    delivered, gross = (count.net, count.gross) if line.counts_impressions else (proved,) * 2
    return report.ReportLine(
        number=line.number, name=line.name, placement=f"{line.product.name}, {line.product.property.name}", starts_on=line.start,
        ends_on=line.end, promised=line.quantity, gross=gross, delivered=delivered, rate=line.rate, booked=line.amount,
        value=worth(line, delivered), unit=line.unit, rate_unit=line.rate_type,
        filtered=tuple((REASONS.get(reason, reason), units) for reason, units in count.filtered) if line.counts_impressions else (),
        measurable=count.net if line.counts_impressions else None, viewable=count.viewable if line.counts_impressions else None,
        clicks=count.clicks if line.counts_impressions else None, audible=count.audible, conversions=count.conversions, state=pace.state if pace else "", note=pace.finding if pace else "",
    )  # fmt: skip


def worth(line: Line, delivered: int) -> Decimal:
    """What delivery is worth at the line's rate, never more than was contracted."""
    share = Decimal(min(delivered, line.quantity)) / Decimal(line.quantity)
    return (line.amount * share).quantize(Decimal("0.01"))


def _parts(facts: Any, name: str, read: Callable[[Any], str]) -> tuple[report.Part, ...]:
    rows = facts.values(name).annotate(**SUMS).order_by("-delivered")
    return tuple(
        report.Part(
            name=read(row[name]), delivered=row["delivered"], measurable=row["delivered"], viewable=row["n_viewable"], clicks=row["n_clicks"]
        )
        for row in rows
        if row["delivered"]
    )


def _days(facts: Any, order: Order) -> tuple[report.Day, ...]:
    rows = facts.annotate(day=TruncDate("hour", tzinfo=zoneinfo.ZoneInfo(order.zone))).values("day").annotate(**SUMS).order_by("day")
    return tuple(report.Day(on=row["day"], delivered=row["delivered"], clicks=row["n_clicks"]) for row in rows)


def _causes(
    lines: list[Line], paces: dict[int, Pace], rows: tuple[report.ReportLine, ...], unit: str, final: bool
) -> tuple[report.Cause, ...]:
    """The causes of all lines added up, with what they do not explain; only once the campaign is over."""
    if not final or not paces:
        return ()
    units: Counter[str] = Counter()
    for line in lines:
        if line.unit == unit and line.pk in paces:
            for cause in paces[line.pk].causes:
                units[cause["label"]] += cause["units"]
    short = sum(row.delivered - row.promised for row in rows if row.unit == unit)
    rest = short - sum(units.values())
    found = [report.Cause(label=name, units=number) for name, number in units.most_common() if number]
    return tuple([*found, report.Cause(label="Counted after the last pacing run", units=rest)] if rest else found)


def _invoices(order: Order) -> list[Invoice]:
    return list(order.invoices.filter(status__in=["issued", "paid"]).order_by("issued_at"))


def _bill(invoice: Invoice) -> report.Bill:
    period = Period(invoice.period_start, invoice.period_end)
    whole = invoice.order.bill_schedule == Order.Schedule.END
    return report.Bill(
        number=invoice.number or "", issued_on=local_day(invoice.issued_at, invoice.order.zone),
        period="Whole campaign" if whole else label(period, Calendar(invoice.order.bill_calendar)), gross=invoice.gross,
        commission=invoice.commission, net=invoice.net, tax=invoice.tax, status=invoice.get_status_display(),
    )  # fmt: skip


def _headline(rows: tuple[report.ReportLine, ...], unit: str, final: bool) -> str:
    promised = sum(row.promised for row in rows if row.unit == unit)
    delivered = sum(row.delivered for row in rows if row.unit == unit)
    share = Decimal(delivered) / Decimal(promised) if promised else Decimal(1)
    verb = "Delivered" if final else "Has delivered"
    return f"{verb} {delivered:,} of {promised:,} {unit}, {share * 100:.1f} % of the promise"


def _notes(order: Order) -> tuple[str, ...]:
    return (
        f"Counts are ours, by day in {order.zone}. Net is gross less invalid traffic, reason by reason (rules 2026-11).",
        "An impression counts when it begins to render; viewable is half of it on screen for one second (display) or two (video).",
        f"Billed by {order.get_bill_source_display().lower()}, {order.get_bill_schedule_display().lower()}, cap: {order.get_bill_cap_display().lower()}.",
    )
