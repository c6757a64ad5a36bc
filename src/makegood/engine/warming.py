"""Every kernel compiled ahead of its first use: `python -m makegood.engine.warming`, once at set-up.

A tiny market goes through planning, availability, simulation and forecast; the machine code stays beside the source.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from makegood.engine import allocation, avails, cube, decision, eligibility, forecast, outlook, supply, targeting
from makegood.engine.decision import shares
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.plan import FrequencyCap, PlanPlacement, ServingPlan
from makegood.engine.simulator import core, terms

FIRST = dt.date(2026, 1, 5)
WEEKS = Period(FIRST, FIRST + dt.timedelta(days=27))
ANYTHING, MOBILE = targeting.EVERYTHING, targeting.from_json({"device": ["mobile"]})
SPORT = targeting.from_json({"section": {"include": ["sport"], "exclude": ["sport/chess"]}})


def warm() -> None:
    """Compile what is not compiled yet, first what people wait for; seconds when nothing is missing."""
    answers()
    asked, stock, look = _market()
    _planned(stock, look)
    _decided(asked)
    _simulated()
    _cubed()


def answers() -> None:
    """What people wait for while they type: availability and the forecast under it. Part of a second when nothing is missing."""
    _, stock, look = _market()
    _looked_up(stock, look)
    counts = np.random.default_rng(1).poisson(1_000, (3, 112)).astype(np.float64)
    forecast.daily(counts, 28, first_day=FIRST)


def _market() -> tuple[list[targeting.Request], supply.Supply, outlook.Outlook]:
    sections, devices = ("news", "sport/football", "sport/chess"), ("mobile", "desktop")
    asked = [targeting.Request(1, section=section, device=device) for section in sections for device in devices]
    stock = supply.from_requests(asked, np.full(len(asked), 1_000.0))
    return asked, stock, outlook.steady(stock, WEEKS)


def _planned(stock: supply.Supply, look: outlook.Outlook) -> None:
    """More is promised than there is, so that every step of the solver is taken."""
    cap = FrequencyCap(2, 86_400)
    wanted = [(ANYTHING, 90_000.0, 40.0, None), (MOBILE, 60_000.0, 200.0, None), (SPORT, 40_000.0, 5.0, cap)]
    contracts = [
        allocation.Contract(n, Scope(own, WEEKS), demand, penalty, frequency_cap=limit)
        for n, (own, demand, penalty, limit) in enumerate(wanted)
    ]
    allocation.solve(stock, look, contracts)


def _looked_up(stock: supply.Supply, look: outlook.Outlook) -> None:
    """Lines that can only make room for one more by moving."""
    booked = [avails.Booked(1, Scope(ANYTHING, WEEKS), 80_000), avails.Booked(2, Scope(MOBILE, WEEKS), 60_000, held=True)]
    avails.check(stock, look, booked, [avails.Ask(Scope(SPORT, WEEKS), 90_000), avails.Ask(Scope(MOBILE, WEEKS), 1_000)])
    eligibility.graph(stock, look, [Scope(SPORT, WEEKS), Scope(ANYTHING, Period(FIRST, FIRST))])
    cells = np.arange(6)
    book = avails.Book(np.full(6, 100), [(avails.Booked(n, Scope(ANYTHING, WEEKS), 300), cells) for n in (1, 2)])
    book.displaced(avails.Booked(0, Scope(ANYTHING, WEEKS), 200), cells)
    for n in range(3, 400):  # a book that outgrows its arrays
        book.book(avails.Booked(n, Scope(ANYTHING, WEEKS), 1), cells)


def _decided(asked: list[targeting.Request]) -> None:
    """Chances of one request, and requests in bulk."""
    there, began = PlanPlacement(1, "p", "display"), "2026-01-01T00:00:00+00:00"
    decider = decision.Decider(ServingPlan("p", 1, began, "UTC", (), (there,)))
    shares.shares(())
    decision.Cells(decider, 1, asked, at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC)).decide(np.zeros(1, np.int64), np.zeros(1))


def _simulated() -> None:
    """A step drawn, and the same as mean flow; one flight reaches its goal."""
    edges = terms.edges([np.array([0, 1]), np.array([0])], 2)
    flights = terms.guaranteed(np.array([0.5, 0.6]), np.array([1.0, 2.0]), np.ones(2))
    for rng in (None, np.random.default_rng(1)):
        for requests in (1.0, 500.0):
            core.serve_step(np.full(2, requests), edges, flights, np.ones(2), np.array([np.inf, 20.0]), rng)


def _cubed() -> None:
    """Codes and counts of every width, from arrays that may not be written, as mapped files are."""
    rows, keys = 300, ("order", "line", "hour")
    columns = {name: cube.Column(list(range(size)), np.arange(rows) % size) for name, size in zip(keys, (1, 2, 300), strict=True)}
    codes, by = {name: cube.Codes() for name in keys}, tuple(reversed(keys))
    for most in (1, 300, 70_000):
        counts = {"net": np.full(rows, most), "clicks": np.append(np.zeros(rows - 1, np.int64), most)}
        one = cube.coded(0, cube.Rows(columns, counts, np.arange(rows) << 40), codes, keys)
        for block in (one.rows, one.level):
            arrays = [*block.keys.values(), *block.counts.values(), *(side for span in block.spans.values() for side in (span.starts, span.stops))]
            for array in [*arrays, *([] if one.people is None else [one.people])]:
                array.flags.writeable = False
        sizes, where = {name: len(codes[name]) for name in keys}, {"hour": frozenset((1,))}
        for query in (cube.Query(by, tuple(counts), where), cube.Query(("line",), tuple(counts))):
            cube.sums([(0, one)], query, sizes)
            cube.level_sums(cube.joined([one], codes, keys), query, sizes)
        cube.people([one], "order", [0])


if __name__ == "__main__":
    warm()
