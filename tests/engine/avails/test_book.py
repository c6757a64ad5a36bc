"""The living book against a fresh full solve by another's maximum flow."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from makegood.engine.avails import Booked, LineInvalid
from makegood.engine.avails.book import Book
from makegood.engine.avails.records import RANK
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.targeting import EVERYTHING

CELLS = 70  # more than one block of 64
SCOPE = Scope(EVERYTHING, Period(dt.date(2026, 1, 1), dt.date(2026, 1, 31)))
UNLIMITED = 10**6
own_cells = st.sets(st.integers(0, CELLS - 1) | st.sampled_from([0, 1, 2, 63, 64]), max_size=8).map(
    lambda some: np.array(sorted(some), dtype=np.int64)
)
lines = st.tuples(
    st.builds(
        Booked, line_id=st.integers(-3, 6), scope=st.just(SCOPE), units=st.integers(0, 60), priority=st.sampled_from(list(RANK)),
        held=st.booleans(), share=st.sampled_from([None, None, None, 0.4, 1.0]),
    ),
    own_cells,
)  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(["book", "book", "cancel", "edit"]), lines), max_size=10)
capacities = st.lists(st.integers(0, 30), min_size=CELLS, max_size=CELLS).map(lambda some: np.array(some, dtype=np.int64))


def full(capacity, wanted):
    """Units all of `wanted` [(units, cells)] can have together, by scipy's maximum flow from nothing."""
    count, edges = len(wanted), []
    sink = 1 + count + len(capacity)
    for n, (units, cells) in enumerate(wanted):
        edges += [(0, 1 + n, units), *((1 + n, 1 + count + int(c), UNLIMITED) for c in cells)]
    edges += [(1 + count + c, sink, int(units)) for c, units in enumerate(capacity)]
    tails, heads, units = (np.array(side, dtype=np.int32) for side in zip(*edges, strict=True))
    return maximum_flow(csr_array((units, (tails, heads)), shape=(sink + 1, sink + 1)), 0, sink).flow_value


def order(line):
    return line.held, line.share is None, RANK[line.priority], line.line_id


def parts(capacity, line, cells):
    if line.share is None:
        return [(line.units, cells)]
    return [(round(int(capacity[c]) * line.share), np.array([c])) for c in cells]


def fresh(capacity, known):
    """[(line, units placed)] of a book made anew, a line at a time in its order, each by a full solve; and what is placed."""
    placed, found = [], []
    for line, cells in sorted(known, key=lambda one: order(one[0])):
        got = 0
        for units, own in parts(capacity, line, cells):
            most = full(capacity, [*placed, (units, own)]) - sum(one for one, _ in placed)
            placed.append((most, own))
            got += most
        found.append((line, got))
    return found, placed


def most(capacity, placed, cells):
    return full(capacity, [*placed, (UNLIMITED, cells)]) - sum(units for units, _ in placed)


def lived(capacity, taken):
    """A book after all the steps, and the lines that are in it."""
    book, known = Book(capacity), {}
    for verb, (line, cells) in taken:
        if verb == "book" and line.line_id not in known:
            book.book(line, cells)
            known[line.line_id] = (line, cells)
        elif line.line_id in known:
            known.pop(line.line_id)
            if verb == "edit":
                book.edit(line, cells)
                known[line.line_id] = (line, cells)
            else:
                book.cancel(line.line_id)
    return book, list(known.values())


@settings(max_examples=25, deadline=None)
@given(capacities, steps, own_cells, st.integers(1, 200))
def test_a_book_that_lived_answers_as_one_solved_anew(capacity, taken, asked, units):
    book, known = lived(capacity, taken)
    found, placed = fresh(capacity, known)
    assert {line.line_id: book.placed(line.line_id) for line, _ in found} == {line.line_id: got for line, got in found}
    wanted = {line.line_id: sum(units for units, _ in parts(capacity, line, cells)) for line, cells in known}
    assert book.oversold == {line.line_id: wanted[line.line_id] - got for line, got in found if got < wanted[line.line_id]}
    free = most(capacity, placed, asked)
    assert (book.available(asked), book.available(asked, units)) == (free, min(free, units))
    again = Book(capacity, known)
    assert again.contenders(asked) == book.contenders(asked)
    assert book.available(asked) == free  # looking up harms nobody and leaves nothing behind


