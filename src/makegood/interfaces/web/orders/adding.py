"""A new order by form: its head first, then its lines, each checked for availability while it is typed."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.accounts import queries as accounts
from makegood.catalog import queries as catalog
from makegood.core import queries
from makegood.core.errors import Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import drafting, lines
from makegood.orders.models import Line
from makegood.orders.queries import offers


class Day(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Head(forms.Form):
    """Who buys, when, and who looks after it."""

    name = forms.CharField(label="Campaign", max_length=160)
    advertiser = forms.ModelChoiceField(label="Advertiser", queryset=None, empty_label="Choose the advertiser")
    agency = forms.ModelChoiceField(label="Agency", queryset=None, required=False, empty_label="None: the advertiser buys directly")
    commission_pct = forms.DecimalField(label="Agency commission, %", min_value=0, max_value=99, decimal_places=3, initial=0, required=False)
    start = forms.DateField(label="First day", widget=Day)
    end = forms.DateField(label="Last day", widget=Day)
    campaign_manager = forms.ModelChoiceField(label="Runs it", queryset=None)
    external_number = forms.CharField(label="Their order number", max_length=60, required=False)

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = accounts.account_list(actor)
        self.fields["advertiser"].queryset = known.filter(party__kind="advertiser")  # type: ignore[attr-defined]
        self.fields["agency"].queryset = known.filter(party__kind="agency")  # type: ignore[attr-defined]
        self.fields["campaign_manager"].queryset = queries.staff()  # type: ignore[attr-defined]
        self.fields["campaign_manager"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """One line: product, days, units, rate."""

    product = forms.ModelChoiceField(label="Product", queryset=None, empty_label="Choose a product")
    start = forms.DateField(label="First day", widget=Day)
    end = forms.DateField(label="Last day", widget=Day)
    quantity = forms.IntegerField(label="Units", min_value=1, help_text="Impressions for CPM, days for what is sold by the day.")
    rate = forms.DecimalField(label="Rate", min_value=0, decimal_places=4, required=False, help_text="Empty: the rate card's.")

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["product"].queryset = catalog.product_list(actor).filter(active=True)  # type: ignore[attr-defined]
        self.fields["product"].label_from_instance = lambda one: f"{one.property.name}: {one.name}"  # type: ignore[attr-defined]


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
            return HttpResponseRedirect(f"{links.record(order)}lines/add/", status=303)
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
        facts["product"], seen.order.advertiser, start=facts["start"], end=facts["end"], units=facts["quantity"], rate=facts["rate"],
        currency=seen.order.currency, at=timezone.now(),
    )  # fmt: skip
    return {"offer": found, "sum": summed(found.avails), "order": seen.order, "product": facts["product"]}


def summed(avails: Any) -> c.HangingSum | None:
    """matched − reserved − held − caps = available, as bars; None where nothing limits or nothing is known."""
    if not avails.limited or not avails.known:
        return None
    less = [("reserved", avails.reserved, "bar"), ("held", avails.held, "hatch-watch")]
    if avails.caps:
        less.append(("caps", avails.caps, "bar"))
    return c.HangingSum(("matched", avails.matched), less, "available")


def _say(form: forms.Form, error: Refused) -> None:
    """A refusal beside the field it names, else over the form."""
    form.add_error(error.place if error.place in form.fields else None, f"{error.message} {error.remedy}".strip())
