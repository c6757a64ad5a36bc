"""Checking asks against supply, forecast and book: the sum, the contenders, the relaxations.

One graph serves all asks of a call; asks do not see each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from makegood.engine import capping, eligibility
from makegood.engine.avails.book import Book
from makegood.engine.avails.flow import Cells
from makegood.engine.avails.records import RANK, Ask, Availability, Booked, Relaxation
from makegood.engine.avails.widening import Variant, variants
from makegood.engine.outlook import Outlook
from makegood.engine.supply import Supply


def check(
    supply: Supply, outlook: Outlook, booked: Sequence[Booked], asks: Sequence[Ask], *, relax: bool = True
) -> list[Availability]:
    """Availability of each ask. `relax` also tries every single relaxation for asks that fall short of their units.

    Raises OutlookInvalid when supply and outlook do not fit. The flow is exact on whole requests per cell.
    """
    tried = [variants(ask, outlook.period) if relax else [] for ask in asks]
    wanted = [*(one.ask for many in tried for one in many), *asks]
    graph = eligibility.graph(supply, outlook, [*(line.scope for line in booked), *(ask.scope for ask in wanted)])
    desk = _Desk(graph, booked, wanted)
    return [_answer(ask, many, desk) for ask, many in zip(asks, tried, strict=True)]


class _Desk:
    """The graph, the cells of each ask, and one book per set of lines an ask may not displace."""

    def __init__(self, graph: eligibility.Eligibility, booked: Sequence[Booked], asks: Sequence[Ask]) -> None:
        self.capacity = np.floor(graph.capacity + 1e-6).astype(np.int64)
        self.lines = list(zip(booked, graph.cells, strict=False))
        self.cells: dict[eligibility.Scope, Cells] = {
            ask.scope: cells for ask, cells in zip(asks, graph.cells[len(booked) :], strict=True)
        }
        self.epochs = graph.epochs
        self._books: dict[int, Book] = {}

    def book(self, lowest: int) -> Book:
        """The book of every line whose rank is at most `lowest`."""
        kept = [line for line in self.lines if RANK[line[0].priority] <= lowest]
        if len(kept) not in self._books:
            self._books[len(kept)] = Book(self.capacity, kept, epochs=self.epochs)
        return self._books[len(kept)]

    def everybody(self) -> Book:
        return self.book(max(RANK.values()))


def _answer(ask: Ask, tried: Sequence[Variant], desk: _Desk) -> Availability:
    cells = desk.cells[ask.scope]
    matched = int(desk.capacity[cells].sum())
    free, contenders = desk.everybody().look_up(cells)
    held = sum(one.units for one in contenders if one.held)
    available = min(free, _cap_limit(ask, matched))
    possible = available
    if (firm := desk.book(RANK[ask.priority])) is not desk.everybody():
        possible = min(firm.look_up(cells)[0], _cap_limit(ask, matched))
    short = max(0, (ask.units or 0) - available)
    relaxations = _relaxations(tried, available, desk) if short or ask.units is None else ()
    reserved = matched - held - free
    return Availability(
        matched, reserved, held, free - available, available, possible, short, tuple(contenders), relaxations
    )


def _relaxations(tried: Sequence[Variant], available: int, desk: _Desk) -> tuple[Relaxation, ...]:
    """Each variant solved again, best first; those that gain nothing are left out."""
    found = []
    for variant in tried:
        cells = desk.cells[variant.ask.scope]
        limit = _cap_limit(variant.ask, int(desk.capacity[cells].sum()))
        units = min(desk.everybody().look_up(cells)[0], limit)
        if units > available:
            found.append(Relaxation(variant.change, units, units - available))
    return tuple(sorted(found, key=lambda one: (-one.gain, one.change)))


def _cap_limit(ask: Ask, matched: int) -> int:
    """The most impressions the cap lets through of `matched` requests."""
    return math.floor(matched * capping.let_through(ask.frequency_cap, ask.requests_per_person_day) + 1e-6)
