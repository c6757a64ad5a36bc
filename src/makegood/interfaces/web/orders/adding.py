"""A new order by form: its head first, then its lines, each checked for availability while it is typed."""

import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.core.errors import Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.orders import avails, campaign
from makegood.interfaces.web.orders.drafts import Head, LineForm
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import drafting, lines
from makegood.orders.models import Line
from makegood.orders.queries import offers


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("orders.draft")
def new(request: HttpRequest) -> HttpResponse:
    """The head; then on to its lines."""
    actor: Any = request.user
    form = Head(actor, request.POST or None, initial={"campaign_manager": actor.pk, "start": timezone.localdate() + datetime.timedelta(days=14),
                                                      "end": timezone.localdate() + datetime.timedelta(days=41)})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        facts["commission_pct"] = facts["commission_pct"] or Decimal(0)
        try:
            order = drafting.create(facts.pop("name"), facts.pop("advertiser"), account_manager=actor, by=actor, at=timezone.now(), **facts)
        except Refused as error:  # said beside the field it concerns; nothing was made
            _say(form, error)
        else:
            toasts.add(request, f"Draft {order.number} is there.")
            return HttpResponseRedirect(f"{links.record(order)}build/", status=303)
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb("New order")]
    return render(request, "orders/new.html", {"area": "orders", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("orders.draft")
def add_line(request: HttpRequest, order_id: int) -> HttpResponse:
    """One line more; `another` stays here."""
    actor: Any = request.user
    seen = campaign.found(request, order_id)
    order = seen.order
    form = LineForm(actor, request.POST or None, initial={"start": order.start, "end": order.end} | request.GET.dict())
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            line = lines.add(order, facts.pop("product"), by=actor, at=timezone.now(), **facts)
        except Refused as error:  # said beside the field it concerns; nothing was added
            _say(form, error)
        else:
            toasts.add(request, f"Line {line.number} {line.name} added.")
            back = links.record(order)
            return HttpResponseRedirect(f"{back}lines/add/" if "another" in request.POST else back, status=303)
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(order.name, links.record(order)), c.Crumb("Add a line")]
    context = {"area": "orders", "crumbs": crumbs, "form": form, "seen": seen, "order": order, **_offer(request, seen)}
    return render(request, "orders/add_line.html", context, status=422 if form.errors else 200)


@require_safe
@permitted("orders.draft")
def check(request: HttpRequest, order_id: int) -> HttpResponse:
    """What the line being typed would cost and whether it is there: a part of the form."""
    return render(request, "orders/offer.html", _offer(request, campaign.found(request, order_id)))


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


def _offer(request: HttpRequest, seen: Any) -> dict[str, Any]:
    """The offer for what stands in the fields, nothing while they are not complete."""
    asked = LineForm(request.user, request.GET or request.POST)
    if not asked.is_valid() or asked.cleaned_data["end"] < asked.cleaned_data["start"]:
        return {"offer": None}
    facts = asked.cleaned_data
    found = offers.offer(
        seen.order, facts["product"], start=facts["start"], end=facts["end"], units=facts["quantity"], rate=facts["rate"], at=timezone.now()
    )
    return {"offer": found, "sum": avails.summed(found.avails), "ways": avails.ways(found.avails), "order": seen.order, "product": facts["product"]}


def _say(form: Head | LineForm, error: Refused) -> None:
    """A refusal beside the field it names, else over the form."""
    form.add_error(error.place if error.place in form.fields else None, f"{error.message} {error.remedy}".strip())
