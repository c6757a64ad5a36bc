"""What a list is: its rows, columns, search, link and bulk actions. An area declares one Grid per list, as data."""

import dataclasses
import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.forms import Form

from makegood.core import permissions
from makegood.interfaces.web.components import Crumb, Empty
from makegood.interfaces.web.grid.columns import Column

if TYPE_CHECKING:
    from makegood.core.models import Person

Apply = Callable[[Any, "Person", datetime.datetime, dict[str, Any]], object]


def _nothing_against(row: Any, actor: "Person") -> str:
    return ""


@dataclasses.dataclass(frozen=True)
class BulkAction:
    """Something done to many rows. `apply(row, actor, at, fields)` calls one action and may raise Refused.

    `check(row, actor)` says why a row cannot, empty when it can: it feeds the preview. `form` asks for fields first.
    `undo` has apply's signature and takes one row back. `verb` hides the action from those who may never do it.
    """

    key: str
    label: str
    apply: Apply
    check: Callable[[Any, "Person"], str] = _nothing_against
    undo: Apply | None = None
    form: type[Form] | None = None
    verb: str = ""
    icon: str = ""
    consequence: str = ""

    def open_to(self, actor: "Person") -> bool:
        """Whether to offer it."""
        return not self.verb or permissions.may(actor, self.verb)


@dataclasses.dataclass(frozen=True)
class Button:
    """A link beside the title."""

    label: str
    url: str
    icon: str = ""
    primary: bool = False


@dataclasses.dataclass(frozen=True)
class Grid:
    """A list. `rows(actor)` is a package's query, already scoped to what the actor may see.

    `default_filters` hold unless the URL names the filter (an empty value removes it). `quick` are ready queries shown as
    chips: (label, query string). `panel(row)` is the address of a part shown in the side panel instead of leaving the list.
    Annotations that columns sort by or total must be plain expressions or subqueries, not joins that multiply rows.
    """

    key: str
    title: str
    rows: Callable[["Person"], QuerySet[Any]]
    columns: Sequence[Column]
    default_sort: str = ""
    group_by: str = ""
    groupable: Sequence[str] = ()
    link: Callable[[Any], str] | None = None
    panel: Callable[[Any], str] | None = None
    search: Sequence[str] = ()
    actions: Sequence[BulkAction] = ()
    default_filters: dict[str, str] = dataclasses.field(default_factory=dict)
    quick: Sequence[tuple[str, str]] = ()
    buttons: Sequence[Button] = ()
    empty: Empty | None = None
    noun: tuple[str, str] = ("row", "rows")
    area: str = ""
    crumbs: Sequence[Crumb] = ()
    page_size: int = 100
    row_height: int = 36

    def column(self, key: str) -> Column | None:
        """The column of that key."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def has_panel(self) -> bool:
        """Whether rows open beside the list; templates cannot ask for `panel` itself, which they would call."""
        return self.panel is not None

    @property
    def filters(self) -> list[Column]:
        """Columns one may filter by."""
        return [column for column in self.columns if column.filterable and column.path]
