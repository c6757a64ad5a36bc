"""A new order: its head by form, its lines in the builder; and a line taken out of a draft."""

import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.core.errors import Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.orders.drafts import Head
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import drafting, lines
from makegood.orders.models import Line


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("orders.draft")
def new(request: HttpRequest) -> HttpResponse:
    """The head; then on to the builder."""
    actor: Any = request.user
    form = Head(actor, request.POST or None, initial={"campaign_manager": actor.pk, "start": timezone.localdate() + datetime.timedelta(days=14),
                                                      "end": timezone.localdate() + datetime.timedelta(days=41)})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        facts["commission_pct"] = facts["commission_pct"] or Decimal(0)
        try:
            order = drafting.create(facts.pop("name"), facts.pop("advertiser"), account_manager=actor, by=actor, at=timezone.now(), **facts)
        except Refused as error:  # said beside the field it concerns; nothing was made
            posted.beside(form, error)
        else:
            toasts.add(request, f"Draft {order.number} is there.")
            return HttpResponseRedirect(f"{links.record(order)}build/", status=303)
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb("New order")]
    return render(request, "orders/new.html", {"area": "orders", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_POST
@permitted("orders.draft")
def remove_line(request: HttpRequest, order_id: int, line_id: int) -> HttpResponse:
    """Take a line out of a draft."""
    order = campaign.visible(request, order_id)
    line = Line.objects.filter(order=order, pk=line_id).first()
    if line is None:
        raise Http404("There is no such line.")
    name = line.name
    lines.remove(line, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"Line {name} is out.")
    return HttpResponseRedirect(links.record(order), status=303)
