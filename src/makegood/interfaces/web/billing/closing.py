"""The close: what is ready to bill, exceptions first, and preparing its drafts."""

import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from makegood.billing.actions import preparing
from makegood.billing.queries import close as queries
from makegood.core import permissions
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.permitted import permitted
from makegood.orders import queries as orders
from makegood.orders.models import Order

HOME = f"{links.page('billing')}close/"


@require_safe
@permitted("billing.close")
def close(request: HttpRequest) -> HttpResponse:
    """Every period that is over and not billed, one line each."""
    actor: Person = request.user  # type: ignore[assignment]
    found = queries.closings(actor, at=timezone.now())
    stuck = [one for one in found if one.exceptions]
    return render(request, "billing/close.html", {
        "area": "billing", "crumbs": [c.Crumb("Billing", links.page("billing")), c.Crumb("Close")],
        "groups": [group for group in (_group("To look at first", "watch", stuck), _group("Ready", "ok", [o for o in found if not o.exceptions])) if group],
        "sums": _sums(found), "count": len(found), "stuck": len(stuck), "may": permissions.may(actor, "billing.prepare"),
    })  # fmt: skip


@require_POST
@permitted("billing.prepare")
def prepare(request: HttpRequest) -> HttpResponse:
    """A draft for the order and period named."""
    try:
        on = datetime.date.fromisoformat(request.POST.get("on", ""))
        order = orders.visible_to(request.user).get(pk=int(request.POST.get("order", "")))  # type: ignore[arg-type]
    except ValueError as error:
        raise Invalid("the order or the day is missing.", place="Prepare", remedy="Use the button of its row.") from error
    except Order.DoesNotExist as none:
        raise Http404("This order is not here, or not yours to see.") from none
    draft = preparing.prepare(order, on, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"Draft prepared: {formats.money(draft.net, draft.currency)} net.")
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if safe else links.record(draft), status=303)


def _group(title: str, state: str, rows: list[queries.Closing]) -> tuple[str, str, list[tuple[queries.Closing, Any]], list[str]] | None:
    shown = [(one, links.record(one.order)) for one in rows]
    return (title, state, shown, _sums(rows)) if rows else None


def _sums(rows: list[queries.Closing]) -> list[str]:
    """Gross by currency."""
    totals: dict[str, Decimal] = {}
    for one in rows:
        totals[one.order.currency] = totals.get(one.order.currency, Decimal(0)) + one.gross
    return [formats.money(amount, code) for code, amount in sorted(totals.items())]
