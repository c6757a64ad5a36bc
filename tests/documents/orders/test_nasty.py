"""Workbooks that are easily misread: every line, the total and the facts as a person reads them, or an error that names the cell."""
import pathlib
from collections.abc import Callable
from decimal import Decimal

import pytest

from makegood.documents import orders
from tests.documents.orders import nastier, nasty

BOOKS = nasty.BOOKS + nastier.BOOKS


@pytest.mark.parametrize("made", BOOKS, ids=[made.__name__ for made in BOOKS])
def test_a_workbook(made: Callable[[], nasty.Book], tmp_path: pathlib.Path) -> None:
    book = made()
    document = orders.read(nasty.write(tmp_path / "plan.xlsx", book))
    assert [(line.value("placement"), line.value("quantity"), amount(line)) for line in document.lines] == [(name, units, amount_of(said)) for name, units, said in book.lines]
    assert document.value("gross_amount") == Decimal(book.gross)
    assert {name: document.value(name) for name in book.facts} == dict(book.facts)
    assert {(problem.code, str(problem.place)) for problem in document.problems if problem.severity == "error"} == set(book.errors)


def amount(line: orders.OrderLine) -> Decimal | None:
    value = line.value("amount")
    return value if isinstance(value, Decimal) else None


def amount_of(said: str) -> Decimal | None:
    return None if said == "None" else Decimal(said)
