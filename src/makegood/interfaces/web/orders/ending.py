"""Cancelling by notice: what runs until when, what it costs, and giving it."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.core.errors import Invalid, Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.permitted import permitted
from makegood.orders import cancellation
from makegood.orders.models import Order
from makegood.workflows import changing as workflow


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("orders.cancel")
def notice(request: HttpRequest, order_id: int) -> HttpResponse:
    """The consequences first; then where the notice is, why, and the fee."""
    order = campaign.visible(request, order_id)
    if request.method != "POST":
        return _page(request, order)
    actor: Any = request.user
    try:
        change = workflow.give_notice(
            order, by=actor, at=timezone.now(), source=request.POST.get("source", ""), why=request.POST.get("why", ""), fee=_fee(request)
        )
    except Refused as error:  # shown where it was asked; nothing has changed
        return _page(request, Order.objects.get(pk=order.pk), error)
    toasts.add(request, "Cancelled by notice." if change.status == "applied" else "A lead decides on the fee; nothing has ended yet.")
    return HttpResponseRedirect(links.record(order if change.status == "applied" else change), status=303)


def _page(request: HttpRequest, order: Order, refused: Refused | None = None) -> HttpResponse:
    found = workflow.notice(order, at=timezone.now())
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(order.name, links.record(order)), c.Crumb("Cancel by notice")]
    context = {"area": "orders", "crumbs": crumbs, "order": order, "notice": found, "terms": cancellation.terms_of(order), "refused": refused}
    return render(request, "orders/notice.html", context, status=refused.status if refused else 200)


def _fee(request: HttpRequest) -> Decimal | None:
    text = request.POST.get("fee", "").replace(",", "").strip()
    try:
        found = Decimal(text or 0).quantize(Decimal("0.01"))
        if not found.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise Invalid(f"{text!r} is no amount.", place="fee", remedy="Write a number like 120.50, or leave it empty.") from None
    return found if text else None
