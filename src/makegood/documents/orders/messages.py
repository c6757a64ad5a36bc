"""What a read insertion order is: frozen values, each with its place in the document and a confidence.

No reading happens here and nothing here knows a file format.
"""
import dataclasses
import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | Decimal | date | int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a spreadsheet cell, or a box in points on a page counted from 1 (top grows downwards)."""

    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    page_width: float | None = None
    page_height: float | None = None

    def __str__(self) -> str:
        if self.cell is not None:
            return f"{self.sheet}!{self.cell}" if self.sheet else self.cell
        if self.page is None:
            return self.sheet or "the document"
        if self.box is None:
            return f"page {self.page}"
        x0, top, x1, bottom = (round(edge) for edge in self.box)
        return f"page {self.page}, box {x0},{top}-{x1},{bottom}"


@dataclass(frozen=True, slots=True)
class Field:
    """A value with the words it was read from, its place, how sure the reading is (0 to 1) and, for facts of the document, why."""

    name: str
    value: Value
    text: str
    place: Place | None
    confidence: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of the order; `number` is its position from 1, the document's own number is field `line_number`."""

    number: int
    fields: dict[str, Field]

    def value(self, name: str) -> Value:
        """The value of a field, None where the line has no such field."""
        field = self.fields.get(name)
        return None if field is None else field.value


class Severity(enum.StrEnum):
    """An error stops the import until a person fixes or accepts it; a warning only wants to be seen."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or doubtful, with its place, the remedy and, where one follows, a suggested value."""

    severity: Severity
    code: str
    message: str
    remedy: str
    place: Place | None = None
    line: int | None = None
    field: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class OrderDocument:
    """One insertion order, contract or invoice as read; values are the document's, never corrected silently.

    `extent` is all that was looked through: what is missing is missing there. `learnt` names the layout that was
    applied and what stood in each field before it. `recognised` is how many pages were read from their pictures.
    """

    name: str
    sha256: str
    media_type: str
    layout: str
    pages: int | None
    fields: dict[str, Field]
    lines: tuple[OrderLine, ...]
    problems: tuple[Problem, ...]
    extent: Place | None = None
    learnt: dict[str, object] | None = None
    recognised: int = 0

    def value(self, name: str) -> Value:
        """The value of a document field, None where the document does not give it."""
        field = self.fields.get(name)
        return None if field is None else field.value

    def to_json(self) -> dict[str, object]:
        """Plain data: ISO dates, decimal strings, places both as text and in parts."""
        return {
            "document": {"name": self.name, "sha256": self.sha256, "media_type": self.media_type,
                         "layout": self.layout, "pages": self.pages, "extent": plain(self.extent),
                         **({"learnt": self.learnt} if self.learnt else {}),
                         **({"recognised": self.recognised} if self.recognised else {})},
            "fields": {name: plain(field) for name, field in self.fields.items()},
            "lines": [{"number": line.number, "fields": {name: plain(field) for name, field in line.fields.items()}}
                      for line in self.lines],
            "problems": [plain(problem) for problem in self.problems],
        }


class UnreadableDocument(Exception):
    """The document cannot be read at all; nothing was taken from it."""

    def __init__(self, reason: str, place: str, remedy: str) -> None:
        super().__init__(f"{place}: {reason}; {remedy}")
        self.reason = reason
        self.place = place
        self.remedy = remedy


PARTS = {kind: tuple(entry.name for entry in dataclasses.fields(kind)) for kind in (Place, Field, Problem)}


def plain(value: object) -> object:
    """JSON-ready form of a value or of one of the dataclasses above."""
    if isinstance(value, Place):
        parts = {name: part for name in PARTS[Place] if (part := getattr(value, name)) is not None}
        return {"text": str(value), **parts}
    if isinstance(value, (Field, Problem)):
        return {name: plain(part) for name in PARTS[type(value)] if (part := getattr(value, name)) != ()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value
