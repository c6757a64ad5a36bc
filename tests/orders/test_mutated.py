"""R12: thousands of spoilt order workbooks. Each becomes a whole order or none; each error names its cell; sent again put right, it is one order.

500 are read and 60 of them become orders always; 10,000 under the nightly mark.
"""
import pathlib
import random
import re
from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction

from makegood.core.errors import Invalid
from makegood.documents import orders as documents
from makegood.orders import checking, intended
from makegood.orders.actions import importing
from makegood.orders.checking import State
from makegood.orders.errors import AlreadyImported, Unfinished
from makegood.orders.models import Line, Order, OrderImport
from tests.factories import accounts, catalog
from tests.factories.accounts import NOW
from tests.orders import mutated

pytestmark = pytest.mark.django_db
WHERE = re.compile(r"^(?:Plan|Notes)!\$?[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?$")


@pytest.fixture
def book(db):
    accounts.seller()
    catalog.run_of_site()
    return accounts.advertiser()


def tried(path: pathlib.Path, made: mutated.Book, by) -> tuple[str, list[str]]:
    """What became of a workbook ('order', 'open' or 'refused'), and its errors that do not say sheet, row, column and reason."""
    before = (Order.objects.count(), Line.objects.count())
    try:
        received = importing.receive(path, name=path.name, by=by, at=NOW)
        state = checking.state(received)
        order = importing.commit(received, by=by, at=NOW)
    except Invalid as error:
        assert (Order.objects.count(), Line.objects.count()) == before
        return "refused", [] if "sheet" in error.place or "cell" in error.place else [str(error)]
    except Unfinished:
        assert (Order.objects.count(), Line.objects.count()) == before
        return "open", unplaced(state)
    assert (order.lines.count(), order.gross) == (len(made.lines), made.gross), "a partial import"
    assert [line.quantity for line in order.lines.order_by("pk")] == [line[3] for line in made.lines]
    assert not made.wrong, "something wrong came through"
    return "order", []


def unplaced(state: State) -> list[str]:
    """Errors that keep the import open and do not name a cell or a range, a reason and a remedy."""
    return [str(one) for one in state.problems if one.blocks and not (WHERE.match(str(one.problem.place)) and one.problem.message and one.problem.remedy)]


def run(seeds: range, folder: pathlib.Path, by, every: int = 1) -> Counter[str]:
    """Every workbook tried, and every so manieth sent again as it should have been."""
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        chance = random.Random(seed)
        made = mutated.spoilt(mutated.book(chance, f"R-{100_000 + seed}"), chance)
        with transaction.atomic():
            outcome, silent = tried(mutated.write(folder / "plan.xlsx", made), made, by)
            assert silent == [], (seed, silent)
            outcomes[outcome] += 1
            if seed % every == 0:
                again = mutated.Book(made.number, made.lines)
                sent_again(mutated.write(folder / "again.xlsx", again), again, by, once=outcome == "order")
            transaction.set_rollback(True)
    return outcomes


def sent_again(path: pathlib.Path, made: mutated.Book, by, *, once: bool) -> None:
    """The workbook put right makes the order where none was, and no second one where one is."""
    try:
        received = importing.receive(path, name=path.name, by=by, at=NOW)
    except AlreadyImported:
        assert once
        return
    if once:
        assert [one.problem.code for one in checking.state(received).problems if one.blocks] == ["already_ordered"], made.number
    else:
        importing.commit(received, by=by, at=NOW)
    assert Order.objects.filter(external_number=made.number).count() == 1


def read(seeds: range, folder: pathlib.Path) -> Counter[str]:
    """Every workbook read and planned, without a database: whole, or with errors that say where."""
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        chance = random.Random(seed)
        made = mutated.spoilt(mutated.book(chance, f"R-{100_000 + seed}"), chance)
        try:
            document = documents.read(mutated.write(folder / "plan.xlsx", made))
        except documents.UnreadableDocument as error:
            assert "sheet" in error.place and error.reason and error.remedy, seed
            outcomes["refused"] += 1
            continue
        planned, unplanned = intended.plan(document.fields, document.lines, "EUR", summary=False)
        errors = [one for one in (*document.problems, *unplanned) if one.severity == "error"]
        assert [str(one.place) for one in errors if not (WHERE.match(str(one.place)) and one.message and one.remedy)] == [], seed
        if not errors:
            assert [(line.quantity, line.amount) for line in planned] == [(line[3], line[5]) for line in made.lines], f"{seed}: in part"
            assert not made.wrong and document.value("gross_amount") == made.gross, seed
        outcomes["errors" if errors else "whole"] += 1
    return outcomes


def test_500_spoilt_workbooks_are_read_whole_or_say_where_they_are_wrong(tmp_path: pathlib.Path) -> None:
    outcomes = read(range(500), tmp_path)
    assert outcomes["whole"] > 150 and outcomes["errors"] > 150


@pytest.mark.nightly
def test_9500_more_are_read(tmp_path: pathlib.Path) -> None:
    assert read(range(500, 10_000), tmp_path).total() == 9_500


def test_60_of_them_become_a_whole_order_or_none(book, account_manager, tmp_path: pathlib.Path) -> None:
    outcomes = run(range(60), tmp_path, account_manager, every=4)
    assert outcomes["order"] > 10 and outcomes["open"] > 10


@pytest.mark.nightly
def test_9940_more_become_a_whole_order_or_none(book, account_manager, tmp_path: pathlib.Path) -> None:
    assert run(range(60, 10_000), tmp_path, account_manager).total() == 9_940


def test_a_commit_per_row_would_be_seen(book, account_manager, tmp_path: pathlib.Path) -> None:
    """The negative control: an order built row by row, without the whole transaction, is caught by the same assertion."""
    made = mutated.book(random.Random(5), "R-990001")
    made.lines = made.lines[:3] or made.lines
    received = importing.receive(mutated.write(tmp_path / "plan.xlsx", made), by=account_manager, at=NOW)
    order = importing.commit(received, by=account_manager, at=NOW)
    order.lines.order_by("-pk").first().flights.all().delete()
    Line.objects.filter(pk=order.lines.order_by("-pk").first().pk).delete()
    assert (order.lines.count(), sum((line.amount for line in order.lines.all()), Decimal())) != (len(made.lines), made.gross)
    assert OrderImport.objects.count() == 1
