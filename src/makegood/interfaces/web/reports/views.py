"""A campaign's report as a page, from the same document as its files, and making those files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.documents.charts.hanging import HangingBars
from makegood.documents.written.report import story, totals
from makegood.documents.written.report.document import Part, ReportDocument
from makegood.insight import campaign, reports
from makegood.insight.actions import reporting
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.reports import columns
from makegood.orders.models import Order

SUFFIXES = {"pdf": ("PDF", "file-type-pdf"), "xlsx": ("Excel", "file-spreadsheet"), "pptx": ("PowerPoint", "presentation")}


@require_safe
@permitted("insight.report")
def report(request: HttpRequest, order_id: int) -> HttpResponse:
    """Promised and delivered, by day, line, creative and placement; the bills; the files made so far."""
    order = _found(request, order_id)
    doc = campaign.document(order, at=timezone.now())
    sums = totals.of(doc)
    shown, ticks = columns.days(doc.days)
    days = story.by_day(doc)
    return render(request, "reports/report.html", {
        "area": "reports", "crumbs": [c.Crumb("Reports", links.page("reports")), c.Crumb(doc.campaign)], "asof": f"counts to {formats.moment(doc.as_of)}",
        "doc": doc, "sums": sums, "order": order, "order_url": links.record(order), "stats": [c.Stat(*one) for one in story.stats(doc, sums)],
        "days": shown, "ticks": ticks, "days_title": days.title if days else "", "days_note": days.subtitle if days else "", "lines": [(one, _promise(one)) for one in doc.lines],
        "counting": _waterfall(story.counting(doc, sums)), "causes": _waterfall(story.causes(doc, sums)),
        "tables": [one for one in (_table("Creative", doc.creatives, doc), _table("Placement", doc.placements, doc)) if one],
        "made": [(one, [_file(file) for file in one.files.all()]) for one in reports.made(request.user, order)],  # type: ignore[arg-type]
    })  # fmt: skip


@require_POST
@permitted("insight.report")
def make(request: HttpRequest, order_id: int) -> HttpResponse:
    """PDF, workbook and deck as of now."""
    made = reporting.make(_found(request, order_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"Report made: {made.data['headline']}.")
    return HttpResponseRedirect(links.part("report", order_id), status=303)


def _found(request: HttpRequest, order_id: int) -> Order:
    order = reports.campaign_list(request.user).filter(pk=order_id).first()  # type: ignore[arg-type]
    if order is None:
        raise Http404("This campaign has not run, or is not yours to see.")
    return order


def _promise(line: Any) -> c.Promise:
    return c.Promise(line.promised, line.delivered, unit=line.unit)


def _waterfall(bars: HangingBars | None) -> tuple[str, str, c.Waterfall] | None:
    """The same steps as the printed chart, drawn by the page."""
    if bars is None:
        return None
    first, *middle, last = bars.steps
    steps = [(step.label, step.units) for step in middle]
    return bars.title, bars.subtitle, c.Waterfall((first.label, first.units), steps, last.label, last.units, origin=int(bars.start()))


def _table(name: str, parts: tuple[Part, ...], doc: ReportDocument) -> tuple[str, list[tuple[Part, str, float | None, float | None]]] | None:
    if not parts:
        return None
    top = max(part.delivered for part in parts) or 1
    rows = [(p, f"{100 * p.delivered / top:.1f}%", totals.ratio(p.viewable, p.measurable), totals.ratio(p.clicks, p.delivered)) for p in parts]
    return name, rows


def _file(file: Any) -> tuple[str, str, str]:
    name, icon = SUFFIXES.get(file.name.rpartition(".")[2], (file.name, "file"))
    return name, icon, f"/files/{file.pk}/"
