"""Checking asks against supply, forecast and book: the sum, the contenders, the relaxations.

One graph and one book serve all asks of a call; an ask with a line id is booked for the asks after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from makegood.engine import eligibility, reach
from makegood.engine.avails.book import Book
from makegood.engine.avails.network import Ints
from makegood.engine.avails.records import FIRST, Ask, Availability, Booked, Contender, Relaxation
from makegood.engine.avails.widening import Variant, variants
from makegood.engine.outlook import Outlook
from makegood.engine.supply import Supply

Answer = TypeVar("Answer")


def check(
    supply: Supply, outlook: Outlook, booked: Sequence[Booked], asks: Sequence[Ask], *, relax: bool = True, displace: bool = False
) -> list[Availability]:
    """Availability of each ask. `relax` also tries every single relaxation for asks that fall short of their units.

    `displace` also names who would lose what if such an ask were booked all the same and served: holds and lower
    priorities first, then the latest of its own priority, never a higher one. `available` and their losses make up all
    that can be served.

    Raises OutlookInvalid when supply and outlook do not fit, LineInvalid for a line or an ask that makes no sense.
    The flow is exact on whole requests per cell.
    """
    for ask in asks:
        ask.check()
    answers = _Desk(supply, outlook, booked, asks, [[] for _ in asks]).answers(displace)
    tried = [
        variants(ask, outlook.period, supply) if relax and (answer.short or ask.units is None) else []
        for ask, answer in zip(asks, answers, strict=True)
    ]
    if not any(tried):
        return answers
    found = _Desk(supply, outlook, booked, asks, tried).relaxations([answer.available for answer in answers])
    return [replace(answer, relaxations=more) for answer, more in zip(answers, found, strict=True)]


class _Desk:
    """The graph of everybody asked for, the book of what is booked, and the asks in their turn.

    Cells of variants split no cell but their own graph's, so that asks without them are answered on a smaller one.
    """

    def __init__(
        self, supply: Supply, outlook: Outlook, booked: Sequence[Booked], asks: Sequence[Ask], tried: Sequence[Sequence[Variant]]
    ) -> None:
        self._asks, self._tried = asks, tried
        everybody = [*(line.scope for line in booked), *(ask.scope for ask in asks)]
        everybody += [variant.ask.scope for some in tried for variant in some]
        scopes = list(dict.fromkeys(everybody))
        graph = eligibility.graph(supply, outlook, scopes)
        self._cells: dict[eligibility.Scope, Ints] = dict(zip(scopes, graph.cells, strict=True))
        capacity = np.floor(graph.capacity + reach.ROUNDING).astype(np.int64)
        self._book = Book(capacity, [(line, self._cells[line.scope]) for line in booked])

    def answers(self, displace: bool) -> list[Availability]:
        """The sum and the contenders of each ask, with `displace` also whom it would displace."""
        return [self._in_turn(ask, self._answer(ask, displace)) for ask in self._asks]

    def relaxations(self, available: Sequence[int]) -> list[tuple[Relaxation, ...]]:
        """Each ask's variants solved, best first; those that gain nothing are left out."""
        return [
            self._in_turn(ask, self._gains(some, before))
            for ask, some, before in zip(self._asks, self._tried, available, strict=True)
        ]

    def _in_turn(self, ask: Ask, answer: Answer) -> Answer:
        """The answer, the ask being booked now if it is to count."""
        if ask.line_id is not None:
            self._book.book(ask.booked(ask.line_id), self._cells[ask.scope])
        return answer

    def _answer(self, ask: Ask, displace: bool) -> Availability:
        cells, book = self._cells[ask.scope], self._book
        free, contenders = book.contenders(cells)
        matched, held = book.matched(cells), sum(one.units for one in contenders if one.held)
        limit = _limit(ask, matched)
        available = min(free, limit)
        possible = min(book.possible(cells, ask.priority), limit) if ask.priority != "house" else available
        short = max(0, (ask.units or 0) - available)
        reserved, caps = matched - held - free, free - available
        lost = self._lost(ask, limit) if displace and short else ()
        return Availability(matched, reserved, held, caps, available, possible, short, tuple(contenders), (), lost)

    def _lost(self, ask: Ask, limit: int) -> tuple[Contender, ...]:
        """Whom the ask would displace as the first of its priority, as far as its cap lets it run."""
        first = replace(ask, units=min(ask.units or 0, limit)).booked(FIRST)
        return tuple(self._book.displaced(first, self._cells[ask.scope]))

    def _gains(self, tried: Sequence[Variant], available: int) -> tuple[Relaxation, ...]:
        found = []
        for variant in tried:
            cells = self._cells[variant.ask.scope]
            units = min(self._book.available(cells), _limit(variant.ask, self._book.matched(cells)))
            if units > available:
                found.append(Relaxation(variant.change, units, units - available))
        return tuple(sorted(found, key=lambda one: (-one.gain, one.change)))


def _limit(ask: Ask, matched: int) -> int:
    """The most impressions the ask's cap lets through of `matched` requests."""
    return reach.within_cap(matched, ask.frequency_cap, ask.requests_per_person_day)
