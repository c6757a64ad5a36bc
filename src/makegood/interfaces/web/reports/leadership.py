"""The leadership status: one page, printable as PDF and as a slide from the same document."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.documents.charts.revenue import STATES, RevenueRow
from makegood.documents.written import leadership as written
from makegood.insight import status
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.components import geometry
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.reports import columns

RISKS, WIDE, NARROW = 4, 0.075, 0.04
LEADS = {"recognised": "/orders/?status=completed,closed", "pacing": "/pacing/", "committed": "/orders/?status=signed,booked", "pipeline": "/plans/", "gap": ""}
FILES = {
    "pdf": (written.pdf, "application/pdf"),
    "pptx": (written.pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}


@require_safe
@permitted("insight.leadership")
def page(request: HttpRequest) -> HttpResponse:
    """Revenue against goal, figures, risks, roadblocks, wins, months; every number leads to its campaigns."""
    kind = _span(request)
    seen = status.compose(request.user, kind, at=timezone.now())  # type: ignore[arg-type]
    doc = seen.document
    gaps = [sum(month.amounts, Decimal(0)) - month.goal for month in doc.months[: seen.span.months]]
    worst = gaps.index(min(gaps)) if gaps and min(gaps) < 0 else None
    return render(request, "reports/leadership.html", {
        "area": "reports", "crumbs": [c.Crumb("Reports", links.page("reports")), c.Crumb("Leadership")], "doc": doc,
        "choices": [c.Choice("Quarter", "?span=quarter", kind == "quarter"), c.Choice("Year", "?span=year", kind == "year")], "kind": kind,
        "revenue": _revenue(doc.revenue, doc.currency), "stats": [_stat(one) for one in doc.stats],
        "risks": [(row, _promise(row), links.part("pacing", pk)) for row, pk in zip(doc.at_risk[:RISKS], seen.risk_lines, strict=False)],
        "smaller": _smaller(doc), "flying": formats.money(doc.revenue[0].amounts[1], doc.currency, short=True),
        "blocks": [(block.row, links.to(block.subject_type, block.subject_id)) for block in seen.blocks],
        "months": columns.months(doc.months, worst), "unit": _unit(doc), "short": _short(doc),
    })  # fmt: skip


@require_safe
@permitted("insight.leadership")
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The page as PDF or as one slide."""
    if kind not in FILES:
        raise Http404("There is a pdf and a pptx.")
    write, media_type = FILES[kind]
    doc = status.compose(request.user, _span(request), at=timezone.now()).document  # type: ignore[arg-type]
    name = f"leadership-{doc.as_of:%Y-%m-%d}.{kind}"
    return HttpResponse(write(doc), content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _span(request: HttpRequest) -> str:
    return "year" if request.GET.get("span") == "year" else "quarter"


def _stat(one: written.Stat) -> c.Stat:
    figure, _, unit = one.figure.partition(" days")
    return c.Stat(one.label, figure, one.against, unit="days" if one.figure.endswith(" days") else unit, change_tone=one.state)


def _promise(row: written.RiskRow) -> c.Promise:
    return c.Promise(100, round(row.delivered * 100, 1), round(row.projected * 100, 1), state=row.state, unit="per cent")


def _revenue(rows: tuple[RevenueRow, ...], currency: str) -> list[dict[str, Any]]:
    """One bar a row: the whole on its own scale, the properties on theirs."""
    whole = float(max(rows[0].goal, rows[0].seen) or 1)
    others = max((float(max(row.goal, row.seen)) for row in rows[1:]), default=1.0) or 1.0
    unit = 1_000_000 if whole >= 1_000_000 else 1_000
    return [_bar(row, whole if n == 0 else others, currency, unit, big=n == 0) for n, row in enumerate(rows)]


def _bar(row: RevenueRow, scale: float, currency: str, unit: int, *, big: bool) -> dict[str, Any]:
    parts, x = [], 0.0
    for number, (state, amount) in enumerate(zip((*STATES, "gap"), (*row.amounts, row.gap), strict=True), 1):
        share = float(amount) / scale
        if share > 0:
            parts.append({
                "bar": geometry.bar(x, x + share, f"f-seq-{number}"), "gap": state == "gap", "text": f"t-seq-{number}", "state": state,
                "said": formats.money(amount, currency, short=True) if big else _plain(amount, unit), "words": share > WIDE if big else share > NARROW,
                "url": LEADS[state],
            })  # fmt: skip
        x += share
    share_of = f"{row.seen / row.goal * 100:.1f} % of {_plain(row.goal, unit)}" if row.goal else "no goal"
    return {"name": row.name, "parts": parts, "big": big, "seen": formats.money(row.seen, currency, short=True), "share": share_of}


def _smaller(doc: written.LeadershipDocument) -> dict[str, Any] | None:
    rest = doc.at_risk[RISKS:]
    if not rest:
        return None
    return {"count": len(rest), "owners": len({row.owner for row in rest}), "amount": sum(row.at_risk for row in rest)}


def _short(doc: written.LeadershipDocument) -> list[tuple[written.Short, str, str]]:
    top = max((one.amount for one in doc.short), default=Decimal(1))
    unit = 1_000_000 if top >= 100_000 else 1_000
    return [(one, f"{100 * one.amount / top:.1f}%", f"−{_plain(one.amount, unit)}{'' if unit > 1_000 else 'K'}") for one in doc.short]


def _plain(amount: Decimal, unit: int) -> str:
    """Millions to two places, or thousands to one."""
    return f"{amount / unit:.2f}" if unit == 1_000_000 else f"{amount / unit:.1f}"


def _unit(doc: written.LeadershipDocument) -> str:
    top = max((max(month.goal, sum(month.amounts, Decimal(0))) for month in doc.months), default=Decimal(0))
    return f"{formats.SYMBOLS.get(doc.currency, doc.currency)}{'M' if top * Decimal('1.08') >= 1_000_000 else 'K'}"
