"""What a column is: where its value comes from, how it reads, what may be done with it."""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from makegood.core.models import Person
    from makegood.interfaces.web.components import Explanation

Kind = Literal[
    "text", "int", "money", "percent", "date", "datetime", "due", "state", "badge", "promise", "person", "link"
]
Source = str | Callable[[Any], Any]
Choices = Sequence[tuple[Any, Any]]
NUMBERS: tuple[Kind, ...] = ("int", "money", "percent")
RANGES: tuple[Kind, ...] = (*NUMBERS, "date", "datetime", "due")
CHOSEN: tuple[Kind, ...] = ("state", "badge", "person")


@dataclasses.dataclass(frozen=True)
class Column:
    """One column of a grid.

    `source` is an attribute path ("order.advertiser.name") or a function of the row; without it the key is the path.
    `field` is the query path for sorting, filtering and totals; it follows from an attribute path and is needed when
    `source` is a function (name an annotation there, or say sortable=False). `currency` is the path of a money column's
    currency unless the value is Money. `second` is a muted second line. `total` adds up over the whole list, not the page.
    """

    key: str
    label: str
    kind: Kind = "text"
    source: Source | None = None
    field: str = ""
    sortable: bool = True
    filterable: bool = False
    choices: Choices | Callable[["Person"], Choices] = ()
    width: int = 0
    unit: str = ""
    total: bool = False
    currency: str = "currency"
    decimals: int | None = None
    second: Source | None = None
    hidden: bool = False
    strong: bool = False
    live: tuple[str, ...] = ("live",)
    tone: Callable[[Any], str] | None = None
    explain: Callable[[Any], "Explanation | None"] | None = None

    @property
    def path(self) -> str:
        """The query path, empty when the value is only computed."""
        if self.field:
            return self.field
        if self.source is None:
            return self.key
        return self.source.replace(".", "__") if isinstance(self.source, str) else ""

    @property
    def currency_path(self) -> str:
        """The query path of the currency."""
        return self.currency.replace(".", "__")

    @property
    def number(self) -> bool:
        """Whether figures stand here, to the right."""
        return self.kind in NUMBERS

    @functools.cached_property
    def css(self) -> str:
        """Classes of its cells."""
        return f"{'n ' if self.number else ''}{'m5 ' if self.strong else ''}{'clip' if self.kind == 'text' else ''}"

    @property
    def can_sort(self) -> bool:
        """Whether the database can order by it."""
        return self.sortable and bool(self.path)

    def value(self, row: Any) -> Any:
        """What the row says here."""
        return read(row, self.source if self.source is not None else self.key)

    def options(self, actor: "Person") -> Choices:
        """The values one may filter by."""
        return self.choices(actor) if callable(self.choices) else self.choices


def read(row: Any, source: Source) -> Any:
    """Follow a path from `row`; None anywhere on the way gives None. Methods without arguments are called."""
    if callable(source):
        return source(row)
    value = row
    for name in source.split("."):
        if value is None:
            return None
        value = getattr(value, name)
        if callable(value) and not hasattr(value, "_meta"):
            value = value()
    return value
