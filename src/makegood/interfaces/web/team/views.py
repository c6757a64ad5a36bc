"""The team's page and what a lead may do on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core import absences, permissions, queries
from makegood.core.models import Absence, Person
from makegood.insight import handing
from makegood.insight import team as insight
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.team import board, forms
from makegood.work import queries as work
from makegood.work.actions import tasks

PROPOSED = 8


@require_safe
@permitted("insight.team")
def team(request: HttpRequest) -> HttpResponse:
    """Load, proposals, absences; `?person=` shows one person's open tasks."""
    return _page(request, forms.Plan())


def _page(request: HttpRequest, form: forms.Plan, status: int = 200) -> HttpResponse:
    now, actor = timezone.localtime(), _person(request)
    loads = insight.loads(now=now)
    chosen = next((load for load in loads if str(load.person.pk) == request.GET.get("person")), None)
    proposals = handing.hand_overs(loads, now=now)
    away = list(absences.upcoming(now.date())[:20])
    found = {
        "area": "team", "crumbs": [c.Crumb("Team")], "weeks": board.weeks(now), "rows": board.rows(loads), "chosen": chosen, "now": now,
        "proposals": proposals[:PROPOSED], "more": len(proposals) - PROPOSED, "absences": away, "form": form, "says": says(loads),
        "may_plan": permissions.may(actor, "core.plan_absence"), "lead": actor.has_role("lead", "admin"),
        "late": sum(load.overdue for load in loads), "at_risk": sum(load.at_risk for load in loads),
    }  # fmt: skip
    return render(request, "team/team.html", found, status=status)


@require_POST
@permitted("work.tasks.see")
def hand_over(request: HttpRequest, task_id: int) -> HttpResponse:
    """Apply a proposal: the task, the colleague and the reason as proposed."""
    task, to = work.task_list(_person(request)).filter(pk=task_id).first(), queries.colleague(request.POST.get("to"))
    if task is None or to is None:
        raise Http404("This task or colleague is not here.")
    tasks.hand_over(task, to, by=_person(request), at=timezone.now(), note=request.POST.get("why", "")[:300])
    toasts.add(request, f"{to.name} has it now: {task.title}")
    return SeeOther("/team/")


@require_POST
@permitted("core.plan_absence")
def plan(request: HttpRequest) -> HttpResponse:
    """Enter an absence with its cover."""
    form = forms.Plan(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    wanted = form.cleaned_data
    made = absences.plan(wanted["person"], wanted["start"], wanted["end"], cover=wanted["cover"], note=wanted["note"], by=_person(request), at=timezone.now())
    covered = f"{made.cover.name} covers" if made.cover else "nobody covers yet"
    toasts.add(request, f"{made.person.name} is away {formats.day(made.start)} to {formats.day(made.end)}; {covered}.")
    return SeeOther("/team/")


@require_POST
@permitted("core.plan_absence")
def cancel(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    found = Absence.objects.select_related("person").filter(pk=absence_id).first()
    if found is None:
        raise Http404("This absence is not here.")
    absences.cancel(found, by=_person(request), at=timezone.now())
    toasts.add(request, f"{found.person.name} is there after all.")
    return SeeOther("/team/")


def says(loads: list[insight.Load]) -> str:
    """The finding: who is over, and when."""
    over = [load for load in loads if load.first_over is not None]
    if not over:
        return "Everybody has room for what is booked"
    names = " and ".join(load.person.name for load in over[:2])
    more = f" and {len(over) - 2} more" if len(over) > 2 else ""
    weeks = sorted({load.first_over for load in over if load.first_over is not None})
    when = ("this week", "next week", "in two weeks", "in three weeks")[weeks[0]]
    return f"{names}{more} {'is' if len(over) == 1 else 'are'} over capacity {when}"


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
