"""Any list of the application as a workbook or as CSV: the same columns, rows, filters and as-of.

User text can never become a formula: a workbook stores it as text, CSV puts an apostrophe before it.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from makegood.documents.charts import figures
from makegood.documents.written import sheets
from makegood.documents.written.sheets import Column, Kind, Row

__all__ = ["Column", "GridExport", "Kind", "Row", "csv_bytes", "xlsx"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # also full width


@dataclass(frozen=True, kw_only=True)
class GridExport:
    """A list as it stands on the page. `as_of` is aware; times are written in `zone` (an IANA name)."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    filters: str
    as_of: datetime
    zone: str = "UTC"


def xlsx(grid: GridExport) -> bytes:
    """The list as a workbook: a sheet of rows under its filters and as-of."""
    with sheets.Book(title=grid.title, made_at=grid.as_of, zone=grid.zone) as book:
        sheet = book.sheet(grid.title)
        local = grid.as_of.astimezone(ZoneInfo(grid.zone))
        notes = [grid.filters or "No filter", f"As of {figures.moment(local)}. Times in {grid.zone}."]
        book.table(sheet, book.heading(sheet, grid.title, notes), grid.columns, grid.rows)
    return book.data


def csv_bytes(grid: GridExport) -> bytes:
    """The list as CSV for spreadsheets: UTF-8 with byte order mark, ISO dates, plain decimal points, header first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    zone = ZoneInfo(grid.zone)
    writer.writerow([neutral(f"{one.name}, {one.unit}" if one.unit else one.name) for one in grid.columns])
    for row in grid.rows:
        writer.writerow([_written(row.get(column.key), column.kind, zone) for column in grid.columns])
    return out.getvalue().encode("utf-8-sig")


def neutral(text: str) -> str:
    """`text` so that no spreadsheet reads it as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _written(value: object, kind: Kind, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds") if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if kind != "text" and isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return neutral(str(value))
