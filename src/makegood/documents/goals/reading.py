"""A sheet of goals: one row a goal, or a row with a column a month. Every cell that cannot be a goal is named.

A table has a heading that says whose goals it holds (Seller, Team, Category or Property), and either Month and Goal or
months as headings (2026-07, July 2026, Jul 26, 01/07/2026 as the first day).
"""

import datetime
import pathlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from makegood.documents.counts import sheets

WHOSE = {"seller": "seller", "team": "team", "category": "category", "property": "property", "account manager": "seller"}
FORMATS = ("%Y-%m", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%B %Y", "%b %Y", "%b %y", "%b-%y", "%m/%Y")
SCANNED_ROWS = 20


@dataclass(frozen=True)
class GoalRow:
    """One goal as written; `place` is the sheet's cell."""

    by: str
    name: str
    month: datetime.date
    amount: Decimal
    currency: str
    place: str


@dataclass(frozen=True)
class Problem:
    """What is wrong where."""

    place: str
    said: str


def read(path: pathlib.Path, currency: str) -> tuple[list[GoalRow], list[Problem]]:
    """Goals of every sheet with a table of them, in `currency` unless a column says another. Raises UnreadableDocument."""
    rows: list[GoalRow] = []
    problems: list[Problem] = []
    for name, table in sheets.of(path).items():
        at = next((n for n, row in enumerate(table[:SCANNED_ROWS]) if any(cell.strip().lower() in WHOSE for cell in row)), None)
        if at is not None:
            _table(name, table, at, currency, rows, problems)
    if not rows and not problems:
        problems.append(Problem(path.name, "no table has a heading Seller, Team, Category or Property"))
    return rows, problems


def month(text: str) -> datetime.date | None:
    """The first day of the month a text means; None when it means none."""
    for pattern in FORMATS:
        try:
            return datetime.datetime.strptime(text.strip(), pattern).date().replace(day=1)
        except ValueError:
            continue
    return None


def _table(name: str, table: sheets.Table, at: int, currency: str, rows: list[GoalRow], problems: list[Problem]) -> None:
    heads = [cell.strip() for cell in table[at]]
    lower = [head.lower() for head in heads]
    whose = next(n for n, head in enumerate(lower) if head in WHOSE)
    money = lower.index("currency") if "currency" in lower else None
    wide = {n: found for n, head in enumerate(heads) if (found := month(head))}
    one = {word: lower.index(word) for word in ("month", "goal") if word in lower}
    if not wide and len(one) < 2:
        problems.append(Problem(_place(name, at, whose), "there is neither a column a month nor Month and Goal"))
        return
    for down, row in enumerate(table[at + 1 :], at + 1):
        if len(row) <= whose or not row[whose].strip() or row[whose].strip().lower() in ("total", "sum", "all"):
            continue
        said = row[money].strip().upper() if money is not None and len(row) > money and row[money].strip() else currency
        for n, when in wide.items() or [(one["goal"], _cell(row, one["month"]))]:
            known = when if isinstance(when, datetime.date) else month(when)
            _goal(WHOSE[lower[whose]], row[whose].strip(), known, _cell(row, n), said, _place(name, down, n), rows, problems)


def _goal(by: str, who: str, when: datetime.date | None, text: str, currency: str, place: str, rows: list[GoalRow], problems: list[Problem]) -> None:
    if not text:
        return
    amount = _amount(text)
    if when is None:
        problems.append(Problem(place, "its month is none; write 2026-07 or July 2026"))
    elif amount is None or amount < 0:
        problems.append(Problem(place, f"{text!r} is no amount"))
    elif not re.fullmatch("[A-Z]{3}", currency):
        problems.append(Problem(place, f"{currency!r} is no currency; write one like USD"))
    else:
        rows.append(GoalRow(by, who, when, amount, currency, place))


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(re.sub(r"[\s,$€£]", "", text))
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if found.is_finite() and abs(found) < 10**12 else None


def _cell(row: list[str], n: int) -> str:
    return row[n].strip() if n < len(row) else ""


def _place(sheet: str, row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet}!{letters}{row + 1}" if sheet else f"{letters}{row + 1}"
