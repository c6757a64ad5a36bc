"""Rows as typed, understood one by one: each cell's value or the error beside it. Prices live in `prices`, avails in `checking`."""

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from makegood.catalog.models import Product
from makegood.catalog.wording import rate_type_of
from makegood.engine.periods import Period
from makegood.orders import pricing, protected
from makegood.orders.actions.lines import MOST_UNITS
from makegood.orders.models import Line, Order
from makegood.orders.sheet import flights, prices, targets, values
from makegood.orders.sheet.catalogue import Catalogue
from makegood.orders.sheet.columns import RATE_TYPES
from makegood.orders.sheet.rows import ERROR, WARNING, Problem, Read, Typed
from makegood.orders.sheet.values import Habits, Unreadable

Value = TypeVar("Value")
DAYS, FIGURES = ("start", "end"), ("rate", "discount", "gross")
NOTES = 2000
LONGEST = datetime.timedelta(days=3660)


@dataclasses.dataclass(frozen=True)
class Setting:
    """What rows are read by: the order, the catalogue and its cards for this order, the lines there are, how this sheet writes days and figures."""

    order: Order
    catalogue: Catalogue
    lines: Mapping[int, Line]
    habits: Habits
    today: datetime.date
    book: protected.Book

    @classmethod
    def of(cls, order: Order, rows: Sequence[Typed], known: Catalogue, lines: Mapping[int, Line], today: datetime.date) -> "Setting":
        """The setting of a sheet, its habits decided on all of its cells."""
        days = [row.text(column) for row in rows for column in DAYS]
        figures = [row.text(column) for row in rows for column in FIGURES]
        return cls(order, known, lines, Habits.of(days, figures, american=order.currency == "USD", year=order.start.year), today, protected.Book.of(order, known.by_id))


class _Cells:
    """The cells of one row as they are read, with what is wrong with them."""

    def __init__(self, typed: Typed, setting: Setting) -> None:
        self.typed, self.habits = typed, setting.habits
        self.problems: list[Problem] = []

    def read(self, column: str, reader: Callable[[str], Value], missing: str = "") -> Value | None:
        """The value of a cell; None when it is empty or unreadable, which is noted."""
        text = self.typed.text(column)
        if not text:
            if missing:
                self.wrong("missing", column, missing)
            return None
        try:
            return reader(text)
        except Unreadable as error:
            message, _, remedy = str(error).partition(". ")
            self.wrong("unreadable", column, message.rstrip(".") + ".", remedy)
            return None

    def wrong(self, code: str, column: str, message: str, remedy: str = "", instead: str = "") -> None:
        """Note an error."""
        self.problems.append(Problem(code, column, ERROR, message, remedy, instead))

    def figure(self, column: str) -> Decimal | None:
        """The number in a cell."""
        return self.read(column, lambda text: values.figure(text, self.habits))


def read(typed: Typed, number: int, setting: Setting) -> Read:
    """The row as understood, with every problem that can be seen without the others."""
    cells = _Cells(typed, setting)
    product = _product(cells, setting.catalogue)
    start, end = _days(cells)
    rate_type = cells.read("rate_type", _rate_type) or (product.rate_type if product and not typed.text("rate_type") else "")
    quantity = _quantity(cells, rate_type)
    line = setting.lines.get(typed.line_id or 0)
    row = Read(
        typed, number, product, " ".join(typed.text("name").split())[:160] or (product.name if product else ""), start, end, quantity, _unit(line, rate_type), rate_type,
        added=bool(cells.read("added", values.added)), notes=typed.text("notes")[:NOTES], targeting=_targeting(cells, product, line),
        cap=cells.read("cap", values.cap),
    )  # fmt: skip
    row = dataclasses.replace(row, **_card(row, line, setting), **_flights(cells, row))
    figures = {column: cells.figure(column) for column in FIGURES}
    row = prices.priced(row.having(*cells.problems), figures.get, setting.order.currency)
    return row.having(*_late(row, setting.today))


