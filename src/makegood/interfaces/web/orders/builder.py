"""The order builder: a sheet of lines, checked whole while it is typed, saved as one. Each answer is one call."""

import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core.errors import Invalid
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.orders import builder_panel, campaign
from makegood.interfaces.web.orders import builder_wire as wire
from makegood.interfaces.web.orders.builder_wire import answering
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import building_sheets
from makegood.orders.sheet import checking, offering, packages, saved, values
from makegood.orders.sheet.columns import COLUMNS, RATE_TYPES, headings


@require_safe
@permitted("orders.draft")
def page(request: HttpRequest, order_id: int) -> HttpResponse:
    """The sheet with its rows, and what the script needs to know beside them."""
    order = campaign.visible(request, order_id)
    rows, at = saved.rows(order), timezone.now()
    found = checking.check(order, rows, at=at)
    facts = {
        "order": order.pk, "url": f"{links.record(order)}build/", "currency": order.currency, "places": wire.places(order.currency), "editable": order.status in wire.OPEN_IN,
        "columns": [vars(column) for column in COLUMNS], "rows": [wire.typed(row) for row in rows], "answer": wire.checked(found), "revision": order.revision,
        "start": order.start.isoformat(), "end": order.end.isoformat(), "rate_types": RATE_TYPES, "headings": headings(),
    }  # fmt: skip
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(order.name, links.record(order)), c.Crumb("Builder")]
    context = {"area": "orders", "crumbs": crumbs, "order": order, "facts": facts, "found": found, "editable": order.status in wire.OPEN_IN}
    return render(request, "orders/builder.html", context)


@require_safe
@permitted("orders.draft")
@answering
def rows(request: HttpRequest, order_id: int) -> HttpResponse:
    """The sheet as it is saved now."""
    order = campaign.visible(request, order_id)
    return JsonResponse({"rows": [wire.typed(row) for row in saved.rows(order)], "revision": order.revision})


@require_safe
@permitted("orders.draft")
@answering
def offers(request: HttpRequest, order_id: int) -> HttpResponse:
    """Products and packages that what is typed (`q`) may mean, with rate and avails from `start` to `end`, else over the order's days."""
    order, sent = campaign.visible(request, order_id), request.GET
    days = (_day(sent.get("start", ""), order.start), _day(sent.get("end", ""), order.end))
    found = offering.offered(order, sent.get("q", "")[:100], days if days[0] <= days[1] else (order.start, order.end), at=timezone.now())
    return JsonResponse({"offers": [wire.offer(one, order.currency) for one in found]})


@require_POST
@permitted("orders.draft")
@answering
def check(request: HttpRequest, order_id: int) -> HttpResponse:
    """Every row and cell of the sheet as typed, with prices, avails of all rows together, approvals and totals. Nothing is saved.

    With the key of a `row` also its panel, so that both come of one check.
    """
    sent, _, more = wire.sheet(request)
    order, at = campaign.visible(request, order_id), timezone.now()
    found = checking.check(order, checking.few_enough(sent), at=at)
    return JsonResponse({**wire.checked(found), "panel": builder_panel.drawn(order, sent, found, str(more.get("row")), at)})


@require_POST
@permitted("orders.draft")
@answering
def save(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order's lines made what the sheet says, or nothing; 409 with both values where somebody else changed the same cell.

    The script names each save by `Idempotency-Key` (`repeats`): one sent again adds no lines again.
    """
    sent, opened, _ = wire.sheet(request)
    order = campaign.visible(request, order_id)
    done = building_sheets.save(order, sent, opened, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return JsonResponse(done)


@require_POST
@permitted("orders.draft")
@answering
def package(request: HttpRequest, order_id: int) -> HttpResponse:
    """The rows of a package (`code`) over the days from `start` to `end`, its price divided among them. Nothing is saved."""
    order, sent = campaign.visible(request, order_id), request.POST
    try:
        start, end = (values.day(sent.get(name, ""), saved.PLAIN) for name in ("start", "end"))
        price = values.figure(sent["price"], saved.PLAIN) if sent.get("price", "").strip() else None
    except values.Unreadable as error:
        raise Invalid(str(error), place="package", remedy="Give its days and, if it is not the package's own, its price.") from error
    return JsonResponse({"rows": [wire.typed(row) for row in packages.rows(order, sent.get("code", ""), start=start, end=end, price=price)]})


def _day(text: str, otherwise: datetime.date) -> datetime.date:
    """A day as the sheet keeps it; the other one while it is no day yet."""
    try:
        return values.day(text, saved.PLAIN) if text else otherwise
    except values.Unreadable:
        return otherwise
