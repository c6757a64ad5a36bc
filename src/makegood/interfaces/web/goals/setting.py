"""Setting one goal by form, many by a sheet, and the weights of renewals."""

import datetime
import pathlib
import tempfile
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.core import queries
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Team
from makegood.engine import renewal
from makegood.insight.actions import goals, weighing
from makegood.insight.goals import categories
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.answers import SeeOther, back
from makegood.interfaces.web.goals import asked
from makegood.interfaces.web.permitted import permitted
from makegood.orders.queries.calendar import properties

LARGEST = 5_000_000  # bytes of a sheet


class GoalForm(forms.Form):
    """Whose goal, for which month, how much."""

    whom = forms.ChoiceField(label="Whose")
    month = forms.CharField(label="Month", max_length=7, help_text="2026-07")
    amount = forms.DecimalField(label="Goal", min_value=0, max_digits=14, decimal_places=2)
    currency = forms.CharField(label="Currency", max_length=3, min_length=3)
    why = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.subjects = {f"seller-{one.pk}": ("seller", one, f"Seller: {one}") for one in queries.staff()}
        self.subjects |= {f"team-{one.pk}": ("team", one, f"Team: {one}") for one in Team.objects.order_by("name")}
        self.subjects |= {f"category-{one}": ("category", one, f"Category: {one or 'none'}") for one in [*categories(), ""]}
        self.subjects |= {f"property-{one.pk}": ("property", one, f"Property: {one}") for one in properties()}
        self.fields["whom"].choices = [(key, label) for key, (_, _, label) in self.subjects.items()]  # type: ignore[attr-defined]

    def clean_month(self) -> datetime.date:
        """Its first day."""
        found = asked.month(self.cleaned_data["month"])
        if found is None:
            raise forms.ValidationError("This is no month. Write it like 2026-07.")
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("insight.set_goal")
def set_goal(request: HttpRequest) -> HttpResponse:
    """One goal, by form or from a cell of the grid (`next` is where it came from)."""
    form = GoalForm(request.POST or None, initial={"month": f"{timezone.localdate():%Y-%m}", "currency": queries.seller().currency} | request.GET.dict())
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        by_what, whom, _ = form.subjects[facts["whom"]]
        try:
            goals.set_goal(by_what, whom, facts["month"], facts["amount"], facts["currency"].upper(), by=request.user, at=timezone.now(), why=facts["why"])  # type: ignore[arg-type]
        except Refused as error:  # said on the form; nothing was changed
            posted.beside(form, error)
        else:
            toasts.add(request, "The goal is set.")
            there = f"{links.page('goals')}?by={by_what}"
            return back(request, there) if "next" in request.POST else SeeOther(there)
    crumbs = [c.Crumb("Goals", links.page("goals")), c.Crumb("Set a goal")]
    return render(request, "goals/set.html", {"area": "reports", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_POST
@permitted("insight.set_goal")
def sheet(request: HttpRequest) -> HttpResponse:
    """Every goal of a sheet, all or none."""
    sent = request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > LARGEST:
        raise Invalid("there is no sheet, or it is larger than 5 MB.", place="file", remedy="Choose a CSV, XLSX or XLS.")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / (pathlib.PurePath(sent.name or "goals").name[-80:] or "goals")
        path.write_bytes(sent.read())
        count = goals.take_sheet(path, queries.seller().currency, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{count} goals are set.")
    return SeeOther(links.page("goals"))


class Weights(forms.Form):
    """Points by fact."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in renewal.WEIGHTS:
            self.fields[name] = forms.FloatField(label=name.capitalize(), min_value=0, max_value=weighing.MOST)


@require_POST
@permitted("insight.set_goal")
def weights(request: HttpRequest) -> HttpResponse:
    """How much each fact counts in the score of renewals."""
    form = Weights(request.POST)
    weighing.set_weights(posted.values(form, remedy="Give points from 0 to 50 for every fact."), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, "The scores are counted anew.")
    return SeeOther(links.page("renewals"))
