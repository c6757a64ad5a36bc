"""Order workbooks spoilt as senders spoil them: odd shapes that must still be read, and wrong facts that must be refused with their place."""
import datetime as dt
import pathlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter

START, END = dt.date(2026, 12, 7), dt.date(2026, 12, 20)
DATES = ("%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%d-%b-%Y", "%d %B %Y")


@dataclass
class Book:
    """One workbook to be: facts, lines of (placement, start, end, units, rate, amount) and how it is written. `wrong` says that a fact is spoilt."""

    number: str
    lines: list[list[object]]
    header: list[str] = field(default_factory=lambda: ["Placement", "Start Date", "End Date", "Impressions", "Rate", "Rate Type", "Amount"])
    total: object = None
    comma: bool = False
    date: str = ""
    merge_head: bool = False
    repeat_header: int = 0
    subtotals: bool = False
    hidden: tuple[str, ...] = ()
    old_days: bool = False
    formulas: bool = False
    far: int = 0
    left: int = 0
    above: int = 0
    before: bool = False
    doubled: int | None = None
    two_rows: bool = False
    wrong: bool = False
    cells: dict[tuple[int, int], object] = field(default_factory=dict)

    @property
    def gross(self) -> Decimal:
        return sum((Decimal(str(line[5])) for line in self.lines), Decimal())


def book(chance: random.Random, number: str) -> Book:
    """A sound one of one to eight lines."""
    lines: list[list[object]] = []
    for _ in range(chance.randrange(1, 9)):
        units, rate = chance.randrange(1, 400) * 1000, Decimal(chance.randrange(200, 4000)) / 100
        lines.append(["Run of site 300x250", START, END, units, rate, (units * rate / 1000).quantize(Decimal("0.01"))])
    return Book(number, lines)


def spoilt(made: Book, chance: random.Random) -> Book:
    """The book with one to three mutations."""
    for mutation in chance.sample(MUTATIONS, chance.choice((1, 1, 2, 3))):
        mutation(made, chance)
    if made.header[6] != "Amount":  # amounts that nobody can know for amounts are no wrong ones
        made.cells = {where: value for where, value in made.cells.items() if where[1] != 6}
        made.wrong = bool(made.cells) or made.total is not None or made.header[3] != "Impressions"
    return made


def mutation(name: str) -> Callable[[Book, random.Random], None]:
    """A mutation that sets one way of writing."""
    def change(made: Book, chance: random.Random) -> None:
        setattr(made, name, {"date": chance.choice(DATES), "repeat_header": chance.randrange(1, 4), "far": chance.choice((900, 3_000, 21_000) * 6 + (1_048_575,)), "left": chance.randrange(1, 4),
                             "above": chance.randrange(1, 12), "doubled": chance.randrange(0, 7), "hidden": tuple(chance.sample(("row", "column", "sheet"), 2))}.get(name, True))  # fmt: skip
    change.__name__ = name
    return change


def cell(made: Book, chance: random.Random, column: int, values: tuple[object, ...]) -> None:
    """A cell of a line with something in it that cannot be right."""
    made.cells[chance.randrange(len(made.lines)), column] = chance.choice(values)
    made.wrong = True


def no_such_day(made: Book, chance: random.Random) -> None:
    cell(made, chance, chance.choice((1, 2)), ("31.11.2026", "2026-02-30", "31 Nov 2026"))


def days_of_words(made: Book, chance: random.Random) -> None:
    cell(made, chance, chance.choice((1, 2)), ("tbc", "mid December", "ASAP", "KW 50"))


def units_of_words(made: Book, chance: random.Random) -> None:
    cell(made, chance, 3, ("tbc", "approx. 300k imps", "see below", "#REF!"))


def amount_of_words(made: Book, chance: random.Random) -> None:
    cell(made, chance, 6, ("tbd", "on request", "#N/A", "12,x4"))


def another_amount(made: Book, chance: random.Random) -> None:
    at = chance.randrange(len(made.lines))
    cell(made, random.Random(1), 6, (None,))
    made.cells.clear()
    made.cells[at, 6] = Decimal(str(made.lines[at][5])) + 1000


def ends_before_it_starts(made: Book, chance: random.Random) -> None:
    cell(made, chance, 2, (dt.date(2026, 11, 1),))


def wrong_total(made: Book, chance: random.Random) -> None:
    made.total, made.wrong = made.gross + chance.choice((1, 10, 5000)), True


def unknown_header(made: Book, chance: random.Random) -> None:
    """Without its header a column of amounts is still known by rate times units; one of units is not."""
    at = chance.choice((3, 6))
    made.header[at] = chance.choice(("Blah", "???", "Column1"))
    made.wrong = made.wrong or at == 3


