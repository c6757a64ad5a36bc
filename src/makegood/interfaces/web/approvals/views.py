"""The rules, proposing a change of one, and what they would ask of an order or of figures."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from makegood.core import permissions
from makegood.core.errors import Refused
from makegood.core.queries import seller
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.approvals import forms, shown
from makegood.interfaces.web.permitted import permitted
from makegood.orders import availability, cancellation, trying
from makegood.orders import queries as orders
from makegood.work import queries as work
from makegood.work.actions import rules as changing
from makegood.work.approving.stages import Around, Stage
from makegood.work.models import ApprovalRule
from makegood.work.rules_in_force import Asking

HOME = c.Crumb("Approval rules", links.page("rules"))


@require_safe
@permitted("work.approvals.see_rules")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule by kind, and the changes that wait for somebody else."""
    actor: Any = request.user
    waiting = work.approval_list(actor).filter(kind=changing.KIND, status="pending").order_by("due_at", "pk")
    found = {
        "area": "team", "crumbs": [c.Crumb("Approval rules")], "groups": shown.groups(timezone.localdate()), "waiting": list(waiting),
        "may": permissions.may(actor, "work.approvals.rules"), "cancelling": cancellation.terms_of_the_seller(),
        "may_agree": permissions.may(actor, "accounts.activate_contract"),
    }  # fmt: skip
    return render(request, "approvals/rules.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("work.approvals.rules")
def change(request: HttpRequest, rule_id: int | None = None) -> HttpResponse:
    """Propose a change of a rule, or a new one; in force once somebody else approved it."""
    actor: Any = request.user
    rule = ApprovalRule.objects.filter(pk=rule_id).first() if rule_id else None
    if rule_id and rule is None:
        raise Http404("There is no such rule.")
    known = [Stage.from_json(one) for one in rule.stages] if rule else []
    form = forms.Rule(request.POST or None, initial=forms.Rule.initial_of(rule) if rule else {"active": True, "window_days": 0, "kind": request.GET.get("kind", "discount")})
    stages = [
        forms.StageForm(request.POST or None, prefix=f"s{n}", initial=forms.StageForm.initial_of(known[n]) if n < len(known) else {"hours": 8, "need": "any"})
        for n in range(forms.STAGES)
    ]  # fmt: skip
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in stages)]):
        try:
            asked = changing.propose(form.wanted([found for one in stages if (found := one.stage())]), rule=rule, why=form.cleaned_data["why"], by=actor, at=timezone.now())
        except Refused as error:  # said beside the field it concerns; nothing was proposed
            posted.beside(form, error)
        else:
            toasts.add(request, f"Proposed: {asked.title}. Another person decides.")
            return SeeOther(links.page("rules"))
    found = {"area": "team", "crumbs": [HOME, c.Crumb(str(rule) if rule else "New rule")], "rule": rule, "form": form, "stages": list(enumerate(stages, 1))}
    return render(request, "approvals/change.html", found, status=422 if form.errors or any(one.errors for one in stages) else 200)


@require_safe
@permitted("work.approvals.see_rules")
def attempt(request: HttpRequest) -> HttpResponse:
    """What the rules would ask of an order (`?order=`), or of figures, before anything is submitted."""
    actor: Any = request.user
    at, asked = timezone.now(), request.GET
    form = forms.Try(asked if "measure" in asked else None, initial={"kind": asked.get("kind", "discount")})
    found: dict[str, Any] = {"area": "team", "crumbs": [HOME, c.Crumb("Try them")], "form": form, "order": None, "would": None, "number": asked.get("order", "")}
    if asked.get("order"):
        rows = orders.visible_to(actor).select_related("advertiser__party", "agency__party", "brand", "contract", "account_manager")
        order = rows.filter(pk=asked["order"]).first() if asked["order"].isdecimal() else rows.filter(number__iexact=asked["order"].strip()).first()
        if order is None:
            raise Http404("There is no such order.")
        found |= {"order": order, "would": trying.order(order, availability.check(order, at=at), seller(), at=at)}
    elif form.is_bound and form.is_valid():
        one = form.cleaned_data
        team = one["team"].pk if one["team"] else None
        asking = Asking(one["kind"], one["measure"], one["amount"], frozenset({one["about"]} - {""}), team)
        found["would"] = trying.figures([asking], Around(team=team), at=at)
    return render(request, "approvals/try.html", found)
