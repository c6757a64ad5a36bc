"""Placing, extending, releasing and handing over a hold, and its queue: each view is one action."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.core.errors import Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links, posted, toasts
from makegood.interfaces.web.inventory import forms
from makegood.interfaces.web.permitted import permitted
from makegood.sales import queries as sales
from makegood.sales.actions import challenging, extending, queueing
from makegood.sales.models import Hold
from makegood.workflows import holding

ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("sales.hold")
def hold(request: HttpRequest) -> HttpResponse:
    """Place a hold by form."""
    actor: Any = request.user
    form = forms.Hold(actor, request.POST or None, initial=request.GET.dict() | {"days": 3})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = holding.place(
                facts["product"], facts["advertiser"], start=facts["start"], end=facts["end"], units=facts["units"],
                expires_at=form.expires_at(), by=actor, at=timezone.now(), reason=facts["reason"], share_pct=facts["share_pct"], priority=facts["priority"],
            )  # fmt: skip
        except Refused as error:  # said on the form; nothing is held
            posted.beside(form, error)
        else:
            toasts.add(request, _placed(made))
            return HttpResponseRedirect(f"{links.page('inventory')}?product={made.product_id}&week={_monday(made.start)}&from={_monday(made.start)}", status=303)
    crumbs = [c.Crumb("Inventory", links.page("inventory")), c.Crumb("Place a hold")]
    return render(request, "inventory/hold.html", {"area": "inventory", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_safe
@permitted("sales.see")
def at(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Where a hold is shown: its week in the calendar."""
    found = _hold(request, hold_id)
    week = _monday(found.start)
    return HttpResponseRedirect(f"{links.page('inventory')}?product={found.product_id}&week={week}&from={week}")


@require_POST
@permitted("sales.hold")
def extend(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Keep a hold longer."""
    asked = posted.values(forms.Extend(request.POST), remedy="Say for how many days and why.")
    made, at = _hold(request, hold_id), timezone.now()
    waits = extending.extend(made, at + datetime.timedelta(days=asked["days"]), by=request.user, at=at, why=asked["why"])  # type: ignore[arg-type]
    toasts.add(request, f"Asked: {waits.title}." if waits else f"{made} lapses {formats.moment(made.expires_at)}.")
    return _back(request)


@require_POST
@permitted("sales.jump")
def jump(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Let a queued hold go before others."""
    asked = posted.values(forms.Jump(request.POST), remedy="Give the place in the queue and why.")
    made = queueing.jump(_hold(request, hold_id), asked["place"], by=request.user, at=timezone.now(), why=asked["why"])  # type: ignore[arg-type]
    toasts.add(request, f"{made} is {_ordinal(made)} now. The others are told.")
    return _back(request)


def _act(verb: str, action: Callable[..., object], said: str) -> Callable[..., HttpResponse]:
    """A view of an action that takes a hold and a reason."""

    @require_POST
    @permitted(verb)
    def view(request: HttpRequest, hold_id: int) -> HttpResponse:
        made = _hold(request, hold_id)
        action(made, by=request.user, at=timezone.now(), why=request.POST.get("why", ""))
        toasts.add(request, f"{made} {said}.")
        return _back(request)

    view.verb = verb  # type: ignore[attr-defined]
    return view


release = _act("sales.release", holding.release, "is released")
hand_over = _act("sales.release", holding.hand_over, "is handed over")
challenge = _act("sales.challenge", challenging.challenge, "challenges the first; its owner is told")
withdraw = _act("sales.challenge", challenging.withdraw, "no longer challenges")


def _placed(made: Hold) -> str:
    if made.waits_for:
        return f"{_ordinal(made).capitalize()} in the queue behind {made.waits_for.advertiser}, whose hold lasts until {formats.moment(made.waits_for.expires_at)}. You will be told when it comes up."
    return f"Held until {formats.moment(made.expires_at)}. You own it."


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


def _ordinal(made: Hold) -> str:
    """Its place in the queue in a word."""
    return ORDINALS.get(made.place or 0, f"number {made.place}")
