"""The advertising policy on pages: its rules, one rule with its versions, a new version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from makegood.catalog import queries as catalog
from makegood.catalog.actions import guidelines
from makegood.catalog.models import Guideline
from makegood.core import permissions
from makegood.creatives import policy as rules
from makegood.interfaces.web import answers, links, posted, toasts
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.creatives import forms, looking
from makegood.interfaces.web.permitted import permitted


@require_safe
@permitted("creatives.review")
def policy(request: HttpRequest) -> HttpResponse:
    """The rules in force today, and those announced."""
    today = timezone.localdate()
    standing = rules.rules_on(today)
    coming = [rule for rule in rules.rules_on(today, announced=True) if rule.valid_from > today]
    found = {"area": "creatives", "crumbs": _crumbs(Crumb("Policy")), "rules": standing, "coming": coming, "may_set": _may(request)}
    return render(request, "creatives/policy.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("creatives.review")
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule with its versions and what each changed; its next version is published here. "new" begins a rule."""
    versions = catalog.guideline_versions(code)
    if not versions and code != "new":
        raise Http404("There is no such rule.")
    if request.method == "POST":
        return _publish(request, code)
    newest = versions[0] if versions else None
    pairs = [(one, guidelines.differences(before, one) if before else []) for one, before in zip(versions, [*versions[1:], None], strict=True)]
    form = forms.Rule(initial=forms.of_rule(newest, timezone.localdate()) if newest else {"valid_from": timezone.localdate()})
    found = {
        "area": "creatives", "crumbs": _crumbs(Crumb("Policy", "/creatives/policy/"), Crumb(code if newest else "New rule")), "rule": newest,
        "pairs": pairs, "form": form, "may_set": _may(request), "code": code,
    }  # fmt: skip
    return render(request, "creatives/rule.html", found)


def _publish(request: HttpRequest, code: str) -> HttpResponse:
    wanted = posted.values(forms.Rule(request.POST))
    made: Guideline = guidelines.publish(
        forms.wording(wanted, wanted["code"] if code == "new" else code), valid_from=wanted["valid_from"], valid_until=wanted["valid_until"],
        note=wanted["note"], by=looking.person(request), at=timezone.now(),
    )  # fmt: skip
    toasts.add(request, f"{made.name} is in force from {made.valid_from}. Approvals it bears on are reviewed again.")
    return answers.SeeOther(f"/creatives/policy/{made.code}/")


def _may(request: HttpRequest) -> bool:
    return permissions.may(looking.person(request), "catalog.set_policy")


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb("Creatives", links.page("creatives")), *more]
