"""The page of a plan, and what becomes of a plan as a whole."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core import permissions
from makegood.engine import planner
from makegood.engine.planner import rules as practice
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.plans import shown, words
from makegood.interfaces.web.plans.views import brief_of
from makegood.sales import drawing
from makegood.sales import queries as sales
from makegood.sales.actions import plans
from makegood.sales.models import Plan
from makegood.workflows.planning import making, ordering


@require_safe
@permitted("sales.see")
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The brief, the mix, the alternatives, the rules; `?line=` opens a line's reasons."""
    found = plan_of(request, plan_id)
    return render(request, "plans/plan.html", context(request, found, request.GET.get("line", "")))


def context(request: HttpRequest, found: Plan, chosen: str = "") -> dict[str, Any]:
    """What the page, or the part of it that an edit changes, is drawn from."""
    problem, mix = planner.from_json(found.problem), drawing.mix_of(found)
    line = next((one for one in found.lines.all() if str(one.pk) == chosen), None)
    rows = shown.rows(found, line.pk if line else None)
    may = permissions.may(request.user, "sales.plan", found)  # type: ignore[arg-type]
    return {
        "area": "plans", "crumbs": [c.Crumb("Plans", links.page("plans")), c.Crumb(found.brief.name)], "plan": found, "brief": found.brief,
        "rows": rows, "stats": shown.stats(found), "cards": shown.cards(found), "rules": shown.rules(found, problem, mix), "left": shown.left(found, problem),
        "binding": [(one["words"], formats.signed(one["gain"] / found.outcome * 100, 1) if found.outcome else "") for one in found.found["binding"]],
        "broken": found.figures.get("broken", []), "unit": words.UNITS[found.kpi_type], "edits": may and found.status == "draft", "may": may,
        "asof": f"Avails of {formats.moment(found.made_at)}", "reason": shown.reasons(line) if line else None,
        "versions": sales.plan_list(request.user).filter(brief=found.brief).exclude(pk=found.pk).order_by("-version")[:5],  # type: ignore[arg-type]
    }  # fmt: skip


@require_POST
@permitted("sales.plan")
def make(request: HttpRequest, brief_id: int) -> HttpResponse:
    """Solve a brief."""
    found = making.make(brief_of(request, brief_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"Version {found.version} of the plan: {len(drawing.mix_of(found))} lines.")
    return HttpResponseRedirect(f"{links.page('plans')}{found.pk}/", status=303)


@require_safe
@permitted("sales.see")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of best practice with its reason and source."""
    book, names = practice.book(), dict(sales.OBJECTIVES)
    rows = [(one, ", ".join(str(names[name]) for name in one.objectives) or "All", "Hard" if one.hard or not one.weight else "Soft") for one in book.rules]
    crumbs = [c.Crumb("Plans", links.page("plans")), c.Crumb("Rules of good plans")]
    return render(request, "plans/rules.html", {"area": "plans", "crumbs": crumbs, "rows": rows, "book": book, "again": book.again.items()})


def _act(action: Callable[..., Any], said: str, verb: str = "sales.plan") -> Callable[..., HttpResponse]:
    """One action on a plan, and the page it leads to."""

    @require_POST
    @permitted(verb)
    def view(request: HttpRequest, plan_id: int) -> HttpResponse:
        made = action(plan_of(request, plan_id), request)
        toasts.add(request, said.format(made))
        return HttpResponseRedirect(links.record(made), status=303)

    view.verb = verb  # type: ignore[attr-defined]
    return view


swap = _act(lambda one, request: plans.swap(one, request.POST.get("kind", ""), by=request.user, at=timezone.now()), "The alternative is the plan now.")
again = _act(lambda one, request: making.again(one, by=request.user, at=timezone.now()), "Solved again: version {0.version}.")
propose = _act(lambda one, request: plans.propose(one, by=request.user, at=timezone.now()), "Proposed.")
reopen = _act(lambda one, request: plans.reopen(one, by=request.user, at=timezone.now()), "Open to change again.")
order = _act(lambda one, request: ordering.order(one, by=request.user, at=timezone.now()), "Order {0.number} is drafted.", "orders.draft")


def plan_of(request: HttpRequest, plan_id: int) -> Plan:
    """The plan, for whoever may see it. Raises Http404."""
    found = sales.plan_list(request.user).filter(pk=plan_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("There is no such plan.")
    return found
