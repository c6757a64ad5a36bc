"""What is seen, as a file: the same rows, filters, order and columns, over all pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from makegood.documents.written import grid as written
from makegood.engine.money import Money
from makegood.interfaces.web.grid import cells, filtering
from makegood.interfaces.web.grid import columns as paths
from makegood.interfaces.web.grid.columns import Column
from makegood.interfaces.web.grid.definition import Grid
from makegood.interfaces.web.grid.state import read

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
LIMIT = 50_000
KINDS: dict[str, written.Kind] = {
    "int": "int",
    "percent": "percent",
    "date": "date",
    "datetime": "datetime",
    "due": "datetime",
}


def answer(request: HttpRequest, grid: Grid, kind: str) -> HttpResponse:
    """The file, named after the list and the day."""
    export = _export(request, grid)
    content = written.xlsx(export) if kind == "xlsx" else written.csv_bytes(export)
    name = f"{grid.key}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return HttpResponse(
        content, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _export(request: HttpRequest, grid: Grid) -> written.GridExport:
    state = read(grid, request.GET, request.user)  # type: ignore[arg-type]
    records = filtering.ordered(state, filtering.rows(state))[:LIMIT]
    columns = [column for column in state.columns if column.kind != "promise"]
    filters = [f"{column.label}: {filtering.words(state, column, value)}" for column, value in state.filters]
    if state.q:
        filters.insert(0, f"Search: {state.q}")
    return written.GridExport(
        title=grid.title, columns=(written.Column(key="id", name="Id", kind="int"), *_columns(columns)),
        rows=tuple({"id": record.pk, **_row(columns, record)} for record in records),
        filters=", ".join(filters), as_of=timezone.now(), zone=timezone.get_current_timezone_name(),
    )  # fmt: skip


def _columns(columns: list[Column]) -> list[written.Column]:
    """Written columns; each money column is followed by its currency, so that mixed lists stay clear."""
    found = []
    for column in columns:
        found.append(
            written.Column(
                key=column.key,
                name=column.label,
                kind=KINDS.get(column.kind, "money" if column.kind == "money" else "text"),
                unit=column.unit,
            )
        )
        if column.kind == "money":
            found.append(written.Column(key=f"{column.key}_currency", name=f"{column.label}, currency", kind="text"))
    return found


def _row(columns: list[Column], record: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in columns:
        value = cells.plain(column, record)
        if column.kind == "money":
            found[f"{column.key}_currency"] = (
                value.currency if isinstance(value, Money) else paths.read(record, column.currency)
            )
            value = value.amount if isinstance(value, Money) else value
        found[column.key] = value
    return found