@settings(max_examples=25, deadline=None)
@given(capacities, steps, own_cells)
def test_contenders_add_up_and_each_is_what_its_absence_would_free(capacity, taken, asked):
    book, known = lived(capacity, taken)
    free, contenders = book.contenders(asked)
    assert free + sum(one.units for one in contenders) == book.matched(asked)
    left, below = sorted(known, key=lambda one: order(one[0])), free
    units = {one.line_id: one.units for one in contenders}
    while left:  # without the last of the book, and the one before it, and so on
        line, _ = left.pop()
        without = most(capacity, fresh(capacity, left)[1], asked)
        assert units.get(line.line_id, 0) == without - below
        below = without


@settings(max_examples=25, deadline=None)
@given(capacities, steps, own_cells, st.sampled_from(list(RANK)))
def test_possible_takes_from_lower_priorities_only(capacity, taken, asked, priority):
    book, known = lived(capacity, taken)
    placed = [  # who may not be displaced keeps what it has, wherever that is
        (book.placed(line.line_id), cells) for line, cells in known if RANK[line.priority] <= RANK[priority] and line.share is None
    ]
    shares = [
        part for line, cells in known if RANK[line.priority] <= RANK[priority] and line.share is not None and book.oversold.get(line.line_id) is None
        for part in parts(capacity, line, cells)
    ]
    if not any(line.share is not None and line.line_id in book.oversold for line, _ in known):
        assert book.possible(asked, priority) == most(capacity, placed + shares, asked)


@settings(max_examples=25, deadline=None)
@given(capacities, steps, lines)
def test_displaced_are_those_who_would_be_short(capacity, taken, wanted):
    book, known = lived(capacity, taken)
    line, cells = Booked(99, SCOPE, wanted[0].units, wanted[0].priority), wanted[1]
    before = {one.line_id: book.placed(one.line_id) for one, _ in known}
    told = {one.line_id: one.units for one in book.displaced(line, cells)}
    book.book(line, cells)
    assert told == {number: lost for number, had in before.items() if (lost := had - book.placed(number))}


@settings(max_examples=25, deadline=None)
@given(capacities, steps)
def test_for_a_booked_line_contenders_are_those_of_its_cells_without_it(capacity, taken):
    book, known = lived(capacity, taken)
    for line, cells in known:
        others = [(one, own) for one, own in known if one is not line]
        placed = {one.line_id: book.placed(one.line_id) for one, _ in known}
        if book.oversold:
            break
        assert book.contending(line.line_id) == Book(capacity, others).contenders(cells)[1]
        assert {one.line_id: book.placed(one.line_id) for one, _ in known} == placed


def test_a_book_grows_with_its_lines():
    capacity, book = np.full(500, 10), Book(np.full(500, 10))
    for n in range(300):
        assert book.book(Booked(n, SCOPE, 10), np.arange(500)) == 10
    for n in range(0, 300, 2):
        book.cancel(n)
    assert book.available(np.arange(500)) == 5000 - 1500
    assert book.matched(np.arange(500)) == capacity.sum()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (Booked(7, SCOPE, -1), "line 7: -1 units; give a whole number"),
        (Booked(7, SCOPE, float("nan")), "line 7: nan units"),
        (Booked(7, SCOPE, 5, share=1.5, held=True), "hold 7: a share of voice of 1.5"),
        (Booked(7, SCOPE, 5, share=float("nan")), "line 7: a share of voice of nan"),
        (Booked(7, SCOPE, 5, priority="urgent"), "line 7: there is no priority 'urgent'"),
        (Booked(1 << 60, SCOPE, 5), "its id is out of range"),
    ],
)
def test_what_cannot_be_booked_is_named(line, said):
    with pytest.raises(LineInvalid, match=said):
        Book(np.array([5])).book(line, np.array([0]))


def test_what_is_not_there_is_named_and_nothing_is_defined():
    nothing = np.zeros(0, dtype=np.int64)
    book = Book(nothing)
    assert (book.available(nothing), book.contenders(nothing), book.book(Booked(3, SCOPE, 8), nothing)) == (0, (0, []), 0)
    assert book.oversold == {3: 8}
    with pytest.raises(LineInvalid, match="line 3: booked already"):
        book.book(Booked(3, SCOPE, 8), nothing)
    with pytest.raises(LineInvalid, match="line 4: not in the book"):
        book.cancel(4)
    with pytest.raises(LineInvalid, match="whole number of requests"):
        Book(np.array([1.0, np.nan]))
    with pytest.raises(LineInvalid, match="whole number of requests"):
        Book(np.array([3, -1]))
