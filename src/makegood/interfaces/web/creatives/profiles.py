"""Spec profiles on pages: all of them, one with every demand and its versions, and its next version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from makegood.catalog import queries as catalog
from makegood.catalog.actions import profiles
from makegood.core import permissions
from makegood.creatives import specs
from makegood.engine.specs import SEVERITIES, needs, registry
from makegood.engine.specs.profile import Profile
from makegood.engine.specs.rules import RULES
from makegood.interfaces.web import answers, links, toasts
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.creatives import demands, looking
from makegood.interfaces.web.permitted import permitted


@require_safe
@permitted("creatives.review")
def profile_list(request: HttpRequest) -> HttpResponse:
    """Every profile a file can be held against, by format."""
    rows = sorted(specs.known(), key=lambda one: (one.format, one.seller, one.name))
    shown = [(one, sum(bool(need.rivals) for need in one.requirements)) for one in rows]
    found = {"area": "creatives", "crumbs": [Crumb("Creatives", links.page("creatives")), Crumb("Spec profiles")], "rows": shown}
    return render(request, "creatives/profiles.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("creatives.review")
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """One profile: what it asks for, who says so and who says otherwise, its versions, and the next one."""
    newest = next((one for one in specs.known() if one.code == code), None)
    if newest is None:
        raise Http404("There is no such spec profile.")
    if request.method == "POST":
        return _publish(request, newest)
    versions = catalog.profile_versions(code)
    pairs = [(one, profiles.differences(before, one) if before else []) for one, before in zip(versions, [*versions[1:], None], strict=True)]
    crumbs = [Crumb("Creatives", links.page("creatives")), Crumb("Spec profiles", "/creatives/specs/"), Crumb(newest.name)]
    found = {
        "area": "creatives", "crumbs": crumbs, "profile": newest, "rows": _rows(newest), "pairs": pairs, "severities": SEVERITIES,
        "rules": _addable(newest), "may_set": permissions.may(looking.person(request), "catalog.set_policy"), "added": demands.ADDED,
        "dropped": demands.DROPPED,
    }  # fmt: skip
    return render(request, "creatives/profile.html", found)


def _publish(request: HttpRequest, newest: Profile) -> HttpResponse:
    wanted = demands.read(newest, request.POST)
    made = profiles.publish(newest, wanted, note=request.POST.get("note", ""), by=looking.person(request), at=timezone.now())
    toasts.add(request, f"{made.name} is in force as version {made.version}. Approvals under the version before are reviewed again.")
    return answers.SeeOther(f"/creatives/specs/{made.code}/")


def _rows(shown: Profile) -> list[dict[str, object]]:
    said = needs(shown)
    return [
        {
            "place": place, "need": need, "written": demands.written(need.value), "title": words.title, "required": words.required,
            "rivals": [(RULES[need.rule].phrase(one.value), one.source) for one in need.rivals],
        }
        for place, (need, words) in enumerate(zip(shown.requirements, said, strict=True))
    ]  # fmt: skip


def _addable(shown: Profile) -> list[tuple[str, str, str]]:
    """Rules the profile does not name: code, title, and how a value is written."""
    asked = {need.rule for need in shown.requirements}
    models = [(rule, registry.example(code)) for code, rule in RULES.items() if code not in asked]
    return sorted((rule.code, rule.title, demands.written(model.value)) for rule, model in models if model is not None)
