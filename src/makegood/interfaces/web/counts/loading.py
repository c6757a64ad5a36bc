"""Dropping a vendor's file, and its preview: every row with its flight, every doubt at its cell. Reads, and one receiving."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from makegood.core.errors import Refused
from makegood.delivery.actions import vendor_files as actions
from makegood.delivery.models import CountLoad
from makegood.delivery.queries import vendor_files
from makegood.delivery.queries.vendor_files import LoadView
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, grid, links
from makegood.interfaces.web.counts.tables import LOADS
from makegood.interfaces.web.permitted import permitted

MOST_ROWS = 200
FIELDS = (("day", "Day"), ("placement_id", "Placement id"), ("placement", "Placement"), ("impressions", "Impressions"), ("clicks", "Clicks"), ("cost", "Cost"))


class Drop(forms.Form):
    """One file and who counted."""

    vendor = forms.CharField(label="Who counted", max_length=60, help_text="The ad server or verification vendor; its columns and placements are remembered.")
    document = forms.FileField(label="Delivery file", allow_empty_file=True)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("delivery.load_third_party")
def dropped(request: HttpRequest) -> HttpResponse:
    """The list of files and the field to drop one on; what cannot be read is said there and nothing is stored."""
    form, refused = Drop(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        sent: Any = request.FILES["document"]
        try:
            load = actions.receive(sent.chunks(), vendor=form.cleaned_data["vendor"], name=sent.name, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except Refused as error:  # shown above the field it was dropped on; nothing is stored
            refused = error
        else:
            return HttpResponseRedirect(links.to("delivery.countload", load.pk), status=303)
    if request.headers.get("HX-Target") == f"list-{LOADS.key}":
        return grid.part(request, LOADS)
    status = refused.status if refused else 422 if form.is_bound and form.errors else 200
    return render(request, "counts/list.html", {**grid.context(request, LOADS), "form": form, "refused": refused}, status=status)


@require_safe
@permitted("delivery.load_third_party")
def one(request: HttpRequest, load_id: int) -> HttpResponse:
    """The preview."""
    return page(request, found(request, load_id))


def page(request: HttpRequest, load: CountLoad, *, refused: Refused | None = None) -> HttpResponse:
    """The page of a file; `refused` is what an action just said no to."""
    view = vendor_files.preview(load)
    context = {
        "area": "pacing", "crumbs": [c.Crumb("Pacing", links.page("pacing")), c.Crumb("Third-party counts", links.page("counts")), c.Crumb(load.document.name)],
        "load": load, "view": view, "file": view.file, "refused": refused, "work_url": links.to("delivery.countload", load.pk), "fields": FIELDS,
        "columns": [(field, label, view.file.columns.get(field, "")) for field, label in FIELDS], "rows": _rows(view), "hidden": max(0, len(view.joined) - MOST_ROWS),
        "unknown": [(each, [(likely.flight.pk, str(likely.flight), formats.percent(likely.score, 0)) for likely in each.likely]) for each in view.unknown],
        "choices": vendor_files.choices(request.user, view.file) if view.unknown else [],  # type: ignore[arg-type]
        "left_out": sum(each.ignored for each in view.joined), "units": sum(each.impressions for each in view.rows),
    }  # fmt: skip
    return render(request, "counts/one.html", context, status=refused.status if refused else 200)


def found(request: HttpRequest, load_id: int) -> CountLoad:
    """The file; 404 when there is none this person may see."""
    load = vendor_files.load_list(request.user).filter(pk=load_id).first()  # type: ignore[arg-type]
    if load is None:
        raise Http404("There is no such file.")
    return load


def _rows(view: LoadView) -> list[dict[str, Any]]:
    """Rows as the preview shows them, those with something wrong first."""
    wrong: dict[int, list[Any]] = {}
    for problem in view.problems:
        wrong.setdefault(problem.where.row, []).append(problem)
    counted = {joined.row.where.row for joined in view.joined}
    bare = [{"row": number, "problems": some, "joined": None} for number, some in wrong.items() if number not in counted]
    rows = [{"row": one.row.where.row, "problems": wrong.get(one.row.where.row, []), "joined": one} for one in view.joined]
    return sorted([*bare, *rows], key=lambda each: (not each["problems"], each["row"]))[:MOST_ROWS]