SHAPES = tuple(mutation(name) for name in ("comma", "date", "merge_head", "repeat_header", "subtotals", "hidden", "old_days", "formulas", "far", "left", "above", "before", "doubled", "two_rows"))
HARMS = (no_such_day, days_of_words, units_of_words, amount_of_words, another_amount, ends_before_it_starts, wrong_total, unknown_header)
MUTATIONS = (*SHAPES, *HARMS)


def write(path: pathlib.Path, made: Book) -> pathlib.Path:
    """The workbook as a file."""
    out = xlsxwriter.Workbook(str(path), {"date_1904": made.old_days, "in_memory": True})
    day = out.add_format({"num_format": "dd/mm/yyyy"})
    if made.before:
        notes = out.add_worksheet("Notes")
        notes.write_column(0, 0, ["Please confirm by Friday", "Rates as agreed in June"])
    page = out.add_worksheet("Plan")
    at, column = made.above, made.left
    facts: list[list[object]] = [["Order Number:", made.number], ["Advertiser:", "Oatfield Foods"], ["Campaign:", "Winter Getaways"], ["Currency:", "EUR"],
                                 ["Flight Start:", said(made, START)], ["Flight End:", said(made, END)]]  # fmt: skip
    if made.merge_head:
        page.merge_range(at, column, at, column + 6, "Insertion order of the agency")
        at += 1
    for row in facts:
        at = put(page, at, column, row, day)
    at = table(page, at + 1, column, made, day)
    total = made.gross if made.total is None else made.total
    if made.formulas:
        page.write(at, column, "Gross Total")
        page.write_formula(at, column + 6, f"=SUM(G1:G{at})", value=0)
    else:
        put(page, at, column, ["Gross Total", *[None] * 5, said(made, total)], day)
    if made.far:
        page.write(made.far, column, " ")
    hide(out, page, made, at)
    out.close()
    return path


def table(page: xlsxwriter.worksheet.Worksheet, at: int, column: int, made: Book, day: object) -> int:
    """Header and lines; the row after them."""
    at = head(page, at, column, made, day)
    for number, line in enumerate(made.lines):
        if made.repeat_header and number and number % made.repeat_header == 0:
            at = head(page, at, column, made, day)
        name, start, end, units, rate, amount = line
        row = [name, *(said(made, value) for value in (start, end, units, rate)), "CPM", said(made, amount)]
        for (where, which), value in made.cells.items():
            if where == number:
                row[which] = said(made, value)
        if made.doubled is not None:
            row.insert(made.doubled, row[made.doubled])
        at = put(page, at, column, row, day)
        if made.subtotals and number % 2:
            at = put(page, at, column, ["Subtotal", *[None] * 5, said(made, Decimal(str(line[5])) + Decimal(str(made.lines[number - 1][5])))], day)
    return at


def head(page: xlsxwriter.worksheet.Worksheet, at: int, column: int, made: Book, day: object) -> int:
    """The header's words, on one row or with the days under a word of their own."""
    words: list[object] = list(made.header)
    if made.doubled is not None:
        words.insert(made.doubled, words[made.doubled])
    if made.two_rows and made.doubled is None:
        page.merge_range(at, column + 1, at, column + 2, "Flight")
        at += 1
    return put(page, at, column, words, day)


def hide(out: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, made: Book, at: int) -> None:
    """Rows, columns and sheets that are not seen on the screen; what stands in them is old."""
    if "row" in made.hidden:
        page.set_row(at + 3, None, None, {"hidden": True})
        page.write(at + 3, made.left, "old version, do not use")
    if "column" in made.hidden:
        page.set_column(made.left + 9, made.left + 9, None, None, {"hidden": True})
        page.write(2, made.left + 9, "internal margin 40%")
    if "sheet" in made.hidden:
        old = out.add_worksheet("old")
        old.write_row(0, 0, ["Placement", "Start Date", "End Date", "Impressions", "Rate", "Amount"])
        old.hide()


def said(made: Book, value: object) -> object:
    """A value as this book writes it."""
    if isinstance(value, dt.date):
        return value.strftime(made.date) if made.date else value
    if isinstance(value, Decimal) and made.comma:
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return float(value) if isinstance(value, Decimal) else value


def put(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cells: list[object], day: object) -> int:
    """One row; the next row's number."""
    for where, value in enumerate(cells, column):
        if isinstance(value, dt.date):
            page.write_datetime(row, where, dt.datetime.combine(value, dt.time()), day)
        elif value is not None:
            page.write(row, where, value)
    return row + 1
