"""The wrap-up report as a deck: five to seven slides with native charts, the finding as each title."""

from collections.abc import Sequence
from typing import Any

from makegood.documents.charts import figures
from makegood.documents.charts.hanging import HangingBars
from makegood.documents.charts.palette import LIGHT
from makegood.documents.written import slide_charts, slides
from makegood.documents.written.report import story
from makegood.documents.written.report import totals as sums
from makegood.documents.written.report.document import Part, ReportDocument, ReportLine
from makegood.documents.written.report.totals import Totals
from makegood.documents.written.slides import GUTTER, HEIGHT, WIDTH, Deck

WIDE = WIDTH - 2 * GUTTER
TOP = 1.75
ROWS_ON_A_SLIDE = 12


def pptx(doc: ReportDocument) -> bytes:
    """The report as PPTX. Raises FiguresDisagree where `doc` contradicts itself."""
    totals = sums.of(doc)
    deck = Deck(
        title=f"{doc.client}, {doc.campaign}", author=doc.seller.name, made_at=doc.as_of,
        foot=f"{doc.seller.name}. {doc.client}, {doc.campaign}. Counts as of {figures.moment(doc.as_of)}",
    )  # fmt: skip
    _finding(deck, doc, totals)
    _promise(deck, doc, totals)
    _days(deck, doc)
    _causes(deck, doc, totals)
    _parts(deck, doc)
    _money(deck, doc, totals)
    _method(deck, doc, totals)
    return deck.data()


def _finding(deck: Deck, doc: ReportDocument, totals: Totals) -> None:
    client = f"{doc.client} via {doc.agency}" if doc.agency else doc.client
    period = figures.span(doc.starts_on, doc.ends_on)
    slide = deck.slide(doc.headline, f"{client}. {doc.campaign}, {period}. Order {doc.order_number}")
    slides.stats(slide, 1.95, story.stats(doc, totals))
    share = totals.kept or 0.0
    scale = WIDE / max(1.1, share)
    slides.block(slide, (GUTTER, 3.72, scale, 0.3), LIGHT.line)
    slides.block(slide, (GUTTER, 3.72, max(0.01, scale * share), 0.3), LIGHT.bar)
    slides.block(slide, (GUTTER + scale, 3.6, 0.03, 0.54), LIGHT.ink)
    slides.text(slide, (GUTTER + scale - 3.1, 4.2, 3.1, 0.3), f"promised {figures.count(totals.promised)}", size=11,
                ink=LIGHT.ink_2, right=True)  # fmt: skip
    slides.text(slide, (GUTTER, 4.2, 5, 0.3), f"delivered {figures.count(totals.delivered)}", size=11, bold=True)
    slides.text(slide, (GUTTER, 4.85, WIDE, 1.9), "\n".join(doc.findings[:6]), size=14, ink=LIGHT.ink_2)


def _promise(deck: Deck, doc: ReportDocument, totals: Totals) -> None:
    kept = sum(line.delivered >= line.promised for line in doc.lines)
    slide = deck.slide(f"{kept} of {len(doc.lines)} lines delivered their promise", f"Amounts in {doc.currency}")
    shown, rest = doc.lines[:ROWS_ON_A_SLIDE], doc.lines[ROWS_ON_A_SLIDE:]
    rows = [["Line", "Unit", "Promised", "Delivered", "Of promise", "Viewable", "Clicks", "CTR", "Value"]]
    rows += [_line(line, doc.currency) for line in shown]
    rows.append([
        f"All {len(doc.lines)} lines" if rest else "Total", doc.unit, figures.count(totals.promised),
        figures.count(totals.delivered), figures.percent(totals.kept), figures.percent(totals.viewability),
        figures.count(totals.clicks), figures.percent(totals.click_rate, 2),
        figures.amount(totals.value, doc.currency),
    ])  # fmt: skip
    widths = [3.5, 1.2, 1.25, 1.25, 1.05, 1.0, 0.9, 0.83, 1.15]
    slides.table(slide, (GUTTER, TOP), widths, rows, numbers_from=2, total=True, size=12, row_height=_row(len(rows)))


def _row(rows: int) -> float:
    """Row height in inches that fills the slide without leaving it."""
    return min(0.55, (HEIGHT - TOP - 0.8) / rows)


def _line(line: ReportLine, currency: str) -> list[str]:
    return [
        line.name, line.unit, figures.count(line.promised), figures.count(line.delivered),
        figures.share(line.delivered, line.promised), figures.percent(sums.ratio(line.viewable, line.measurable)),
        figures.count(line.clicks), figures.percent(sums.ratio(line.clicks, line.delivered), 2),
        figures.amount(line.value, currency),
    ]  # fmt: skip


