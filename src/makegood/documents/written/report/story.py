"""The charts of a report and the sentences above them, shared by pages and slides so both say the same."""

from collections.abc import Sequence

from makegood.documents.charts import figures
from makegood.documents.charts.delivery import DeliveryByDay, DeliveryByPart
from makegood.documents.charts.hanging import HangingBars
from makegood.documents.written.report import totals as sums
from makegood.documents.written.report.document import Part, ReportDocument
from makegood.documents.written.report.totals import Totals


def stats(doc: ReportDocument, totals: Totals) -> list[tuple[str, str, str]]:
    """Label, figure, and what it is measured against."""
    rows = [
        ("Promised", figures.count(totals.promised), doc.unit),
        ("Delivered", figures.count(totals.delivered), f"{figures.percent(totals.kept)} of the promise"),
        ("Viewable", figures.percent(totals.viewability), f"of {figures.count(totals.measurable)} measurable"),
        ("Clicks", figures.count(totals.clicks), f"{figures.percent(totals.click_rate, 2)} of delivered"),
        *extra(totals),
        *([("People reached", figures.count(doc.reach[0]), f"{doc.reach[1] / doc.reach[0]:.1f} impressions each, of browsers that consented")] if doc.reach and doc.reach[0] else []),
        ("Value delivered", figures.money(totals.value, doc.currency),
         f"{figures.money(totals.booked, doc.currency)} booked"),
    ]  # fmt: skip
    return [row for row in rows if row[1] != figures.MISSING]


def extra(totals: Totals) -> list[tuple[str, str, str]]:
    """What only some campaigns have: ads heard, and what people did after a click."""
    heard = f"{figures.share(totals.audible, totals.delivered)} of delivered, sound on for 2 s"
    rows = [("Audible", totals.audible, heard), ("Conversions", totals.conversions, "after a click, each order once")]
    return [(name, figures.count(units), words) for name, units, words in rows if units]


def by_day(doc: ReportDocument) -> DeliveryByDay | None:
    """Delivery by day; the title names the strongest day."""
    if not doc.days:
        return None
    best = max(doc.days, key=lambda day: day.delivered)
    return DeliveryByDay(
        title=f"The strongest day was {figures.day(best.on)} with {figures.count(best.delivered)}",
        subtitle=f"Net {doc.unit} a day, {doc.zone}",
        days=tuple((day.on, day.delivered) for day in doc.days),
        expected=tuple((day.on, day.expected) for day in doc.days if day.expected is not None),
    )


def causes(doc: ReportDocument, totals: Totals) -> HangingBars | None:
    """Why delivery differs from the promise, if causes are known."""
    steps = sums.caused(doc, totals)
    gap = totals.promised - totals.delivered
    title = f"Where {figures.count(gap)} went" if gap > 0 else f"Delivered {figures.count(-gap)} over the promise"
    return HangingBars(title=title, steps=steps, note=doc.unit.capitalize()) if steps else None


def counting(doc: ReportDocument, totals: Totals) -> HangingBars:
    """From everything counted to what counts."""
    lost = totals.gross - totals.delivered
    title = f"{figures.share(lost, totals.gross)} of what was counted does not count" if lost else "All counts stand"
    return HangingBars(title=title, steps=sums.counted(doc, totals), note=doc.unit.capitalize(), neutral=True)


def by_part(doc: ReportDocument, parts: Sequence[Part], kind: str) -> DeliveryByPart | None:
    """Delivery by creative or placement (`kind`); the title names the largest."""
    if not parts:
        return None
    first = max(parts, key=lambda part: part.delivered)
    whole = sum(part.delivered for part in parts)
    share = figures.share(first.delivered, whole, 0)
    title = f"{first.name} carried {share}" if len(parts) > 1 else f"One {kind} carried the campaign"
    return DeliveryByPart(
        title=title, subtitle=f"Net {doc.unit} by {kind}", parts=tuple((part.name, part.delivered) for part in parts)
    )
