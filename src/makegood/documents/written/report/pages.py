"""The wrap-up report as PDF: finding first, then lines, days, causes, parts, counts, bills, method."""

from collections.abc import Sequence

from makegood.documents.charts import figures, rendering
from makegood.documents.written import parties, typesetting
from makegood.documents.written.report import story
from makegood.documents.written.report import totals as sums
from makegood.documents.written.report.document import Part, ReportDocument, ReportLine
from makegood.documents.written.report.totals import Totals

Table = list[list[str]]


def pdf(doc: ReportDocument) -> bytes:
    """The report as PDF/A-2b. Raises FiguresDisagree where `doc` contradicts itself."""
    totals = sums.of(doc)
    page = {
        "seller": parties.letterhead(doc.seller),
        "order": doc.order_number,
        "kind": "Wrap-up report" if doc.final else "Interim report",
        "client": doc.client if not doc.agency else f"{doc.client} via {doc.agency}",
        "campaign": doc.campaign,
        "period": figures.span(doc.starts_on, doc.ends_on),
        "headline": doc.headline,
        "findings": list(doc.findings),
        "stats": [list(row) for row in story.stats(doc, totals)],
        "lines": [_line(line, doc.currency) for line in doc.lines],
        "line_totals": _line_totals(doc, totals),
        "unit": doc.unit,
        "currency": doc.currency,
        "charts": _charts(doc, totals),
        "creatives": _parts(doc.creatives, totals),
        "placements": _parts(doc.placements, totals),
        "counts": _counts(doc, totals),
        "make_goods": _make_goods(doc),
        "bills": _bills(doc, totals),
        "proofs": [{"caption": proof.caption, "image": list(proof.image)} for proof in doc.proofs],
        "notes": list(doc.notes),
        "as_of": f"Counts as of {figures.moment(doc.as_of)}. Days are days in {doc.zone}.",
    }
    return typesetting.pdf("report.typ", page, doc.as_of.date())


def _line(line: ReportLine, currency: str) -> dict[str, object]:
    return {
        "number": str(line.number),
        "name": line.name,
        "detail": f"{line.placement}. {figures.span(line.starts_on, line.ends_on)}",
        "note": line.note,
        "state": line.state,
        "share": line.delivered / line.promised if line.promised else 0,
        "promised": figures.count(line.promised),
        "unit": line.unit,
        "delivered": figures.count(line.delivered),
        "kept": figures.share(line.delivered, line.promised),
        "viewable": figures.percent(sums.ratio(line.viewable, line.measurable)),
        "clicks": figures.count(line.clicks),
        "ctr": figures.percent(sums.ratio(line.clicks, line.delivered), 2),
        "value": figures.amount(line.value, currency),
        "booked": figures.amount(line.booked, currency),
    }


def _line_totals(doc: ReportDocument, totals: Totals) -> dict[str, str]:
    others = len(doc.lines) - totals.lines_in_unit
    return {
        "name": f"{len(doc.lines)} lines" if len(doc.lines) != 1 else "1 line",
        "detail": f"units of the {totals.lines_in_unit} in {doc.unit}" if others else "",
        "promised": figures.count(totals.promised),
        "delivered": figures.count(totals.delivered),
        "kept": figures.percent(totals.kept),
        "viewable": figures.percent(totals.viewability),
        "clicks": figures.count(totals.clicks),
        "ctr": figures.percent(totals.click_rate, 2),
        "value": figures.amount(totals.value, doc.currency),
        "booked": figures.amount(totals.booked, doc.currency),
    }


def _charts(doc: ReportDocument, totals: Totals) -> dict[str, str]:
    rows = 24
    drawn = {
        "days": (story.by_day(doc), 190),
        "causes": (story.causes(doc, totals), rows * (len(doc.causes) + 2)),
        "counting": (story.counting(doc, totals), rows * (len(totals.filtered) + 2)),
        "creatives": (story.by_part(doc, doc.creatives, "creative"), rows * max(1, len(doc.creatives))),
        "placements": (story.by_part(doc, doc.placements, "placement"), rows * max(1, len(doc.placements))),
    }
    return {
        name: rendering.svg(chart, width=640, height=height) if chart else "" for name, (chart, height) in drawn.items()
    }


def _parts(parts: Sequence[Part], totals: Totals) -> Table:
    """Rows for a table; none where nothing but delivery was measured, because the chart says that already."""
    if all(part.clicks is None and part.viewable is None for part in parts):
        return []
    return [
        [
            part.name, part.detail, figures.count(part.delivered), figures.share(part.delivered, totals.delivered),
            figures.percent(sums.ratio(part.viewable, part.measurable)), figures.count(part.clicks),
            figures.percent(sums.ratio(part.clicks, part.delivered), 2),
        ]
        for part in parts
    ]  # fmt: skip


def _counts(doc: ReportDocument, totals: Totals) -> dict[str, object]:
    reasons = [reason for reason, _ in totals.filtered]
    rows = []
    for line in (line for line in doc.lines if line.unit == doc.unit):
        found = dict(line.filtered)
        lost = [figures.signed(-found.get(reason, 0)) for reason in reasons]
        rows.append([line.name, figures.count(line.gross), *lost, figures.count(line.delivered)])
    lost = [figures.signed(-units) for _, units in totals.filtered]
    return {
        "reasons": reasons,
        "rows": rows,
        "total": ["All lines", figures.count(totals.gross), *lost, figures.count(totals.delivered)],
    }


def _make_goods(doc: ReportDocument) -> Table:
    return [
        [
            one.what, f"line {one.line_number}" if one.line_number is not None else "",
            figures.count(one.units), figures.amount(one.value, doc.currency), one.status,
        ]
        for one in doc.make_goods
    ]  # fmt: skip


def _bills(doc: ReportDocument, totals: Totals) -> dict[str, object]:
    rows = [
        [
            bill.number, figures.day(bill.issued_on), bill.period, figures.amount(bill.gross, doc.currency),
            figures.amount(-bill.commission, doc.currency), figures.amount(bill.net, doc.currency), bill.status,
        ]
        for bill in doc.billing
    ]  # fmt: skip
    total = [
        "Billed", "", "", figures.amount(totals.billed_gross, doc.currency),
        figures.amount(-totals.billed_commission, doc.currency), figures.amount(totals.billed_net, doc.currency), "",
    ]  # fmt: skip
    return {"rows": rows, "total": total}
