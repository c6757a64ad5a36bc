"""The totals of a report, computed once. Every output reads them here, so that they agree to the cent and impression."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from makegood.documents.charts import counting
from makegood.documents.written.report.document import Day, Part, ReportDocument


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums over the lines in the report's unit; money over all lines and bills. None: not measured on every line."""

    promised: int
    gross: int
    filtered: tuple[tuple[str, int], ...]
    delivered: int
    measurable: int | None
    viewable: int | None
    clicks: int | None
    audible: int
    conversions: int
    booked: Decimal
    value: Decimal
    billed_gross: Decimal
    billed_commission: Decimal
    billed_net: Decimal
    lines_in_unit: int

    @property
    def kept(self) -> float | None:
        """Delivered as a share of promised."""
        return self.delivered / self.promised if self.promised else None

    @property
    def viewability(self) -> float | None:
        """Viewable as a share of measurable (Media Rating Council's rate)."""
        return ratio(self.viewable, self.measurable)

    @property
    def click_rate(self) -> float | None:
        """Clicks as a share of delivered."""
        return ratio(self.clicks, self.delivered)


def ratio(part: int | None, whole: int | None) -> float | None:
    """`part` / `whole`; None where either is not measured or the whole is nothing."""
    return part / whole if part is not None and whole else None


def of(doc: ReportDocument) -> Totals:
    """The totals of `doc`. Raises FiguresDisagree, naming the place, where its tables tell different stories."""
    lines = [line for line in doc.lines if line.unit == doc.unit]
    reasons: dict[str, int] = {}
    for line in lines:
        for reason, units in line.filtered:
            reasons[reason] = reasons.get(reason, 0) + units
    totals = Totals(
        promised=sum(line.promised for line in lines),
        gross=sum(line.gross for line in lines),
        filtered=tuple(reasons.items()),
        delivered=sum(line.delivered for line in lines),
        measurable=_known(line.measurable for line in lines),
        viewable=_known(line.viewable for line in lines),
        clicks=_known(line.clicks for line in lines),
        audible=sum(line.audible for line in lines),
        conversions=sum(line.conversions for line in lines),
        booked=sum((line.booked for line in doc.lines), Decimal(0)),
        value=sum((line.value for line in doc.lines), Decimal(0)),
        billed_gross=sum((bill.gross for bill in doc.billing), Decimal(0)),
        billed_commission=sum((bill.commission for bill in doc.billing), Decimal(0)),
        billed_net=sum((bill.net for bill in doc.billing), Decimal(0)),
        lines_in_unit=len(lines),
    )
    _check(doc, totals)
    return totals


def counted(doc: ReportDocument, totals: Totals) -> tuple[counting.CountStep, ...]:
    """From counted to net, as steps that sum."""
    lost = (
        counting.CountStep(label=f"{reason[:1].upper()}{reason[1:]}", units=-units) for reason, units in totals.filtered
    )
    return (
        counting.CountStep(label="Counted, gross", units=totals.gross, total=True),
        *lost,
        counting.CountStep(label="Delivered, net", units=totals.delivered, total=True),
    )


def caused(doc: ReportDocument, totals: Totals) -> tuple[counting.CountStep, ...]:
    """From promised to delivered by cause, as steps that sum; empty where no causes are known."""
    if not doc.causes:
        return ()
    return (
        counting.CountStep(label="Promised", units=totals.promised, total=True),
        *(counting.CountStep(label=cause.label, units=cause.units) for cause in doc.causes),
        counting.CountStep(label="Delivered", units=totals.delivered, total=True),
    )


def _known(values: Iterable[int | None]) -> int | None:
    """The sum, unless something was not measured: a sum over some lines would be read as one over all."""
    listed = list(values)
    known = [value for value in listed if value is not None]
    return sum(known) if listed and len(known) == len(listed) else None


def _check(doc: ReportDocument, totals: Totals) -> None:
    for line in doc.lines:
        net = line.gross - sum(units for _, units in line.filtered)
        counting.demand(
            net == line.delivered,
            f"{doc.order_number}, line {line.number}: gross − filtered is {net:,}, delivered says {line.delivered:,}",
        )
    tables: dict[str, Sequence[Day | Part]] = {
        "days": doc.days,
        "creatives": doc.creatives,
        "placements": doc.placements,
    }
    for name, rows in tables.items():
        found = sum(row.delivered for row in rows)
        counting.demand(
            not rows or found == totals.delivered,
            f"{doc.order_number}: {name} sum to {found:,}, lines to {totals.delivered:,} {doc.unit}",
        )
    for bill in doc.billing:
        counting.demand(
            bill.gross - bill.commission + bill.tax == bill.net,
            f"{bill.number}: gross − commission + tax is {bill.gross - bill.commission + bill.tax}, net says {bill.net}",
        )
    counting.check(caused(doc, totals), f"{doc.order_number}, causes")
