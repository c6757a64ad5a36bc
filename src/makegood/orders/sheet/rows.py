"""What goes into a check of the sheet and what comes out: frozen rows, problems, answers. No reading, no records."""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from makegood.catalog.models import Product
from makegood.engine.flighting import Slice
from makegood.orders.availability import Avails

ERROR, WARNING = "error", "warning"


@dataclasses.dataclass(frozen=True)
class Typed:
    """A row as typed: its key in the sheet, the line it is of (None: a new one), texts by column, warnings dismissed by key.

    `package` is the code of the package it came from.
    """

    key: str
    line_id: int | None
    cells: Mapping[str, str]
    dismissed: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    package: str = ""

    def text(self, column: str) -> str:
        """What stands in a cell, without blanks around it."""
        return self.cells.get(column, "").strip()

    @property
    def blank(self) -> bool:
        """Whether nothing is typed."""
        return not any(text.strip() for text in self.cells.values())


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: an error blocks saving, a warning may be dismissed with a reason. `instead` is an offer."""

    code: str
    column: str
    severity: str
    message: str
    remedy: str = ""
    instead: str = ""

    @property
    def key(self) -> str:
        """What a dismissal is remembered by, with the message: other figures open it again."""
        return f"{self.code}@{self.column}"


@dataclasses.dataclass(frozen=True)
class Read:
    """A row as understood; what could not be read is None and named in `problems`. `protected_by` is the agreement the card is of."""

    typed: Typed
    number: int
    product: Product | None = None
    name: str = ""
    start: datetime.date | None = None
    end: datetime.date | None = None
    quantity: int | None = None
    unit: str = ""
    rate_type: str = ""
    rate: Decimal | None = None
    amount: Decimal | None = None
    card: Decimal | None = None
    floor: Decimal | None = None
    protected_by: str = ""
    flighting: str = ""
    slices: tuple[Slice, ...] = ()
    targeting: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    cap: tuple[int, int] | None = None
    added: bool = False
    notes: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it can become a line."""
        return not any(one.severity == ERROR for one in self.problems)

    @property
    def priced(self) -> bool:
        """Whether it is known what, when, how much and at what price."""
        return None not in (self.product, self.start, self.end, self.quantity, self.rate, self.amount) and self.start <= self.end  # type: ignore[operator]

    def having(self, *problems: Problem) -> "Read":
        """The same with more problems."""
        return dataclasses.replace(self, problems=(*self.problems, *problems)) if problems else self


@dataclasses.dataclass(frozen=True)
class Answer:
    """A row's answer: as read, its cells in canonical text, discount per cent, avails, titles of the approvals it needs.

    `given` is what added value is worth by the card; None for a row that is charged.
    """

    read: Read
    cells: Mapping[str, str]
    discount: Decimal | None = None
    avails: Avails | None = None
    approvals: tuple[str, ...] = ()
    given: Decimal | None = None

    def dismissed(self, problem: Problem) -> str:
        """The reason given for dismissing it; empty while it is open."""
        given = self.read.typed.dismissed.get(problem.key)
        return given["reason"] if given and given.get("message") == problem.message else ""

    @property
    def open(self) -> tuple[Problem, ...]:
        """Errors, and warnings nobody has dismissed."""
        return tuple(one for one in self.read.problems if one.severity == ERROR or not self.dismissed(one))


@dataclasses.dataclass(frozen=True)
class Checked:
    """The whole sheet: answers in the order of the rows, totals, and what the order as a whole would need approved."""

    answers: tuple[Answer, ...]
    gross: Decimal
    net: Decimal
    currency: str
    added_value: Decimal
    needs: tuple[str, ...]

    @property
    def errors(self) -> int:
        """Cells that keep the sheet from being saved."""
        return sum(one.severity == ERROR for answer in self.answers for one in answer.read.problems)

    @property
    def warnings(self) -> int:
        """Warnings nobody has dismissed."""
        return sum(one.severity == WARNING for answer in self.answers for one in answer.open)
