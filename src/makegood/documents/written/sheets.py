"""Tables in a workbook: real numbers with formats, text that can never become a formula. No knowledge of content.

Every cell of user text goes through `write_string`; times are shown in the zone the sheet names.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Kind = Literal["text", "int", "money", "percent", "date", "datetime"]
LONGEST_TEXT = 32_767
FORMATS: dict[str, str] = {
    "text": "@", "int": "#,##0", "money": "#,##0.00", "percent": "0.00%", "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}  # fmt: skip
WIDTHS: dict[str, int] = {"text": 26, "int": 14, "money": 14, "percent": 10, "date": 12, "datetime": 17}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its heading, the key of its values in each row, how they are written, and their unit."""

    name: str
    key: str
    kind: Kind = "text"
    unit: str = ""
    width: int = 0


Row = Mapping[str, object]


class Book:
    """A workbook in memory. Use as a context manager, then read `data`."""

    def __init__(self, *, title: str, made_at: datetime, zone: str) -> None:
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._book.set_properties({"title": clean(title)[:255], "created": made_at.replace(tzinfo=None)})
        self._zone = ZoneInfo(zone)
        self._formats: dict[str, Format] = {}
        self.data = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()
        self.data = self._file.getvalue()

    def sheet(self, name: str) -> Worksheet:
        """A new sheet without grid lines, ready to print on one page's width."""
        made: Worksheet = self._book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "Sheet")
        made.hide_gridlines(2)
        made.fit_to_pages(1, 0)
        made.set_landscape()
        return made

    def style(self, number: str = "", **properties: Any) -> Format:
        """A cell format, made once for each set of properties."""
        key = f"{number}{sorted(properties.items())}"
        if key not in self._formats:
            look = {"font_name": "Arial", "font_size": 10, "font_color": "#14202a", "valign": "top", **properties}
            self._formats[key] = self._book.add_format({**look, **({"num_format": number} if number else {})})
        return self._formats[key]

    def heading(self, sheet: Worksheet, title: str, notes: Sequence[str]) -> int:
        """A title and its notes at the top of `sheet`; returns the row after them."""
        sheet.write_string(0, 0, clean(title), self.style(bold=True, font_size=14))
        for at, note in enumerate(notes, 1):
            sheet.write_string(at, 0, clean(note), self.style(font_color="#5f6c78"))
        return len(notes) + 2

    def table(
        self, sheet: Worksheet, top: int, columns: Sequence[Column], rows: Sequence[Row], total: Row | None = None
    ) -> int:
        """The table of a sheet: as `plain`, with its header frozen and a filter on it."""
        sheet.freeze_panes(top + 1, 0)
        if rows:
            sheet.autofilter(top, 0, top + len(rows), len(columns) - 1)
        return self.plain(sheet, top, columns, rows, total)

    def plain(
        self, sheet: Worksheet, top: int, columns: Sequence[Column], rows: Sequence[Row], total: Row | None = None
    ) -> int:
        """Header, one row each and a total under them, from row `top`; returns the next free row but one."""
        for at, column in enumerate(columns):
            self._header(sheet, top, at, column)
        for down, row in enumerate(rows, top + 1):
            for at, column in enumerate(columns):
                self._cell(sheet, down, at, column.kind, row.get(column.key), {})
        end = top + len(rows)
        if total:
            end += 1
            for at, column in enumerate(columns):
                self._cell(sheet, end, at, column.kind, total.get(column.key), {"bold": True, "top": 1})
        return end + 2

    def _header(self, sheet: Worksheet, row: int, at: int, column: Column) -> None:
        name = f"{column.name}, {column.unit}" if column.unit else column.name
        right = {} if column.kind in {"text", "date", "datetime"} else {"align": "right"}
        look = self.style(bold=True, bottom=1, bottom_color="#c5cdd3", bg_color="#f4f6f7", text_wrap=True, **right)
        sheet.write_string(row, at, clean(name), look)
        sheet.set_column(at, at, column.width or max(WIDTHS[column.kind], min(30, len(name) + 2)))

    def _cell(self, sheet: Worksheet, row: int, at: int, kind: Kind, value: object, extra: dict[str, Any]) -> None:
        if value is None or value == "":
            sheet.write_blank(row, at, None, self.style(**extra))
        elif isinstance(value, datetime):
            local = value.astimezone(self._zone).replace(tzinfo=None) if value.tzinfo else value
            sheet.write_datetime(row, at, local, self.style(FORMATS["datetime"], align="left", **extra))
        elif isinstance(value, date):
            sheet.write_datetime(row, at, value, self.style(FORMATS["date"], align="left", **extra))
        elif kind != "text" and isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            sheet.write_number(row, at, float(value), self.style(_number_format(kind, value), **extra))
        else:
            sheet.write_string(row, at, clean(str(value)), self.style(FORMATS["text"], **extra))


def clean(text: str) -> str:
    """Text as a cell can hold it: no control characters, no longer than a cell."""
    kept = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    return kept if len(kept) <= LONGEST_TEXT else kept[: LONGEST_TEXT - 1] + "…"


def _number_format(kind: Kind, value: object) -> str:
    """A price with more places than its column shows them: 0.0125 must not read 0.01."""
    if kind == "money" and isinstance(value, Decimal):
        exponent = value.normalize().as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 2
        return "#,##0." + "0" * max(2, min(places, 6))
    return FORMATS[kind]
