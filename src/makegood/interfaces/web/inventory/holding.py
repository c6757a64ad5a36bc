"""Placing, extending and releasing a hold: each view is one action."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.core.errors import Invalid, Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.inventory import forms
from makegood.interfaces.web.permitted import permitted
from makegood.sales import queries as sales
from makegood.sales.actions import extending, holds
from makegood.sales.models import Hold


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("sales.hold")
def hold(request: HttpRequest) -> HttpResponse:
    """Place a hold by form."""
    actor: Any = request.user
    form = forms.Hold(actor, request.POST or None, initial=request.GET.dict() | {"days": 3})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = holds.place(
                facts["product"], facts["advertiser"], start=facts["start"], end=facts["end"], units=facts["units"],
                expires_at=form.expires_at(), by=actor, at=timezone.now(), reason=facts["reason"],
            )  # fmt: skip
        except Refused as error:  # said on the form; nothing is held
            form.add_error(error.place if error.place in form.fields else None, f"{error.message} {error.remedy}".strip())
        else:
            toasts.add(request, f"Held until {formats.moment(made.expires_at)}. You own it.")
            return HttpResponseRedirect(f"{links.page('inventory')}?product={made.product_id}&week={_monday(made.start)}&from={_monday(made.start)}", status=303)
    crumbs = [c.Crumb("Inventory", links.page("inventory")), c.Crumb("Place a hold")]
    return render(request, "inventory/hold.html", {"area": "inventory", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_POST
@permitted("sales.hold")
def extend(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Keep a hold longer."""
    form = forms.Extend(request.POST)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), place=form.fields[name].label or name, remedy="Say for how many days (1 to 14) and why.")
    until = timezone.now() + datetime.timedelta(days=form.cleaned_data["days"])
    made = extending.extend(_hold(request, hold_id), until, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])  # type: ignore[arg-type]
    toasts.add(request, f"{made} lapses {formats.moment(made.expires_at)}.")
    return _back(request)


@require_POST
@permitted("sales.release")
def release(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Give a hold back."""
    made = holds.release(_hold(request, hold_id), by=request.user, at=timezone.now(), why=request.POST.get("why", ""))  # type: ignore[arg-type]
    toasts.add(request, f"{made} is released.")
    return _back(request)


def _hold(request: HttpRequest, hold_id: int) -> Hold:
    found = sales.hold_list(request.user).filter(pk=hold_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("There is no such hold.")
    return found


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the button stood on, when it is one of ours."""
    page = request.POST.get("back", "")
    return HttpResponseRedirect(page if page in (links.page("plans") + "holds/",) else links.page("inventory"), status=303)


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())
