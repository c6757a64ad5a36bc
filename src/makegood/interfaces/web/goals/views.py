"""The grid of goals, the sources of a cell, the export, and agreements that end soon. Reads only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.core import permissions
from makegood.documents.written.leadership import Month
from makegood.documents.written.sheets import Book, Column
from makegood.insight import earning, goals
from makegood.insight import renewals as agreements
from makegood.insight.goals import Source
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.goals import asked as asking
from makegood.interfaces.web.goals import drawing
from makegood.interfaces.web.goals.asked import Asked
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.reports import columns

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@permitted("insight.goals")
def page(request: HttpRequest) -> HttpResponse:
    """Who stands where by month; every cell opens what it is made of."""
    asked = asking.read(request)
    found = asking.grid(request, asked)
    months = [Month(name=f"{cell.month:%b}", goal=cell.goal, amounts=cell.amounts) for cell in found.total.cells]  # type: ignore[arg-type]
    return render(request, "goals/goals.html", {
        "area": "reports", "crumbs": [c.Crumb("Reports", links.page("reports")), c.Crumb("Goals")], "grid": found, "asked": asked, "states": earning.STATES,
        "choices": [c.Choice(name, asked.query(by=by), by == asked.by) for by, (name, _) in goals.BY.items()],
        "weighing": [c.Choice("By history", asked.query(weigh="history"), asked.weigh == "history"), c.Choice("Sellers' own", asked.query(weigh="own"), asked.weigh == "own")],
        "currencies": [c.FilterChip(one, asked.query(currency=one), one == asked.currency) for one in sorted({asked.currency, *found.others})] if found.others else [],
        "rows": drawing.rows(found, asked), "total": drawing.row(found.total, drawing.top([found.total]), asked, "all"),
        "columns": columns.months(months, found.total.cells.index(found.worst) if found.worst else None), "note": _note(asked),
        "before": asked.query(**{"from": f"{earning.add_months(asked.start, -3):%Y-%m}"}), "after": asked.query(**{"from": f"{earning.add_months(asked.start, 3):%Y-%m}"}),
        "export": f"{links.page('goals')}export/{asked.query()}", "may_set": permissions.may(request.user, "insight.set_goal"),  # type: ignore[arg-type]
        **(_cell(request, asked) if "key" in request.GET else {}),
    })  # fmt: skip


@require_safe
@permitted("insight.goals")
def cell(request: HttpRequest) -> HttpResponse:
    """The orders and briefs of one cell."""
    return render(request, "goals/cell.html", _cell(request, asking.read(request)))


def _cell(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    month = asking.month(request.GET.get("month")) or asked.start
    found = goals.sources(
        request.user, by=asked.by, key=request.GET.get("key", "all"), month=month, currency=asked.currency, today=asked.today, chances=asked.weights  # type: ignore[arg-type]
    )
    key = request.GET.get("key", "all")
    may = key != "all" and permissions.may(request.user, "insight.set_goal")  # type: ignore[arg-type]
    return {
        "sources": [(one, _path(one), _chance(one, asked)) for one in found], "month": month, "who": request.GET.get("name", ""), "asked": asked, "opened": True,
        "whom": f"{asked.by}-{key}" if may and (asked.by == "category" or key != "0") else "", "goal": goals.goal(asked.by, key, month, asked.currency) if may else None,
    }  # fmt: skip


def _path(one: Source) -> str:
    return links.to("orders.order", one.id) if one.kind == "order" else f"{links.page('plans')}?row={one.id}&status="


def _chance(one: Source, asked: Asked) -> str:
    """The seller's guess beside what history says, with how many it is from."""
    if one.guess_pct is None:
        return ""
    said = asked.chances.get(one.id)
    if said is None or not said.decided:
        return f"{one.guess_pct} % by its seller; nothing was decided yet"
    last = said.parts[1]
    return f"{one.guess_pct} % by its seller; history says {said.chance:.0%} ({said.low:.0%} to {said.high:.0%}), {last.won} of {last.of} such were won"


@require_safe
@permitted("insight.goals")
def export(request: HttpRequest) -> HttpResponse:
    """The grid as a workbook: a row a cell, so that it can be summed again."""
    asked = asking.read(request)
    found = asking.grid(request, asked)
    with Book(title="Goals", made_at=timezone.now(), zone="UTC") as book:
        sheet = book.sheet("Goals")
        top = book.heading(sheet, found.finding, [f"By {asked.by}, {asked.currency}, as of {asked.today}. {_note(asked)}"])
        book.table(sheet, top, [Column(name=name, key=name, kind=kind) for name, kind in drawing.COLUMNS], drawing.exported(found))  # type: ignore[arg-type]
    name = f"goals-{asked.by}-{asked.today}.xlsx"
    return HttpResponse(book.data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
@permitted("accounts.see_all")
def renewals(request: HttpRequest) -> HttpResponse:
    """Agreements that end within half a year, the least likely to be renewed first, with the reasons."""
    today = timezone.localdate()
    rows = [(one, [(reason, f"{reason.points:+.0f}".replace("-", "−")) for reason in one.reasons], one.notice_by < today) for one in agreements.renewals(request.user, today=today)]  # type: ignore[arg-type]
    context = {"area": "accounts", "crumbs": [c.Crumb("Accounts", links.page("accounts")), c.Crumb("Renewals")], "rows": rows, "asof": formats.clock(timezone.now())}
    context |= {"weights": agreements.weights(), "may_set": permissions.may(request.user, "insight.set_goal")}  # type: ignore[arg-type]
    return render(request, "goals/renewals.html", context)


def _note(asked: Asked) -> str:
    if asked.weigh == "own":
        return "Pipeline is weighted by what each seller thinks."
    return f"Pipeline is weighted by what became of {asked.decided} decided briefs like each."

