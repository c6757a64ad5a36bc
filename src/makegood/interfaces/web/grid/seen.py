"""A page of a list as the template sees it: rows, groups, and every link and menu that follows from the state."""

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from makegood.core import preferences
from makegood.interfaces.web.components import FilterChip
from makegood.interfaces.web.grid import filtering
from makegood.interfaces.web.grid.columns import Column
from makegood.interfaces.web.grid.definition import BulkAction, Grid
from makegood.interfaces.web.grid.menus import FilterMenu, filter_menu
from makegood.interfaces.web.grid.state import State

if TYPE_CHECKING:
    from makegood.core.models import Person


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One record, drawn."""

    pk: Any
    name: str
    html: SafeString


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """A heading: what the rows below share, how many there are in the whole list, and their sums."""

    label: SafeString
    count: int
    cells: list[tuple[Column, SafeString]]
    pk: None = None


@dataclasses.dataclass(frozen=True)
class Page:
    """What the template places. `lines` are groups and rows in order, `actions` the bulk actions open to who looks."""

    grid: Grid
    state: State
    lines: list[Group | Row]
    count: int
    sums: list[tuple[Column, SafeString]]
    path: str
    actions: list[BulkAction]

    @property
    def actor(self) -> "Person":
        """Who looks."""
        return self.state.actor

    @property
    def id(self) -> str:
        """The element that is replaced when the list changes."""
        return f"list-{self.grid.key}"

    @functools.cached_property
    def columns(self) -> list[Column]:
        """The columns shown."""
        return self.state.columns

    @functools.cached_property
    def headers(self) -> list[tuple[Column, str, str]]:
        """Each column with the link that sorts by it and its direction (ascending, descending or empty)."""
        current, down = self.state.sort
        found = []
        for column in self.columns:
            on = current is not None and column.key == current.key
            link = (
                self.state.url(sort=column.key if on and down else f"-{column.key}" if on else column.key)
                if column.can_sort
                else ""
            )
            found.append((column, link, ("descending" if down else "ascending") if on else ""))
        return found

    @property
    def chips(self) -> list[FilterChip]:
        """Filters in force."""
        return filtering.chips(self.state)

    @property
    def quick(self) -> list[FilterChip]:
        """Ready queries."""
        return [FilterChip(label, f"?{query}", on=query == self.query) for label, query in self.grid.quick]

    @property
    def menu(self) -> list[FilterMenu]:
        """Filters one may add."""
        return filter_menu(self.state)

    @property
    def views(self) -> list[tuple[Any, bool]]:
        """Saved views and whether each is what is seen."""
        return [(view, view.query == self.query) for view in preferences.views(self.actor, self.grid.key)]

    @functools.cached_property
    def query(self) -> str:
        """The query string of what is seen."""
        return self.state.url().removeprefix("?")

    @functools.cached_property
    def links(self) -> dict[str, str]:
        """Where the bar's controls lead: clear, both exports, and where bulk actions are sent."""
        return {"clear": "?" + "&".join(f"{key}=" for key in self.grid.default_filters), "xlsx": self.state.url(export="xlsx"),
                "csv": self.state.url(export="csv"), "post": f"{self.path}?{self.query}"}  # fmt: skip

    @functools.cached_property
    def carried(self) -> dict[str, list[tuple[str, str]]]:
        """What the search and the column picker carry along."""
        return {"search": self.state.hidden("q"), "columns": self.state.hidden("columns")}

    @property
    def groupable(self) -> list[tuple[Column, str, bool]]:
        """Columns one may group by, with the link and whether it is in force."""
        found = [column for key in self.grid.groupable if (column := self.grid.column(key))]
        group = self.state.group
        return [
            (column, self.state.url(group="" if column == group else column.key), column == group) for column in found
        ]

    @property
    def picked(self) -> list[tuple[Column, bool]]:
        """All columns, and whether each is shown."""
        return [(column, column in self.columns) for column in self.grid.columns]

    @property
    def first(self) -> int:
        """Number of the first row of this page."""
        return (self.state.page - 1) * self.grid.page_size + 1

    @property
    def last(self) -> int:
        """Number of the last row of this page."""
        return min(self.count, self.first + self.grid.page_size - 1)

    @functools.cached_property
    def turn(self) -> tuple[str, str]:
        """Links to the page before and after, empty at the ends."""
        page = self.state.page
        before = self.state.url(page=str(page - 1)) if page > 1 else ""
        return before, self.state.url(page=str(page + 1)) if self.last < self.count else ""

    @property
    def noun(self) -> str:
        """What is counted."""
        return self.grid.noun[0] if self.count == 1 else self.grid.noun[1]

    @property
    def narrowed(self) -> bool:
        """Whether a search or filter is the reason why little is seen."""
        return bool(self.state.q or self.state.filters)
