"""The state of a list, wholly in its URL: ?q=&sort=-due&status=live,held&columns=…&group=…&page=2."""

import dataclasses
import functools
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict

from makegood.interfaces.web.grid.columns import RANGES, Choices, Column
from makegood.interfaces.web.grid.definition import Grid

if TYPE_CHECKING:
    from makegood.core.models import Person

OWN = ("q", "sort", "group", "columns", "page")
TRANSIENT = ("page", "export", "undo")


@dataclasses.dataclass(frozen=True)
class State:
    """What the URL says. Parameters of others (a tab, an open row) are kept in every link."""

    grid: Grid
    params: dict[str, str]
    actor: "Person"
    _known: dict[object, Choices] = dataclasses.field(default_factory=dict, compare=False)

    def options(self, column: Column) -> Choices:
        """What one may filter a column by; the database is asked once, also for columns that offer the same."""
        asked = column.choices if callable(column.choices) else column.key
        if asked not in self._known:
            self._known[asked] = column.options(self.actor)
        return self._known[asked]

    @property
    def q(self) -> str:
        """What is searched for."""
        return self.params.get("q", "").strip()

    @functools.cached_property
    def sort(self) -> tuple[Column | None, bool]:
        """The column sorted by, and whether downwards."""
        asked = self.params.get("sort") or self.grid.default_sort
        column = self.grid.column(asked.lstrip("-"))
        return (column, asked.startswith("-")) if column and column.can_sort else (None, False)

    @functools.cached_property
    def group(self) -> Column | None:
        """The column grouped by."""
        column = self.grid.column(self.params.get("group", self.grid.group_by))
        return column if column and column.path else None

    @functools.cached_property
    def columns(self) -> list[Column]:
        """The columns shown, in the grid's order unless the URL says another."""
        asked = [key for key in self.params.get("columns", "").split(",") if self.grid.column(key)]
        if not asked:
            return [column for column in self.grid.columns if not column.hidden]
        return [column for key in asked if (column := self.grid.column(key))]

    @property
    def page(self) -> int:
        """The page asked for, from 1."""
        text = self.params.get("page", "1")
        return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1

    @functools.cached_property
    def filters(self) -> list[tuple[Column, str]]:
        """The filters in force: from the URL, else the grid's defaults."""
        asked = [
            (column, self.params.get(column.key, self.grid.default_filters.get(column.key, "")))
            for column in self.grid.filters
        ]
        return [(column, value) for column, value in asked if value]

    def url(self, **changes: str | None) -> str:
        """A link to this list with some parameters changed; None removes, an empty text keeps a default filter off."""
        kept = {key: value for key, value in self.params.items() if key not in TRANSIENT}
        for key, value in changes.items():
            kept.pop(key, None)
            if value is not None:
                kept[key] = value
        return f"?{urlencode(kept, safe=',.-')}" if kept else "?"

    def without(self, column: Column) -> str:
        """The link that takes a filter away."""
        return self.url(**{column.key: "" if column.key in self.grid.default_filters else None})

    def hidden(self, *except_for: str) -> list[tuple[str, str]]:
        """The parameters a form must carry along."""
        return [(key, value) for key, value in self.params.items() if key not in (*TRANSIENT, *except_for)]


def read(grid: Grid, query: QueryDict, actor: "Person") -> State:
    """The state of `grid` in a query string. Repeated parameters are joined: two ends of a range, or several choices."""
    params: dict[str, str] = {}
    for key, values in query.lists():
        column = grid.column(key)
        if column and column.kind in RANGES and len(values) == 2 and not any(".." in value for value in values):
            params[key] = "..".join(values) if any(values) else ""
        else:
            params[key] = ",".join(value for value in values if value) if column or key == "columns" else values[-1]
    return State(grid, {key: value for key, value in params.items() if value or grid.column(key)}, actor)
