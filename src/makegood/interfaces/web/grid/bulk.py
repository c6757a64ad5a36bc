"""Many rows at once: a preview that says who will change and who cannot and why, one confirmation, one undo."""

import dataclasses
import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.interfaces.web.grid import filtering
from makegood.interfaces.web.grid.definition import BulkAction, Grid
from makegood.interfaces.web.grid.state import read

if TYPE_CHECKING:
    from makegood.core.models import Person

LIMIT = 1000
KEPT = 10


@dataclasses.dataclass(frozen=True)
class Preview:
    """Who will change, who cannot and why; `form` when the action asks for something first."""

    action: BulkAction
    chosen: list[Any]
    will: list[Any]
    cannot: list[tuple[Any, str]]
    form: forms.Form | None

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each reason with how many rows it stops."""
        counts: dict[str, int] = {}
        for _, reason in self.cannot:
            counts[reason] = counts.get(reason, 0) + 1
        return list(counts.items())


def action_of(grid: Grid, actor: "Person", key: str) -> BulkAction:
    """The action asked for. Raises Invalid when the grid has none, NotAllowed when it is not open to `actor`."""
    action = next((each for each in grid.actions if each.key == key), None)
    if action is None:
        raise Invalid("This list has no such action.", place=grid.title, remedy="Load the page again.")
    if not action.open_to(actor):
        raise NotAllowed(f"{actor.name} may not do this to any row.", place=action.label)
    return action


def chosen(request: HttpRequest, grid: Grid) -> list[Any]:
    """The rows picked by the person, among those they may see; with `all`, everything the filters leave."""
    actor: Person = request.user  # type: ignore[assignment]
    if request.POST.get("all"):
        rows = filtering.rows(read(grid, request.GET, actor))
    else:
        rows = grid.rows(actor).filter(
            pk__in=[part for part in request.POST.getlist("ids") if part.isascii() and part.isdigit()]
        )
    found = list(rows.order_by("pk")[: LIMIT + 1])
    if not found:
        raise Invalid("No row is chosen.", place=grid.title, remedy="Tick some rows first.")
    if len(found) > LIMIT:
        raise Invalid(
            f"More than {LIMIT:,} rows are chosen.", place=grid.title, remedy="Narrow the list with a filter."
        )
    return found


def preview(request: HttpRequest, grid: Grid, action: BulkAction) -> Preview:
    """What would happen."""
    actor: Person = request.user  # type: ignore[assignment]
    rows = chosen(request, grid)
    judged = [(row, action.check(row, actor)) for row in rows]
    form = action.form(request.POST if "confirmed" in request.POST else None) if action.form else None
    return Preview(action, rows, [row for row, no in judged if not no], [(row, no) for row, no in judged if no], form)


def apply(request: HttpRequest, seen: Preview) -> tuple[list[Any], list[tuple[Any, str]]]:
    """Do it: each row by itself, so that one refusal stops one row. Returns the changed and the refused."""
    at = timezone.now()
    fields = seen.form.cleaned_data if seen.form else {}
    changed, refused = [], list(seen.cannot)
    for row in seen.will:
        try:
            with transaction.atomic():
                seen.action.apply(row, request.user, at, fields)  # type: ignore[arg-type]
            changed.append(row)
        except Refused as error:
            refused.append((row, error.message))
    return changed, refused


def remember(request: HttpRequest, grid: Grid, action: BulkAction, changed: list[Any]) -> str:
    """Keep what an undo needs in the session; returns the address of the undo, empty when there is none."""
    if action.undo is None or not changed:
        return ""
    kept: dict[str, Any] = dict(list(request.session.get("undo", {}).items())[-KEPT + 1 :])
    token = secrets.token_urlsafe(8)
    kept[token] = [grid.key, action.key, [row.pk for row in changed]]
    request.session["undo"] = kept
    return f"{request.path}?undo={token}"


def undo(request: HttpRequest, grid: Grid, token: str) -> tuple[str, int]:
    """Take a bulk action back, whole or not at all. Returns its label and how many rows."""
    kept = request.session.get("undo", {})
    if token not in kept or kept[token][0] != grid.key:
        raise Invalid(
            "This can no longer be undone here.", place=grid.title, remedy="Restore it from the record's history."
        )
    _, key, ids = kept.pop(token)
    request.session["undo"] = kept
    actor: Person = request.user  # type: ignore[assignment]
    action = action_of(grid, actor, key)
    at = timezone.now()
    with transaction.atomic():
        for row in grid.rows(actor).filter(pk__in=ids):
            action.undo(row, actor, at, {})  # type: ignore[misc]
    return action.label, len(ids)
