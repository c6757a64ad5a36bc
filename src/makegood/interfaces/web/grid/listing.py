"""Makes the page of a list the URL asks for: rows, groups with their sums, totals. What follows from them is in `seen`."""

import dataclasses
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from makegood.interfaces.web.grid import cells, drawn, filtering, totals
from makegood.interfaces.web.grid.columns import Column
from makegood.interfaces.web.grid.definition import Grid
from makegood.interfaces.web.grid.seen import Group, Page, Row
from makegood.interfaces.web.grid.state import State, read

if TYPE_CHECKING:
    from makegood.core.models import Person


def page(request: HttpRequest, grid: Grid) -> Page:
    """The page of `grid` the URL asks for: three queries for the rows, however many there are."""
    actor: Person = request.user  # type: ignore[assignment]
    state = read(grid, request.GET, actor)
    found = filtering.rows(state)
    whole, groups = totals.of(state, found)
    records = _records(state, filtering.ordered(state, found))
    actions = [action for action in grid.actions if action.open_to(actor)]
    lines = _lines(state, records, groups, drawn.Drawing(state, bool(actions), request.GET.get("row", "")))
    return Page(grid, state, lines, whole.count, _sums(state, whole), request.path, actions)


def _records(state: State, found: QuerySet[Any]) -> list[Any]:
    """The rows of this page. Their keys first: what a row carries along is then joined and counted for these rows alone."""
    start = (state.page - 1) * state.grid.page_size
    keys = list(found.values_list("pk", flat=True)[start : start + state.grid.page_size])
    records = state.grid.rows(state.actor).in_bulk(keys)
    return [records[key] for key in keys if key in records]


def _lines(state: State, records: list[Any], groups: dict[Any, totals.Totals], drawing: drawn.Drawing) -> list[Group | Row]:
    lines: list[Group | Row] = []
    previous: Any = object()
    for record in records:
        if state.group:
            raw = _raw(state.group, record)
            if raw != previous:
                found = groups[raw]
                lines.append(
                    Group(
                        cells.show(dataclasses.replace(state.group, second=None), record),
                        found.count,
                        _sums(state, found),
                    )
                )
                previous = raw
        name = str(record)
        lines.append(Row(record.pk, name, drawing.row(record, name)))
    return lines


def _sums(state: State, found: totals.Totals) -> list[tuple[Column, SafeString]]:
    empty: dict[str, Any] = {}
    return [
        (column, cells.sums(column, found.sums.get(column.key, empty)) if column.total else SafeString(""))
        for column in state.columns
    ]


def _raw(column: Column, record: Any) -> Any:
    """The group's value as the database groups it: the key of a record, the code of a choice."""
    value: Any = record
    for name in column.path.split("__"):
        value = getattr(value, name) if value is not None else None
    return value.pk if isinstance(value, Model) else value
