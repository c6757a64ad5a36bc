"""The order builder: a sheet of lines, checked whole while it is typed, saved as one. Each answer is one call."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core.errors import Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.orders import builder_wire as wire
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import building_sheets
from makegood.orders.sheet import checking, saved
from makegood.orders.sheet.catalogue import Catalogue
from makegood.orders.sheet.columns import COLUMNS, RATE_TYPES, headings

OPEN_IN = ("draft", "pending", "approved", "signed")  # from booking on lines change by a change order
View = Callable[..., HttpResponse]


def answering(view: View) -> View:
    """A refusal as JSON with its own status, for the script that asked."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *given, **named)
        except Refused as error:  # said in the sheet, where it was asked; nothing has changed
            conflicts = [vars(one) for one in getattr(error, "conflicts", ())]
            return JsonResponse({"message": error.message, "place": error.place, "remedy": error.remedy, "conflicts": conflicts}, status=error.status)

    return answered


@require_safe
@permitted("orders.draft")
def page(request: HttpRequest, order_id: int) -> HttpResponse:
    """The sheet with its rows, and what the script needs to know beside them."""
    order = campaign.visible(request, order_id)
    rows, at = saved.rows(order), timezone.now()
    found = checking.check(order, rows, at=at)
    known = Catalogue()
    facts = {
        "order": order.pk, "url": f"{links.record(order)}build/", "currency": order.currency, "places": wire.places(order.currency), "editable": order.status in OPEN_IN,
        "columns": [vars(column) for column in COLUMNS], "rows": [wire.typed(row) for row in rows], "answer": wire.checked(found), "revision": order.revision,
        "start": order.start.isoformat(), "end": order.end.isoformat(), "rate_types": RATE_TYPES, "headings": headings(),
        "products": [{"label": known.label(one), "about": f"{one.property.name}, {one.rate_type}{', exclusive' if one.exclusive else ''}"} for one in known.products],
    }  # fmt: skip
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(order.name, links.record(order)), c.Crumb("Builder")]
    context = {"area": "orders", "crumbs": crumbs, "order": order, "facts": facts, "found": found, "editable": order.status in OPEN_IN}
    return render(request, "orders/builder.html", context)


@require_safe
@permitted("orders.draft")
@answering
def rows(request: HttpRequest, order_id: int) -> HttpResponse:
    """The sheet as it is saved now."""
    order = campaign.visible(request, order_id)
    return JsonResponse({"rows": [wire.typed(row) for row in saved.rows(order)], "revision": order.revision})


@require_POST
@permitted("orders.draft")
@answering
def check(request: HttpRequest, order_id: int) -> HttpResponse:
    """Every row and cell of the sheet as typed, with prices, avails of all rows together, approvals and totals. Nothing is saved."""
    sent, _, _ = wire.sheet(request)
    return JsonResponse(wire.checked(checking.check(campaign.visible(request, order_id), checking.few_enough(sent), at=timezone.now())))


@require_POST
@permitted("orders.draft")
@answering
def save(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order's lines made what the sheet says, or nothing; 409 with both values where somebody else changed the same cell."""
    sent, opened, more = wire.sheet(request)
    order = campaign.visible(request, order_id)
    done = building_sheets.save(order, sent, opened, key=str(more.get("key", "")), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return JsonResponse(done)
