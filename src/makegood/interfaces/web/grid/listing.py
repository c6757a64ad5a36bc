"""Makes the page of a list the URL asks for: rows, groups with their sums, totals. What follows from them is in `seen`."""

import dataclasses
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.safestring import SafeString

from makegood.interfaces.web.grid import cells, filtering, totals
from makegood.interfaces.web.grid.columns import Column
from makegood.interfaces.web.grid.definition import Grid
from makegood.interfaces.web.grid.seen import Group, Page, Row
from makegood.interfaces.web.grid.state import State, read

if TYPE_CHECKING:
    from makegood.core.models import Person


def page(request: HttpRequest, grid: Grid) -> Page:
    """The page of `grid` the URL asks for: two queries for the rows, however many there are."""
    actor: Person = request.user  # type: ignore[assignment]
    state = read(grid, request.GET, actor)
    found = filtering.rows(state)
    whole, groups = totals.of(state, found)
    start = (state.page - 1) * grid.page_size
    records = list(filtering.ordered(state, found)[start : start + grid.page_size])
    lines = _lines(state, records, groups, request.GET.get("row", ""))
    return Page(grid, state, lines, whole.count, _sums(state, whole), request.path)


def _lines(state: State, records: list[Any], groups: dict[Any, totals.Totals], open_row: str) -> list[Group | Row]:
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
        lines.append(_row(state, record, open_row))
    return lines


def _row(state: State, record: Any, open_row: str) -> Row:
    grid = state.grid
    link = grid.link(record) if grid.link else ""
    panel = grid.panel(record) if grid.panel else ""
    first, *others = state.columns
    joined = SafeString(
        "".join([cells.td(column, record) for column in others])
    )  # joined here: a page has a thousand cells
    return Row(record.pk, link, panel, cells.show(first, record), joined, str(record.pk) == open_row, str(record))


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
