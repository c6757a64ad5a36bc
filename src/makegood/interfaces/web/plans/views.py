"""A brief by form, its panel, and what becomes of it."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.accounts import queries as accounts
from makegood.core import permissions, queries
from makegood.core.errors import Refused
from makegood.engine import currencies
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.orders import events
from makegood.interfaces.web.orders.drafts import Day
from makegood.interfaces.web.permitted import permitted
from makegood.orders.queries.calendar import properties
from makegood.sales import queries as sales
from makegood.sales.actions import briefs
from makegood.sales.models import Brief


class BriefForm(forms.Form):
    """What a client wants."""

    name = forms.CharField(label="Campaign", max_length=160)
    advertiser = forms.ModelChoiceField(label="Advertiser", queryset=None, empty_label="Choose the advertiser")
    agency = forms.ModelChoiceField(label="Agency", queryset=None, required=False, empty_label="None")
    objective = forms.ChoiceField(label="Objective", choices=sales.OBJECTIVES)
    budget = forms.DecimalField(label="Budget", min_value=0, max_digits=14, decimal_places=2)
    currency = forms.CharField(label="Currency", max_length=3, initial="USD")
    start = forms.DateField(label="First day", widget=Day)
    end = forms.DateField(label="Last day", widget=Day)
    property = forms.ChoiceField(label="Property", required=False)
    probability_pct = forms.IntegerField(label="Probability, %", min_value=0, max_value=100, initial=50, help_text="Weighs it in the pipeline.")
    kpi = forms.CharField(label="Measured by", max_length=120, required=False)
    audience = forms.CharField(label="Audience", max_length=200, required=False)

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = accounts.account_list(actor)
        self.fields["advertiser"].queryset = known.filter(party__kind="advertiser")  # type: ignore[attr-defined]
        self.fields["agency"].queryset = known.filter(party__kind="agency")  # type: ignore[attr-defined]
        self.fields["property"].choices = [("", "Any"), *((str(one.pk), one.name) for one in properties())]  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        """An ISO 4217 code."""
        code = str(self.cleaned_data["currency"]).upper()
        if code not in currencies.MINOR_UNITS:
            raise forms.ValidationError("This is not an ISO 4217 code. Use one like USD.")
        return code

    def clean_property(self) -> Any:
        """The property itself."""
        chosen = self.cleaned_data["property"]
        return next((one for one in properties() if str(one.pk) == chosen), None)


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
            form.add_error(error.place if error.place in form.fields else None, f"{error.message} {error.remedy}".strip())
        else:
            toasts.add(request, f"{made} is in the pipeline.")
            return HttpResponseRedirect(f"{links.page('plans')}?row={made.pk}", status=303)
    crumbs = [c.Crumb("Plans", links.page("plans")), c.Crumb("New brief")]
    return render(request, "plans/new.html", {"area": "plans", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_safe
@permitted("sales.see")
def panel(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The brief beside its list; by itself it leads to the list."""
    brief = _brief(request, brief_id)
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(f"{links.page('plans')}?row={brief.pk}&status=")
    held = sales.hold_list(request.user).filter(advertiser=brief.advertiser, status="held", expires_at__gt=timezone.now())  # type: ignore[arg-type]
    moves = [(name, label) for name, label, to in MOVES if brief.machine.allows(brief.status, to)]
    context = {
        "brief": brief, "holds": list(held), "events": events.short(queries.history(request.user, brief, limit=6)),  # type: ignore[arg-type]
        "moves": moves if permissions.may(request.user, "sales.brief", brief) else [],  # type: ignore[arg-type]
        "hold_url": f"{links.page('inventory')}hold/?advertiser={brief.advertiser_id}&start={brief.start}&end={brief.end}",
    }  # fmt: skip
    return render(request, "plans/panel.html", context)


MOVES = (("propose", "Mark proposed", "proposed"), ("win", "Won", "won"), ("lose", "Lost", "lost"))


def _act(action: Callable[..., Brief], said: str) -> Callable[..., HttpResponse]:
    @require_POST
    @permitted("sales.brief")
    def view(request: HttpRequest, brief_id: int) -> HttpResponse:
        brief = action(_brief(request, brief_id), by=request.user, at=timezone.now(), why=request.POST.get("why", ""))
        toasts.add(request, f"{brief}: {said}.")
        return HttpResponseRedirect(f"{links.page('plans')}?row={brief.pk}&status=", status=303)

    view.verb = "sales.brief"  # type: ignore[attr-defined]
    return view


propose = _act(briefs.propose, "proposed")
win = _act(briefs.win, "won")
lose = _act(briefs.lose, "lost")


def _brief(request: HttpRequest, brief_id: int) -> Brief:
    found = sales.brief_list(request.user).filter(pk=brief_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("There is no such brief.")
    return found
