"""Opening a case, working on it, talking about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.billing.models import Invoice
from makegood.core import queries as core
from makegood.core.errors import Invalid
from makegood.core.models import Activity, Person
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.cases import forms
from makegood.interfaces.web.orders import events
from makegood.interfaces.web.permitted import permitted
from makegood.work import queries
from makegood.work.actions import cases, comments
from makegood.work.models import Case, Comment

HOME = c.Crumb("Cases", links.page("cases"))
CAUSES = (
    "late creative", "creative fault", "wrong set-up", "wrong count", "traffic fell", "outage", "wrong bill", "client changed its mind",
    "misunderstanding",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("work.cases.see")
def new(request: HttpRequest) -> HttpResponse:
    """The form; `?order=12` chooses the campaign."""
    form = forms.Open(_person(request), request.POST or None, initial={"order": request.GET.get("order"), "owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        order, amount = wanted["order"], wanted["amount"]
        made = cases.open(
            order, kind=wanted["kind"], title=wanted["title"], detail=wanted["detail"], owner=wanted["owner"], severity=wanted["severity"],
            amount=amount, currency=order.currency if amount else "", by=_person(request), at=timezone.now(),
        )  # fmt: skip
        toasts.add(request, f"Case {made.number} is open; {made.owner} has until {formats.moment(made.due_at)}.")
        return SeeOther(links.record(made))
    return render(request, "cases/open.html", {"area": "today", "crumbs": [HOME, c.Crumb("Open a case")], "form": form}, status=422 if form.errors else 200)


@require_safe
@permitted("work.cases.see")
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case with its clock, thread and history."""
    found, at = _case(request, case_id), timezone.now()
    said = Comment.objects.filter(subject_type="work.case", subject_id=found.pk).select_related("by").order_by("at", "pk")
    history = Activity.objects.filter(subject_type="work.case", subject_id=found.pk).exclude(verb="comment.added").select_related("actor")
    more: dict[str, Any] = {
        "area": "today", "crumbs": [HOME, c.Crumb(f"Case {found.number}")], "case": found, "at": at, "clock": clock(found, at),
        "comments": [c.Comment(one.by.name, one.at, one.text, "client" if one.visible_to_client else "us", one.by_id == request.user.pk) for one in said],
        "events": events.events(history.order_by("-at", "-pk")), "subject": links.to(found.subject_type, found.subject_id),
        "root": links.to(found.root_type, found.root_id), "staff": core.staff(), "causes": CAUSES, "bill": _bill(found),
    }  # fmt: skip
    return render(request, "cases/case.html", more)


@require_POST
@permitted("work.cases.work")
def move(request: HttpRequest, case_id: int, verb: str) -> HttpResponse:
    """wait, resume, resolve, close or assign: one action each."""
    found, at, by = _case(request, case_id), timezone.now(), _person(request)
    why = request.POST.get("why", "")
    if verb == "wait":
        if not why.strip():
            raise Invalid("what does the client owe?", place="why", remedy="Say what you wait for; the client reads it.")
        cases.wait(found, by=by, at=at, why=why)
    elif verb == "resume":
        cases.resume(found, by=by, at=at, why=why)
    elif verb == "resolve":
        cases.resolve(found, cause=request.POST.get("cause", "")[:60], resolution=request.POST.get("resolution", ""), by=by, at=at)
    elif verb == "close":
        cases.close(found, by=by, at=at)
    else:
        to = core.colleague(request.POST.get("to"))
        if to is None or not why.strip():
            raise Invalid("another owner needs a name and a note.", place="owner", remedy="Fill in both.")
        cases.assign(found, to, by=by, at=at, note=why)
    toasts.add(request, f"Case {found.number}: {found.get_status_display().lower()}, {found.owner}")
    return SeeOther(links.record(found))


@require_POST
@permitted("work.cases.see")
def say(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write on the case, for us or for the client."""
    found = _case(request, case_id)
    shown = request.POST.get("audience") == "client"
    comments.add(found, request.POST.get("body", ""), by=_person(request), at=timezone.now(), visible_to_client=shown)
    toasts.add(request, "The client sees it." if shown else "Noted for the team.")
    return SeeOther(links.record(found))


def clock(found: Case, at: Any) -> tuple[str, str]:
    """The state and words of its clock."""
    if found.status in ("resolved", "closed"):
        late = found.resolved_at is not None and found.resolved_at > found.due_at
        return ("watch", "Resolved late") if late else ("ok", "Resolved in time")
    if found.status == "waiting":
        return "watch", "Waits on the client"
    return ("risk" if found.due_at < at else "ok", formats.due(found.due_at, at))


def _bill(found: Case) -> Invoice | None:
    return Invoice.objects.filter(pk=found.subject_id).first() if found.subject_type == "billing.invoice" else None


def _case(request: HttpRequest, case_id: int) -> Case:
    found = queries.case_list(_person(request)).filter(pk=case_id).first()
    if found is None:
        raise Http404("This case is not here.")
    return found


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
