"""Small documents written for the tests: workbooks, CSV files and PDFs of several layouts."""
import datetime as dt
import pathlib
from collections.abc import Iterable, Sequence

import typst
import xlsxwriter

Cells = Sequence[Sequence[object]]


def workbook(path: pathlib.Path, cells: Cells, merged: Iterable[tuple[str, str]] = (), sheet: str = "Plan") -> pathlib.Path:
    """A workbook with the cells from A1; dates as real dates, `merged` as (range, text)."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if isinstance(value, dt.date):
                page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
            elif value is not None:
                page.write(row, column, value)
    for where, text in merged:
        page.merge_range(where, text)
    book.close()
    return path


def pdf(path: pathlib.Path, body: str, page: str = "width: 279mm, height: 216mm, margin: 12mm") -> pathlib.Path:
    """A PDF from typst markup in small print."""
    path.write_bytes(typst.compile(f"#set page({page})\n#set text(size: 8pt)\n{body}".encode()))
    return path


def cells(rows: Iterable[Sequence[str]]) -> str:
    """Rows as typst table cells."""
    return ",\n".join("[" + "], [".join(value.replace("$", r"\$").replace("#", r"\#").replace("*", r"\*").replace("@", r"\@")
                                       for value in row) + "]" for row in rows)


def table(columns: str, rows: Iterable[Sequence[str]]) -> str:
    """A typst grid without lines."""
    return f"#grid(columns: ({columns}), column-gutter: 6pt, row-gutter: 5pt,\n{cells(rows)})\n"
