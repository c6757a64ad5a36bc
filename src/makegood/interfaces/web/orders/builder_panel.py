"""The panel beside the sheet: the chosen row's problems, avails, flights, targeting and reach, from the sheet as typed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.engine.flighting import Curve, Every
from makegood.interfaces.web.orders import avails, campaign
from makegood.interfaces.web.orders import builder_wire as wire
from makegood.interfaces.web.orders.builder_wire import answering
from makegood.interfaces.web.permitted import permitted
from makegood.orders.models import Order
from makegood.orders.sheet import checking, looking
from makegood.orders.sheet.looking import Dimension, Look
from makegood.orders.sheet.rows import Checked, Typed

NAMES = {"geo": "Geography", "device": "Device", "audience": "Audience", "hour_of_week": "Hours of the week, 0 is Monday midnight", "section": "Section", "placement": "Placement"}
EVERY = [(one.value, f"by {one.value}") for one in Every if one is not Every.LINE]
CURVES = [(Curve.EVEN.value, "even by days"), (Curve.FRONT.value, "front-loaded"), (Curve.BACK.value, "back-loaded"), ("shares", "own percentages")]


@require_POST
@permitted("orders.draft")
@answering
def panel(request: HttpRequest, order_id: int) -> HttpResponse:
    """The panel of the row named, a part of the page."""
    order = campaign.visible(request, order_id)
    rows, _, more = wire.sheet(request)
    at = timezone.now()
    found = checking.check(order, checking.few_enough(rows), at=at)
    seen = looking.look(order, rows, found.answers, str(more.get("row")), at=at)
    if seen is None:
        raise Http404("There is no such row.")
    return render(request, "orders/builder_panel.html", context(seen, order))


def drawn(order: Order, rows: list[Typed], found: Checked, key: str, at: datetime.datetime) -> str:
    """The same as text, from a check already made; empty without the row."""
    seen = looking.look(order, rows, found.answers, key, at=at)
    return render_to_string("orders/builder_panel.html", context(seen, order)) if seen else ""


def context(seen: Look, order: Order) -> dict[str, Any]:
    """What the panel places."""
    row, found, how = seen.answer.read, seen.answer.avails, seen.how
    chosen = "" if how is None or how.every is Every.LINE else how.every.value
    return {
        "order": order, "editable": order.status in wire.OPEN_IN, "row": row, "seen": seen, "found": found, "sum": avails.summed(found) if found and not found.exclusive else None, "ways": avails.ways(found) if found else [],
        "problems": [(one, seen.answer.dismissed(one)) for one in row.problems], "every": [(value, label, value == chosen) for value, label in EVERY],
        "curves": [(value, label, value == ("shares" if how and how.shares else how.curve.value if how else "")) for value, label in CURVES],
        "shares": "/".join(f"{share:f}" for share in how.shares) if how else "", "dimensions": labelled(seen.dimensions),
    }  # fmt: skip


def labelled(dimensions: Sequence[Dimension]) -> list[tuple[str, Dimension]]:
    """The dimensions of an editor of targeting, each under its label."""
    return [(NAMES.get(one.name, one.name.capitalize()), one) for one in dimensions]