def _product(cells: _Cells, known: Catalogue) -> Product | None:
    text = cells.typed.text("product")
    found = known.named(text) if text else None
    if not text:
        cells.wrong("missing", "product", "no product is chosen.", "Type its name.")
    elif found is None:
        nearest = known.nearest(text)
        cells.wrong("unknown", "product", f"there is no product “{text}”.", f"Did you mean {nearest}?" if nearest else "Look at the catalogue.", nearest)
    return found


def _days(cells: _Cells) -> tuple[datetime.date | None, datetime.date | None]:
    start, end = (
        cells.read(column, lambda text: values.day(text, cells.habits), f"the {name} day is missing.") for column, name in (("start", "first"), ("end", "last"))
    )
    if start and end and not start <= end <= start + LONGEST:
        cells.wrong("order", "end", f"it ends {end}, and starts {start}.", "Give a later end, within ten years.")
        return start, None
    return start, end


def _quantity(cells: _Cells, rate_type: str) -> int | None:
    if rate_type == "flat" and not cells.typed.text("quantity"):
        return 1
    found = cells.read("quantity", lambda text: values.whole(text, cells.habits), "no quantity is given.")
    if found is not None and not 0 < found <= MOST_UNITS:
        cells.wrong("quantity", "quantity", f"{found:,} cannot be sold in a line.", "Give a number above zero.")
        return None
    return found


def _rate_type(text: str) -> str:
    found = next((one for one in RATE_TYPES if one.casefold() == text.casefold()), "") or rate_type_of(text)
    if found not in RATE_TYPES:
        raise Unreadable(f"“{text}” is no way to charge. Write one of {', '.join(RATE_TYPES)}.")
    return found


def _unit(line: Line | None, rate_type: str) -> str:
    if line and line.rate_type == rate_type:
        return line.unit
    return pricing.UNITS.get(rate_type, "")


def _targeting(cells: _Cells, product: Product | None, line: Line | None) -> Mapping[str, Any]:
    """As typed; a new line that says nothing takes its product's."""
    found = cells.read("targeting", targets.read)
    if found is not None:
        return found
    return product.targeting if product and line is None and "targeting" not in cells.typed.cells else {}


def _card(row: Read, line: Line | None, setting: Setting) -> dict[str, Any]:
    """Card rate and floor, and the agreement that protects it. A line keeps the card rate it was sold against while product, day and rate type stay."""
    if row.product is None or row.start is None:
        return {}
    found = setting.book.card(row.product.pk, row.start) if row.rate_type == row.product.rate_type else None
    card, floor, by = (found.rate, found.floor, found.by) if found else (None, None, "")
    if line and (line.product_id, line.start, line.rate_type) == (row.product.pk, row.start, row.rate_type):
        card = line.card_rate
    return {"card": card, "floor": floor, "protected_by": by}


def _flights(cells: _Cells, row: Read) -> dict[str, Any]:
    """The flights and the canonical words for them."""
    words = cells.read("flighting", lambda text: flights.canonical(text, cells.habits)) or ""
    if row.start is None or row.end is None or row.quantity is None or any(one.column == "flighting" for one in cells.problems):
        return {"flighting": words}
    line, quantity = Period(row.start, row.end), row.quantity
    found = cells.read("flighting", lambda text: flights.slices(text, quantity, line, cells.habits))
    if found is None and not words:
        found = ((row.start, row.end, quantity),)
    elif found is None and "=" in words:
        cells.problems[-1] = dataclasses.replace(cells.problems[-1], instead=flights.rescaled(words, quantity, cells.habits))
    return {"flighting": words, "slices": found or ()}


def _late(row: Read, today: datetime.date) -> list[Problem]:
    if row.start and row.start < today:
        return [Problem("past", "start", WARNING, f"{row.start} is over.", "It can no longer run from then.")]
    return []
