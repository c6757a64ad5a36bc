"""The view of any list: page, part, file, preview, bulk action, undo. An area's urls name it once per grid."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from makegood.interfaces.web import answers, toasts
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.grid import bulk, export, listing
from makegood.interfaces.web.grid.definition import Grid
from makegood.interfaces.web.permitted import permitted

Extra = Callable[[HttpRequest], dict[str, Any]]


def grid_view(
    grid: Grid, *, verb: str = "core.sign_in", template: str = "list.html", extra: Extra | None = None
) -> Callable[..., HttpResponse]:
    """A view function for `grid`. `extra(request)` adds to the context of a `template` that extends list.html."""

    @require_http_methods(["GET", "HEAD", "POST"] if grid.actions else ["GET", "HEAD"])
    @permitted(verb)
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return _post(request, grid, template, extra)
        if (kind := request.GET.get("export", "")) in export.TYPES:
            return export.answer(request, grid, kind)
        return _whole(request, grid, template, extra)

    view.__name__ = grid.key
    view.verb, view.grid = verb, grid  # type: ignore[attr-defined]
    return view


def part(request: HttpRequest, grid: Grid) -> HttpResponse:
    """The list alone, as it replaces itself."""
    return render(request, "mg/grid.html", {"page": listing.page(request, grid)})


def context(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    """What a page with this list in it needs."""
    crumbs = grid.crumbs or (Crumb(grid.title),)
    return {"page": listing.page(request, grid), "grid": grid, "area": grid.area, "crumbs": crumbs}


def _whole(
    request: HttpRequest, grid: Grid, template: str, extra: Extra | None, more: dict[str, Any] | None = None
) -> HttpResponse:
    if request.headers.get("HX-Target") == f"list-{grid.key}":
        return part(request, grid)
    return render(request, template, {**context(request, grid), **(extra(request) if extra else {}), **(more or {})})


def _post(request: HttpRequest, grid: Grid, template: str, extra: Extra | None) -> HttpResponse:
    if token := request.GET.get("undo"):
        label, count = bulk.undo(request, grid, token)
        toasts.add(request, f"Undone: {label}, {count} {grid.noun[1] if count != 1 else grid.noun[0]}.")
        return _changed(request, grid)
    action = bulk.action_of(grid, request.user, request.POST.get("action", ""))  # type: ignore[arg-type]
    seen = bulk.preview(request, grid, action)
    ready = "confirmed" in request.POST and (seen.form is None or seen.form.is_valid())
    if not ready:
        found = {"preview": seen, "grid": grid, "query": request.GET.urlencode(), "path": request.path}
        partial = getattr(request, "htmx", False)
        return (
            render(request, "mg/bulk_preview.html", found) if partial else _whole(request, grid, template, extra, found)
        )
    changed, refused = bulk.apply(request, seen)
    toasts.add(request, _said(grid, action.label, changed, refused), undo=bulk.remember(request, grid, action, changed))
    return _changed(request, grid)


def _said(grid: Grid, label: str, changed: list[Any], refused: list[tuple[Any, str]]) -> str:
    noun = grid.noun[0] if len(changed) == 1 else grid.noun[1]
    text = f"{label}: {len(changed)} {noun} changed."
    return text + (f" {len(refused)} not: {refused[0][1]}" if refused else "")


def _changed(request: HttpRequest, grid: Grid) -> HttpResponse:
    """The list again: as a part for HTMX, by redirect otherwise."""
    if not getattr(request, "htmx", False):
        query = request.GET.copy()
        query.pop("undo", None)
        return answers.SeeOther(f"{request.path}?{query.urlencode()}")
    if urlsplit(request.htmx.current_url or "").path != request.path:  # type: ignore[attr-defined]
        response = HttpResponse()  # an undo asked for on another page: only its toast is shown there
        response["HX-Reswap"] = "none"
        return response
    response = part(request, grid)
    response["HX-Retarget"], response["HX-Reswap"] = f"#list-{grid.key}", "outerHTML"
    return response
