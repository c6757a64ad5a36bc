"""A delivery file from its first cell to its trailer: preamble, header, rows, totals."""

import pathlib
import re
from collections.abc import Mapping, Sequence

from makegood.documents.counts import cells, headers, sheets, zones
from makegood.documents.counts.headers import Header
from makegood.documents.counts.messages import NEEDED, CountFile, CountRow, Problem, Total, Where
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.sheet.grid import letters
from makegood.documents.orders.values import dates, numbers, words

TOTAL = re.compile(r"\b(?:grand |sub-?|report |overall )?(?:totals?|gesamt|summe|insgesamt)\b")
Row = Sequence[str]


def read(path: pathlib.Path, *, remembered: Mapping[str, str] | None = None) -> CountFile:
    """The counts of a file. `remembered` maps folded headers to fields, as a vendor's file was last confirmed.

    Raises UnreadableDocument when the file is none, or no sheet has a day and an impressions column (naming what is missing).
    """
    known = remembered or {}
    tables = sheets.of(path)
    found = [(sheet, header) for sheet, rows in tables.items() if (header := headers.find(rows, known))]
    if not found:
        raise _no_table(path, tables, known)
    sheet, header = max(found, key=lambda one: (len(one[1].columns), len(tables[one[0]]) - one[1].row))
    return _file(path.name, sheet, tables[sheet], header)


def _no_table(path: pathlib.Path, tables: Mapping[str, Sequence[Row]], known: Mapping[str, str]) -> UnreadableDocument:
    likely = [(sheet, header) for sheet, rows in tables.items() if (header := headers.nearest(rows, known))]
    if not likely:
        return UnreadableDocument("no header row with a day and impressions was found", path.name, "name the columns, such as Date and Impressions")
    sheet, header = max(likely, key=lambda one: len(one[1].columns))
    missing = " and ".join(name for name in NEEDED if name not in header.columns)
    return UnreadableDocument(f"the header has no column for {missing}", str(Where(sheet, header.row + 1)), "name that column, or say which it is")


def _file(name: str, sheet: str, table: Sequence[Row], header: Header) -> CountFile:
    body = list(enumerate(table))[header.row + 1 :]
    comma = numbers.habit("\n".join(cell for _, row in body for cell in row))
    zone = zones.said(table[: header.row])
    how = _habit("\n".join(_cell(row, header, "day") for _, row in body), american=comma is not True and not zone.startswith("Europe/"))
    rows: list[CountRow] = []
    totals: list[Total] = []
    problems: list[Problem] = []
    for number, row in body:
        if not any(cell.strip() for cell in row):
            continue
        if _is_total(row, header):
            totals += _total(row, Where(sheet, number + 1), header, comma, rows)
        elif totals and not _cell(row, header, "impressions"):
            continue  # a trailer: notes below the totals
        elif sum(bool(cell.strip()) for cell in row) > 1:
            made = _row(row, Where(sheet, number + 1), header, comma, how, problems)
            rows += [made] if made else []
    problems += [
        Problem(one.where, f"the row {one.name!r} says {one.said:,} impressions, the rows above come to {one.sum:,}.", "Ask for the file again, or find the row that is missing.")
        for one in totals if not one.agrees
    ]  # fmt: skip
    if not how.shown and any(_doubtful(_cell(row, header, "day"), how) for _, row in body):
        problems.append(Problem(
            Where(sheet, header.row + 1, letters(header.columns["day"].number)), f"days could be read {'day' if how.month_first else 'month'} first.",
            f"They are taken {'month' if how.month_first else 'day'} first.", "warning",
        ))  # fmt: skip
    if not rows and not problems:
        problems.append(Problem(Where(sheet, header.row + 1), "there is no row of counts below the header.", "Send a file that has some."))
    columns = {field: column.header for field, column in header.columns.items()}
    return CountFile(name, sheet, header.row + 1, columns, zone, tuple(rows), tuple(totals), tuple(problems))


def _habit(days: str, *, american: bool) -> dates.Habit:
    """How the file writes its days; with points between, nobody puts the month first."""
    how = dates.habit(days, american)
    return dates.Habit(False, True, how.year) if re.search(r"\b\d{1,2}\.\d{1,2}\.\d{2}", days) else how


def _row(row: Row, where: Where, header: Header, comma: bool | None, how: dates.Habit, problems: list[Problem]) -> CountRow | None:
    def at(field: str) -> Where:
        return Where(where.sheet, where.row, letters(header.columns[field].number))

    found = dates.readings(_cell(row, header, "day"), how)
    day = found[0].value if found else None
    impressions = cells.count(_cell(row, header, "impressions"), _scale(header, "impressions"), comma)
    clicks = cells.count(_cell(row, header, "clicks"), _scale(header, "clicks"), comma)
    wrong = [
        Problem(at(field), f"{_cell(row, header, field)!r} is no {what}.", remedy)
        for field, bad, what, remedy in (
            ("day", day is None, "day", "Write it like 2026-11-30."),
            ("impressions", impressions is None, "whole number of impressions", "Write it like 12,345."),
            ("clicks", clicks is None, "whole number of clicks", "Write it like 123."),
        ) if bad
    ]  # fmt: skip
    names = (_cell(row, header, "placement_id"), _cell(row, header, "placement"))
    if not any(names) and ("placement_id" in header.columns or "placement" in header.columns):
        wrong.append(Problem(where, "the row names no placement.", "Fill the placement in, or take the row out."))
    problems += wrong
    if wrong or day is None or impressions is None or clicks is None:
        return None
    cost = cells.amount(_cell(row, header, "cost"), _scale(header, "cost"), comma)
    return CountRow(where, day, *names, impressions, clicks, cost)


def _total(row: Row, where: Where, header: Header, comma: bool | None, rows: Sequence[CountRow]) -> list[Total]:
    """A grand total against all rows above it, or a subtotal against those of the placement above; none without a figure."""
    said = cells.count(_cell(row, header, "impressions"), _scale(header, "impressions"), comma)
    if said is None or not _cell(row, header, "impressions"):
        return []
    name = next(cell for cell in row if TOTAL.search(words.folded(cell)))
    part = [one for one in rows if rows and one.key == rows[-1].key]
    sub = re.search(r"\bsub", words.folded(name)) or (rows and words.folded(rows[-1].placement or "-") in words.folded(name))
    return [Total(where, " ".join(name.split()), said, sum(one.impressions for one in (part if sub else rows)))]


def _is_total(row: Row, header: Header) -> bool:
    """A row that says total where a day or a placement would stand, and gives no day."""
    said = any(TOTAL.search(words.folded(cell)) for cell in row if not cell.replace(".", "").isdigit())
    return said and not dates.readings(_cell(row, header, "day"), dates.Habit(True, True, None))


def _doubtful(text: str, how: dates.Habit) -> bool:
    return any(one.doubtful for one in dates.readings(text, how))


def _cell(row: Row, header: Header, field: str) -> str:
    column = header.columns.get(field)
    return " ".join(row[column.number].split()) if column is not None and column.number < len(row) else ""


def _scale(header: Header, field: str) -> float:
    return header.columns[field].scale if field in header.columns else 1
