"""The trafficking sheet: looking and exporting."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.core import permissions
from makegood.core.models import Person
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.trafficking import turns
from makegood.orders.models import Order
from makegood.trafficking import papers
from makegood.trafficking.queries import sheet as sheets
from makegood.trafficking.queries import tags

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEWS = (("sheet", "Sheet"), ("qa", "QA"), ("tags", "Tags"))


@require_safe
@permitted("trafficking.see")
def sheet(request: HttpRequest, order_id: int) -> HttpResponse:
    """Line by creative, the QA field by field, or the tags: `?view=`."""
    seen = _seen(request, order_id)
    view = request.GET.get("view", "sheet")
    view = view if view in dict(VIEWS) else "sheet"
    actor: Person = request.user  # type: ignore[assignment]
    home = links.part("trafficking", order_id)
    found = {
        "area": "trafficking", "crumbs": [c.Crumb("Trafficking", links.page("trafficking")), c.Crumb(str(seen.order.advertiser)), c.Crumb(seen.order.name)],
        "seen": seen, "shown": turns.shown(seen.rows), "view": view, "choices": [c.Choice(label, f"{home}?view={key}", view == key) for key, label in VIEWS],
        "facts": [_fact(row) for row in seen.rows if row.open], "tags": tags.of([place for row in seen.rows for place in row.places]),
        "campaign_url": links.record(seen.order), "upload": f"{links.page('creatives')}upload/?order={order_id}",
        "may": {verb: permissions.may(actor, f"trafficking.{verb}") for verb in ("assign", "check", "publish")},
        "maker": actor.pk in seen.makers, "waiting": sum(row.open and not row.served for row in seen.rows),
        "free": any(row.fitting and row.creatives.lacking for row in seen.rows if row.open),
    }  # fmt: skip
    return render(request, "trafficking/sheet.html", found)


@require_safe
@permitted("trafficking.see")
def export(request: HttpRequest, order_id: int) -> HttpResponse:
    """The sheet as a workbook."""
    seen, at = _seen(request, order_id), timezone.now()
    response = HttpResponse(papers.xlsx(seen, at=at), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{seen.order.number}-trafficking.xlsx"'
    return response


def _seen(request: HttpRequest, order_id: int) -> sheets.Sheet:
    try:
        return sheets.sheet(request.user, order_id, at=timezone.now())  # type: ignore[arg-type]
    except Order.DoesNotExist as none:
        raise Http404("This order is not here, or not yours to see.") from none


def _fact(row: sheets.Row) -> c.Fact:
    """Readiness of one flight, computed: what is missing and what already lies ready for it."""
    name, has = f"{row.flight.line.number} {row.flight.line.name}", row.creatives
    if has.held:
        return c.Fact(name, "ok", "published" if row.served else "all sizes covered")
    if not has.needed:
        return c.Fact(name, "blocked", "no placement to run on")
    parts: list[Any] = [f"lacks {', '.join(has.lacking)}"]
    if has.approved:
        parts.append(f"{', '.join(has.approved)} approved, to assign")
    if has.waiting:
        parts.append(f"{', '.join(has.waiting)} in review")
    late = row.flight.start <= timezone.localdate()
    return c.Fact(
        name,
        "risk" if late else "watch",
        f"{'; '.join(parts)}. Starts {formats.day(row.flight.start)}",
        str(row.flight.line.order.trafficker or ""),
    )
