"""The sheet as a workbook, out and in: what was exported comes back as the same rows; others are read by their headings."""

import datetime
import itertools
import pathlib
from collections.abc import Mapping, Sequence
from decimal import Decimal

from makegood.catalog.wording import plain
from makegood.core.errors import Invalid
from makegood.documents.orders import UnreadableDocument
from makegood.documents.orders.sheet import table
from makegood.documents.written import sheets
from makegood.documents.written.sheets import Column
from makegood.orders.models import Order
from makegood.orders.sheet import values
from makegood.orders.sheet.columns import COLUMNS, TYPED, headings
from makegood.orders.sheet.rows import Checked, Typed

LINE = "line id"
LOOKED_AT, LEAST = 40, 3  # rows looked at for headings, and headings a row of them has
KINDS: dict[str, sheets.Kind] = {"number": "money", "date": "date"}


def written(order: Order, found: Checked, *, at: datetime.datetime) -> bytes:
    """The checked sheet as XLSX, with the ids its lines have."""
    columns = [Column(name="Line id", key="id", kind="int"), *(_column(one.key, one.label, one.kind) for one in COLUMNS)]
    with sheets.Book(title=f"{order.number} {order.name}", made_at=at, zone=order.zone) as book:
        sheet = book.sheet(order.number)
        notes = [f"{order.advertiser}. Amounts in {order.currency}, days in {order.zone}, as of {at:%Y-%m-%d %H:%M} UTC.", "Change it and send it back into the builder: rows are known by their line id."]
        book.table(sheet, book.heading(sheet, f"{order.number} {order.name}", notes), columns, [_row(found, n) for n in range(len(found.answers))])
    return book.data


def _column(key: str, label: str, kind: str) -> Column:
    return Column(name=label, key=key, kind="int" if key in ("number", "quantity") else KINDS.get(kind, "text"))


def _row(found: Checked, at: int) -> Mapping[str, object]:
    answer = found.answers[at]
    cells: dict[str, object] = {column.key: _value(column.kind, answer.cells.get(column.key, "")) for column in COLUMNS}
    said = {"avails": answer.avails.says if answer.avails else "", "approval": ", ".join(answer.approvals), "problems": " ".join(one.message for one in answer.open)}
    return {"id": answer.read.typed.line_id, **cells, **said}


def _value(kind: str, text: str) -> object:
    try:
        if kind == "number" and text:
            return Decimal(text)
        return datetime.date.fromisoformat(text) if kind == "date" and text else text
    except (ArithmeticError, ValueError):
        return text


def read(path: pathlib.Path, order: Order) -> list[Typed]:
    """The rows of the first table with headings we know, line ids of this order kept. Raises Invalid naming the file."""
    try:
        found = table.tables(path)
    except UnreadableDocument as error:
        raise Invalid(f"{error.reason}.", place=error.place, remedy=f"{error.remedy.capitalize()}.") from error
    known = set(order.lines.exclude(status="cancelled").values_list("pk", flat=True))
    for rows in found.values():
        for at, row in enumerate(rows[:LOOKED_AT]):
            columns = _columns(row)
            if sum(column in TYPED for column in columns) >= LEAST:
                return _rows(rows[at + 1 :], columns, known)
    raise Invalid("no row has headings we know.", place=path.name, remedy="Name columns Product, Start, End, Quantity, Rate.")


def _columns(row: Sequence[table.Cell]) -> list[str]:
    """The column each cell heads; empty where it heads none, or one that is there already. Units after a comma do not count."""
    found: list[str] = []
    for cell in row:
        name = plain(str(cell).partition(",")[0])
        column = LINE if name == LINE else headings().get(name, "")
        found.append("" if column in found else column)
    return found


def _rows(rows: Sequence[Sequence[table.Cell]], columns: Sequence[str], known: set[int]) -> list[Typed]:
    made, taken, keys = [], set(), itertools.count(1)
    for row in rows:
        cells = {column: _text(cell) for column, cell in zip(columns, row, strict=False) if column in TYPED}
        given = dict(zip(columns, row, strict=False)).get(LINE, "")
        line = int(given) if isinstance(given, Decimal) and given in known and given not in taken else None
        if cells.get("product") or line:  # a total has neither
            taken.add(given)
            made.append(Typed(f"x{next(keys)}", line, {column: cells.get(column, "") for column in TYPED}))
    return made


def _text(cell: table.Cell) -> str:
    if isinstance(cell, Decimal):
        return values.written(cell)
    return cell.isoformat() if isinstance(cell, datetime.date) else cell