def _days(deck: Deck, doc: ReportDocument) -> None:
    if chart := story.by_day(doc):
        slide = deck.slide(chart.title, chart.subtitle)
        names = [f"{on.day} {on:%b}" for on, _ in chart.days]
        box = (GUTTER - 0.1, TOP, WIDE + 0.2, HEIGHT - TOP - 0.7)
        slide_charts.columns(slide, box, names, [units for _, units in chart.days], doc.unit.capitalize())


def _causes(deck: Deck, doc: ReportDocument, totals: Totals) -> None:
    if chart := story.causes(doc, totals):
        _hanging(deck.slide(chart.title, chart.subtitle), chart, GUTTER, WIDE)


def _hanging(slide: Any, chart: HangingBars, x: float, width: float) -> None:
    deep = min(HEIGHT - TOP - 0.75, 0.75 * len(chart.steps) + 0.3)
    box = (x - 0.1, TOP, width - 1.3, deep)
    slide_charts.hanging(slide, box, chart.steps, chart.start(), neutral=chart.neutral)
    row = (deep - 0.16) / len(chart.steps)
    for at, step in enumerate(chart.steps):
        figure = figures.count(step.units) if step.total else figures.signed(step.units)
        box = (x + width - 1.3, TOP + 0.08 + at * row, 1.3, row)
        slides.text(slide, box, figure, size=13, bold=step.total, right=True, middle=True)


def _parts(deck: Deck, doc: ReportDocument) -> None:
    kinds: list[tuple[str, Sequence[Part]]] = [("creative", doc.creatives), ("placement", doc.placements)]
    filled = [(kind, parts) for kind, parts in kinds if parts]
    if not filled:
        return
    first = story.by_part(doc, filled[0][1], filled[0][0])
    slide = deck.slide(first.title if first else "", f"Net {doc.unit}")
    wide = WIDE / len(filled)
    for at, (kind, parts) in enumerate(filled):
        x = GUTTER + at * wide
        ranked = sorted(parts, key=lambda part: -part.delivered)[:ROWS_ON_A_SLIDE]
        slides.text(slide, (x, TOP, wide - 0.3, 0.3), f"By {kind}", size=13, bold=True)
        deep = min(HEIGHT - TOP - 1.2, 0.75 * len(ranked) + 0.4)
        slide_charts.bars(slide, (x - 0.1, TOP + 0.35, wide - 0.2, deep),
                          [(part.name[:48], part.delivered) for part in ranked], doc.unit.capitalize())  # fmt: skip


def _money(deck: Deck, doc: ReportDocument, totals: Totals) -> None:
    if not doc.billing and not doc.make_goods:
        return
    billed = f"{figures.money(totals.billed_net, doc.currency)} billed net of commission"
    title = billed if doc.billing else "Make-goods"
    slide = deck.slide(title, f"{figures.money(totals.value, doc.currency)} delivered at the order's rates")
    rows = [["Invoice", "Date", "Period", "State", "Gross", "Commission", "Net"]]
    rows += [
        [bill.number, figures.day(bill.issued_on), bill.period, bill.status, figures.amount(bill.gross, doc.currency),
         figures.amount(-bill.commission, doc.currency), figures.amount(bill.net, doc.currency)]
        for bill in doc.billing[:8]
    ]  # fmt: skip
    rows.append(["Billed", "", "", "", figures.amount(totals.billed_gross, doc.currency),
                 figures.amount(-totals.billed_commission, doc.currency),
                 figures.amount(totals.billed_net, doc.currency)])  # fmt: skip
    top = TOP
    if doc.billing:
        slides.table(slide, (GUTTER, top), [2.0, 1.5, 3.43, 1.3, 1.3, 1.3, 1.3], rows, numbers_from=4, total=True, size=12,
                     row_height=0.4)  # fmt: skip
        top += 0.4 * len(rows) + 0.4
    if doc.make_goods:
        slides.text(slide, (GUTTER, top, WIDE, 0.3), "Make-goods", size=13, bold=True)
        goods = [["What", "State", "Units", f"Value, {doc.currency}"]]
        goods += [[one.what, one.status, figures.count(one.units), figures.amount(one.value, doc.currency)]
                  for one in doc.make_goods[:4]]  # fmt: skip
        slides.table(slide, (GUTTER, top + 0.35), [6.13, 2.6, 1.7, 1.7], goods, numbers_from=2, size=12,
                     row_height=0.4)  # fmt: skip


def _method(deck: Deck, doc: ReportDocument, totals: Totals) -> None:
    chart = story.counting(doc, totals)
    said = f"Counts as of {figures.moment(doc.as_of)}. Days are days in {doc.zone}"
    slide = deck.slide(chart.title, f"{chart.subtitle}. {said}")
    _hanging(slide, chart, GUTTER, WIDE * 0.56)
    x = GUTTER + WIDE * 0.62
    slides.text(slide, (x, TOP, WIDE * 0.38, 0.3), "Method", size=13, bold=True)
    slides.text(slide, (x, TOP + 0.4, WIDE * 0.38, 4.5), "\n".join(doc.notes[:8]), size=12, ink=LIGHT.ink_2)
