"""The seller's rules of holds by form."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.core.models import Role
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.permitted import permitted
from makegood.sales import queries as sales
from makegood.sales.actions import policy

ROLES = (Role.SALES, Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.LEAD)


class Rules(forms.Form):
    """How long holds last, and how much longer whom."""

    longest_days = forms.IntegerField(label="A hold lapses within, days", min_value=1, max_value=365)
    challenge_days = forms.IntegerField(label="Challenged, it is booked within, business days", min_value=1, max_value=20)
    why = forms.CharField(label="Why", max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for role in ROLES:
            self.fields[role.value] = forms.IntegerField(label=f"{role.label} may add, days in all", min_value=0, max_value=365)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("sales.hold_rules")
def rules(request: HttpRequest) -> HttpResponse:
    """Look at the rules and change them; more days than one's own need an approval."""
    now = sales.policy()
    given = {"longest_days": now.longest_days, "challenge_days": now.challenge_days} | {role.value: now.extend_days.get(role.value, 0) for role in ROLES}
    form = Rules(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        days = {role.value: facts[role.value] for role in ROLES}
        policy.change(
            longest_days=facts["longest_days"], challenge_days=facts["challenge_days"], extend_days=days, by=request.user, at=timezone.now(), why=facts["why"]  # type: ignore[arg-type]
        )
        toasts.add(request, "The rules of holds are changed.")
        return HttpResponseRedirect(links.page("inventory"), status=303)
    crumbs = [c.Crumb("Inventory", links.page("inventory")), c.Crumb("Rules of holds")]
    context = {"area": "inventory", "crumbs": crumbs, "form": form, "by_role": [form[role.value] for role in ROLES]}
    return render(request, "inventory/rules.html", context, status=422 if form.errors else 200)
