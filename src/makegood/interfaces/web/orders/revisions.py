"""Any two revisions of an order side by side, as a table and as a file."""

import dataclasses
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.documents.written import grid as written
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import export as files
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.permitted import permitted
from makegood.orders import queries as orders
from makegood.orders.models import Order, Revision
from makegood.orders.queries.revisions import RevisionDiff
from makegood.orders.queries.table import rows

COLUMNS = (
    written.Column(key="where", name="Where", kind="text"), written.Column(key="what", name="What", kind="text"), written.Column(key="before", name="Before", kind="text"),
    written.Column(key="after", name="After", kind="text"), written.Column(key="delta", name="Money", kind="money"),
)  # fmt: skip


@require_safe
@permitted("orders.see")
def compare(request: HttpRequest, order_id: int) -> HttpResponse:
    """`?before=1&after=3`, the two newest unless said; `export` is xlsx or csv."""
    order = campaign.visible(request, order_id)
    numbers = sorted(order.revisions.values_list("number", flat=True))
    if not numbers:
        raise Http404("Nothing of this order is frozen yet.")
    before, after = (_chosen(request, name, numbers, usual) for name, usual in (("before", numbers[-2:][0]), ("after", numbers[-1])))
    found = orders.between(request.user, order_id, before, after)  # type: ignore[arg-type]
    kind = request.GET.get("export", "")
    if kind:
        return _file(order, found, kind)
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(order.name, links.record(order)), c.Crumb("Revisions")]
    context = {"area": "orders", "crumbs": crumbs, "order": order, "diff": found, "rows": rows(found), "revisions": [_named(one) for one in order.revisions.order_by("number")]}
    return render(request, "orders/revisions.html", context)


def _named(one: Revision) -> dict[str, Any]:
    return {"number": one.number, "says": one.reason or one.get_kind_display()}


def _chosen(request: HttpRequest, name: str, numbers: list[int], usual: int) -> int:
    text = request.GET.get(name, "")
    if text and (not text.isdecimal() or int(text) not in numbers):
        raise Http404("There is no such revision.")
    return int(text) if text else usual


def _file(order: Order, found: RevisionDiff, kind: str) -> HttpResponse:
    if kind not in files.TYPES:
        raise Http404("There is no such file.")
    made = written.GridExport(
        title="Revisions compared", columns=COLUMNS, rows=tuple(dataclasses.asdict(row) for row in rows(found)),
        filters=f"{order.number} {order.name}, revision {found.before} to {found.after}, {found.currency}", as_of=timezone.now(), zone=order.zone,
    )  # fmt: skip
    content = written.xlsx(made) if kind == "xlsx" else written.csv_bytes(made)
    name = f"{order.number}-r{found.before}-r{found.after}.{kind}"
    return HttpResponse(content, content_type=files.TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})
