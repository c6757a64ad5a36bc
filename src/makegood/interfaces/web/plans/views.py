"""A brief by form, its panel, and what becomes of it."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.core import permissions, queries
from makegood.core.errors import Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.orders import events
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.plans import forms
from makegood.interfaces.web.plans.forms import BriefForm
from makegood.sales import queries as sales
from makegood.sales.actions import briefs
from makegood.sales.models import Brief


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("sales.brief")
def new(request: HttpRequest) -> HttpResponse:
    """Write down what was asked."""
    actor: Any = request.user
    today = timezone.localdate()
    form = BriefForm(actor, request.POST or None, initial={"start": today + datetime.timedelta(days=28), "end": today + datetime.timedelta(days=55)})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            made = briefs.create(facts.pop("advertiser"), facts.pop("name"), by=actor, at=timezone.now(), **facts)
        except Refused as error:  # said beside the field it concerns; nothing was made
            posted.beside(form, error)
        else:
            toasts.add(request, f"{made} is in the pipeline.")
            return HttpResponseRedirect(f"{links.page('plans')}?row={made.pk}", status=303)
    crumbs = [c.Crumb("Plans", links.page("plans")), c.Crumb("New brief")]
    return render(request, "plans/new.html", {"area": "plans", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("sales.brief")
def edit(request: HttpRequest, brief_id: int) -> HttpResponse:
    """Change what is wanted; plans made before stay as they were."""
    brief = brief_of(request, brief_id)
    form = BriefForm(request.user, request.POST or None, initial=forms.said(brief))
    form.fields.pop("advertiser")
    form.fields.pop("agency")
    form.fields.pop("currency")
    if request.method == "POST" and form.is_valid():
        try:
            briefs.edit(brief, by=request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as error:  # said beside the field it concerns; nothing was changed
            posted.beside(form, error)
        else:
            toasts.add(request, f"{brief} is changed. Plan it anew to see what that does.")
            return HttpResponseRedirect(f"{links.page('plans')}?row={brief.pk}&status=", status=303)
    crumbs = [c.Crumb("Plans", links.page("plans")), c.Crumb(brief.name)]
    return render(request, "plans/new.html", {"area": "plans", "crumbs": crumbs, "form": form, "brief": brief}, status=422 if form.errors else 200)


@require_safe
@permitted("sales.see")
def panel(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The brief beside its list; by itself it leads to the list."""
    brief = brief_of(request, brief_id)
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(f"{links.page('plans')}?row={brief.pk}&status=")
    held = sales.hold_list(request.user).filter(advertiser=brief.advertiser, status="held", expires_at__gt=timezone.now())  # type: ignore[arg-type]
    moves = [(name, label) for name, label, to in MOVES if brief.machine.allows(brief.status, to)]
    context = {
        "brief": brief, "holds": list(held), "events": events.short(queries.history(request.user, brief, limit=6)),  # type: ignore[arg-type]
        "moves": moves if permissions.may(request.user, "sales.brief", brief) else [],  # type: ignore[arg-type]
        "plans": list(sales.plan_list(request.user).filter(brief=brief)[:3]), "may_plan": permissions.may(request.user, "sales.plan", brief) and brief.status in ("open", "proposed"),  # type: ignore[arg-type]
        "hold_url": f"{links.page('inventory')}hold/?advertiser={brief.advertiser_id}&start={brief.start}&end={brief.end}",
    }  # fmt: skip
    return render(request, "plans/panel.html", context)


MOVES = (("propose", "Mark proposed", "proposed"), ("win", "Won", "won"), ("lose", "Lost", "lost"))


def _act(action: Callable[..., Brief], said: str) -> Callable[..., HttpResponse]:
    @require_POST
    @permitted("sales.brief")
    def view(request: HttpRequest, brief_id: int) -> HttpResponse:
        brief = action(brief_of(request, brief_id), by=request.user, at=timezone.now(), why=request.POST.get("why", ""))
        toasts.add(request, f"{brief}: {said}.")
        return HttpResponseRedirect(f"{links.page('plans')}?row={brief.pk}&status=", status=303)

    view.verb = "sales.brief"  # type: ignore[attr-defined]
    return view


propose = _act(briefs.propose, "proposed")
win = _act(briefs.win, "won")
lose = _act(briefs.lose, "lost")


def brief_of(request: HttpRequest, brief_id: int) -> Brief:
    """The brief, for whoever may see it. Raises Http404."""
    found = sales.brief_list(request.user).filter(pk=brief_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("There is no such brief.")
    return found
