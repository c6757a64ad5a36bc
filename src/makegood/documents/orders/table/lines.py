"""Lines as messages: cells of the chosen table named, typed and given their places.

What a line lacks is not invented here; arithmetic is checked in `checks`.
"""
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from makegood.documents.orders.messages import Field, OrderLine
from makegood.documents.orders.table import units
from makegood.documents.orders.table.find import Table
from makegood.documents.orders.table.rows import Cell, Line
from makegood.documents.orders.values.dates import Reading

WEEKDAYS = {"mo": "Mo", "mon": "Mo", "m": "Mo", "tu": "Tu", "tue": "Tu", "we": "We", "wed": "We", "w": "We", "th": "Th",
            "thu": "Th", "fr": "Fr", "fri": "Fr", "f": "Fr", "sa": "Sa", "sat": "Sa", "su": "Su", "sun": "Su"}
CERTAIN, LIKELY = 0.95, 0.8


def of(tables: Sequence[Table]) -> tuple[OrderLine, ...]:
    """The lines in document order, numbered from 1 over all tables."""
    lines: list[OrderLine] = []
    for table in tables:
        broadcast = is_broadcast(table)
        for line in table.lines:
            fields = units.completed(fields_of(line), headings(line), broadcast, "amount" in table.header.names)
            lines.append(OrderLine(len(lines) + 1, fields))
    return tuple(lines)


def is_broadcast(table: Table) -> bool:
    """Spots, or lengths with times: a radio or television order."""
    names = table.header.names
    if any(column.name == "quantity" and "spot" in column.text.casefold() for column in table.header.columns):
        return True
    return "spots_per_week" in names or ("length_s" in names and bool(names & {"daypart", "days", "weekday", "air_time"}))


def headings(line: Line) -> dict[str, str]:
    """{field: header words it stood under}."""
    return {cell.column.name: cell.column.text for cell in line.cells}


def fields_of(line: Line) -> dict[str, Field]:
    """Cells of one line as fields; of two columns with the same meaning the last filled one counts."""
    fields: dict[str, Field] = {}
    days = []
    for cell in line.cells:
        name, place = cell.column.name, cell.chunk.place
        if name == "weekday":
            days.append(WEEKDAYS.get(cell.column.text.casefold(), cell.column.text))
        elif name == "dates" and isinstance(cell.value, tuple):
            fields["start"], fields["end"] = dated("start", cell.value[0], cell), dated("end", cell.value[1], cell)
        elif name == "date" and isinstance(cell.value, Reading):
            fields["start"], fields["end"] = dated("start", cell.value, cell), dated("end", cell.value, cell)
        elif isinstance(cell.value, Reading):
            fields[name] = dated(name, cell.value, cell)
        elif name not in {"other", "unknown"}:
            fields[name] = Field(name, whole(name, cell.value), cell.chunk.text, place, CERTAIN)
    if days and "days" not in fields:
        fields["days"] = Field("days", ",".join(days), ",".join(days), line.cells[0].chunk.place, LIKELY)
    if "placement" not in fields:
        label = fields.get("daypart") or fields.get("site") or fields.get("format")
        if label is not None:
            fields["placement"] = Field("placement", label.value, label.text, label.place, LIKELY)
    return fields


def dated(name: str, reading: Reading, cell: Cell) -> Field:
    """A date; None as value stands for an impossible one."""
    return Field(name, reading.value, reading.text, cell.chunk.place, 0.6 if reading.doubtful else CERTAIN)


def whole(name: str, value: object) -> str | Decimal | date | int | None:
    """Counts and seconds are whole numbers; the document's own line number is kept as it is counted."""
    if name in {"line_number", "length_s", "spots_per_week", "quantity"} and isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    assert value is None or isinstance(value, (str, Decimal, date, int))
    return value
