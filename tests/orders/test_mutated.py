"""R12: thousands of spoilt order workbooks. Each becomes a whole order or none; each error names its cell; sent again put right, it is one order.

500 always through the database; 10,000 under the nightly mark, read by themselves as well (100 always).
"""
import pathlib
import random
import re
import time
from collections import Counter
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction

from makegood.core.errors import Invalid
from makegood.documents import orders as documents
from makegood.orders import checking, intended
from makegood.orders.actions import building, importing, lines
from makegood.orders.checking import State
from makegood.orders.errors import AlreadyImported, Unfinished
from makegood.orders.models import Line, Order, OrderImport
from tests.factories import accounts, catalog
from tests.factories.accounts import NOW
from tests.orders import mutated

pytestmark = pytest.mark.django_db
READ = 100
WHERE = re.compile(r"^(?:Plan|Notes)!\$?[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?$")


@pytest.fixture
def book(db):
    accounts.seller()
    catalog.run_of_site()
    return accounts.advertiser()


def tried(path: pathlib.Path, made: mutated.Book, by, commit=importing.commit) -> tuple[str, list[str]]:
    """What became of a workbook ('order', 'open' or 'refused'), and its errors that do not say sheet, row, column and reason."""
    received = None
    try:
        received = importing.receive(path, name=path.name, by=by, at=NOW)
        order = commit(received, by=by, at=NOW)
    except Invalid as error:
        assert_nothing_is_there()
        return "refused", [] if "sheet" in error.place or "cell" in error.place or WHERE.match(error.place) else [str(error)]
    except Unfinished:
        assert_nothing_is_there()
        return "open", unplaced(checking.state(received))
    assert [line.quantity for line in order.lines.order_by("pk")] == [line[3] for line in made.lines], "a partial import"
    assert order.gross == made.gross, "a partial import"
    assert not made.wrong, "something wrong came through"
    return "order", []


def assert_nothing_is_there() -> None:
    """Each workbook is tried on an empty order book."""
    assert (Order.objects.count(), Line.objects.count()) == (0, 0), "a partial import"


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


def test_spoilt_workbooks_are_read_whole_or_say_where_they_are_wrong(tmp_path: pathlib.Path) -> None:
    outcomes = read(range(READ), tmp_path)
    assert outcomes["whole"] > READ / 4 and outcomes["errors"] > READ / 4


@pytest.mark.nightly
def test_as_many_as_make_10000_are_read(tmp_path: pathlib.Path) -> None:
    assert read(range(READ, 10_000), tmp_path).total() == 10_000 - READ


@pytest.mark.parametrize("first", range(0, 500, 125))
def test_500_of_them_become_a_whole_order_or_none(first, book, account_manager, tmp_path: pathlib.Path) -> None:
    outcomes = run(range(first, first + 125), tmp_path, account_manager, every=8)
    assert outcomes["order"] > 25 and outcomes["open"] > 25


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(500, 10_000, 950))
def test_9500_more_become_a_whole_order_or_none(first, book, account_manager, tmp_path: pathlib.Path) -> None:
    began = time.process_time()
    outcomes = run(range(first, first + 950), tmp_path, account_manager)
    print(f"{first} to {first + 949}: {dict(outcomes)}, {time.process_time() - began:.0f} s of processor in this process")
    assert outcomes.total() == 950


def test_the_statements_of_an_import_do_not_grow_with_its_lines(book, account_manager, tmp_path: pathlib.Path, django_assert_num_queries) -> None:
    counts = []
    for length in (1, 1, 40):  # the first finds nothing remembered
        made = mutated.book(random.Random(length), f"R-{len(counts)}")
        made.lines = made.lines[:1] * length
        with django_assert_num_queries(100, exact=False) as found:
            importing.commit(importing.receive(mutated.write(tmp_path / "plan.xlsx", made), by=account_manager, at=NOW), by=account_manager, at=NOW)
        counts.append(len(found))
    assert Line.objects.count() == 42 and counts[1] == counts[2]


def a_third_line_that_fails() -> mutated.Book:
    """Three lines of which the third is for more than a line can sell: nothing a reader sees, so the order is begun."""
    made = mutated.book(random.Random(5), "R-990001")
    rate = Decimal("0.01")
    made.lines = [[*made.lines[0][:3], units, rate, (units * rate / 1000).quantize(Decimal("0.01"))] for units in (100_000, 200_000, 2 * lines.MOST_UNITS)]
    return made


def row_by_row(received: OrderImport, *, by, at) -> Order:
    """The commit without its transaction, and a line at a time: what is written stays when a later one fails."""

    def each(order: Order, asked, *, first: int, by, at) -> list[Line]:
        return [lines.add_all.__wrapped__(order, [one], first=number, by=by, at=at)[0] for number, one in enumerate(asked, first)]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "lines", SimpleNamespace(Asked=lines.Asked, add_all=each))
        return importing.commit.__wrapped__(received, by=by, at=at)


def test_a_line_that_fails_takes_the_order_with_it_and_a_commit_per_row_would_be_seen(book, account_manager, tmp_path: pathlib.Path) -> None:
    """The last is the negative control: the same workbook, the same assertion, the same commit without its transaction."""
    made = a_third_line_that_fails()
    path = mutated.write(tmp_path / "plan.xlsx", made)
    assert tried(path, made, account_manager) == ("refused", [])
    with pytest.raises(AssertionError, match="a partial import"):
        tried(path, made, account_manager, commit=row_by_row)
    assert (Order.objects.count(), Line.objects.count()) == (1, 2)
