"""The clauses on papers: all of them, one with its versions and what each changed, writing and publishing the next."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.catalog import clauses as queries
from makegood.catalog.actions import clauses as actions
from makegood.catalog.models import Clause, ClauseVersion
from makegood.core import permissions
from makegood.core.errors import Invalid, Refused
from makegood.documents.papers import PLACEHOLDERS, comparing, language
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.papers import forms
from makegood.interfaces.web.permitted import permitted

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permitted("catalog.see")
def listed(request: HttpRequest) -> HttpResponse:
    """Every clause: in force since when, and what is being written."""
    today = timezone.localdate()
    seen = [(one, queries.current(one, today), queries.draft_of(one)) for one in queries.clause_list()]
    rows = [(clause, current, draft, shown.title if (shown := current or draft) else clause.key) for clause, current, draft in seen]
    have = {clause.language for clause, _, _ in seen}
    missing = [(code, name) for code, name in language.NAMES.items() if code not in have]
    return _page(request, "papers/clauses.html", {"rows": rows, "missing": missing, "crumbs": _crumbs()})


@both
@permitted("catalog.see")
def one(request: HttpRequest, clause_id: int) -> HttpResponse:
    """One clause: its words as they stand, the draft of the next, versions with what each changed. A POST keeps the draft."""
    clause = _clause(clause_id)
    draft, current = queries.draft_of(clause), queries.current(clause, timezone.localdate())
    shown = draft or current or clause.versions.all()[0]
    form = forms.Wording(request.POST or None, initial={"title": shown.title, "text": shown.text, "note": draft.note if draft else ""})
    if request.method == "POST" and form.is_valid():
        try:
            actions.draft(clause, by=request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except Invalid as error:  # said beside the field it names; what was typed stays
            posted.beside(form, error)
        else:
            toasts.add(request, "The draft is kept. It is on no paper until it is published.")
            return SeeOther(f"/papers/{clause.pk}/")
    found = {
        "clause": clause, "in_force": f"Version {current.number}" if current else "", "draft": draft, "form": form, "versions": _versions(clause), "blanks": PLACEHOLDERS.items(),
        "publish": forms.Publish(initial={"starts_on": timezone.localdate(), "note": draft.note if draft else ""}),
        "retire": forms.Retire(initial={"on": timezone.localdate()}), "crumbs": _crumbs(c.Crumb(shown.title)),
    }  # fmt: skip
    return _page(request, "papers/clause.html", found, status=422 if form.errors else 200)


@both
@permitted("catalog.set_clauses")
def new(request: HttpRequest) -> HttpResponse:
    """A clause that is not there yet, as a draft."""
    form = forms.NewClause(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = dict(form.cleaned_data)
        try:
            made = actions.create(facts.pop("key"), code=facts.pop("language"), kinds=facts.pop("papers"), by=request.user, at=timezone.now(), **facts)  # type: ignore[arg-type]
        except Refused as error:  # said beside the field it names; nothing was made
            posted.beside(form, error)
        else:
            toasts.add(request, "The draft is there. Publish it to put it on papers.")
            return SeeOther(f"/papers/{made.clause_id}/")
    return _page(request, "papers/new.html", {"form": form, "crumbs": _crumbs(c.Crumb("New clause")), "blanks": PLACEHOLDERS.items()}, status=422 if form.errors else 200)


@require_POST
@permitted("catalog.set_clauses")
def publish(request: HttpRequest, clause_id: int) -> HttpResponse:
    """Put the draft in force."""
    asked = posted.values(forms.Publish(request.POST))
    made = actions.publish(_clause(clause_id), by=request.user, at=timezone.now(), **asked)  # type: ignore[arg-type]
    toasts.add(request, f"Version {made.number} is in force from {made.starts_on}. Papers made before keep theirs.")
    return SeeOther(f"/papers/{clause_id}/")


@require_POST
@permitted("catalog.set_clauses")
def retire(request: HttpRequest, clause_id: int) -> HttpResponse:
    """Take it off new papers."""
    asked = posted.values(forms.Retire(request.POST))
    actions.retire(_clause(clause_id), by=request.user, at=timezone.now(), **asked)  # type: ignore[arg-type]
    toasts.add(request, "It stands on no new paper from that day.")
    return SeeOther(f"/papers/{clause_id}/")


@require_POST
@permitted("catalog.set_clauses")
def adopt(request: HttpRequest) -> HttpResponse:
    """The shipped clauses of a language."""
    code = request.POST.get("language", "")
    if code not in language.LANGUAGES:
        raise Invalid(f"there are no clauses in {code!r}.", place="language", remedy=f"Use one of {', '.join(language.LANGUAGES)}.")
    made = actions.adopt(code, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{len(made)} clauses are in force from today. Have your counsel read them.")
    return SeeOther("/papers/")


def _clause(clause_id: int) -> Clause:
    found = Clause.objects.prefetch_related("versions__by").filter(pk=clause_id).first()
    if found is None:
        raise Http404("There is no such clause.")
    return found


def _versions(clause: Clause) -> list[tuple[ClauseVersion, list[tuple[str, str]]]]:
    """The newest first, each with its words against the version before."""
    found = sorted(clause.versions.all(), key=lambda one: -one.number)
    return [(one, comparing.changed(before.text, one.text) if before else []) for one, before in zip(found, [*found[1:], None], strict=True)]


def _crumbs(*more: c.Crumb) -> list[c.Crumb]:
    return [c.Crumb("Orders", links.page("orders")), c.Crumb("Clauses", "/papers/" if more else ""), *more]


def _page(request: HttpRequest, template: str, found: dict[str, Any], status: int = 200) -> HttpResponse:
    may: Any = request.user
    return render(request, template, {"area": "orders", "may_set": permissions.may(may, "catalog.set_clauses"), **found}, status=status)
