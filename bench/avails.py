"""Availability on a book of 10,000 lines: looked up in the living book against full re-solves of the same graph.

Times are processor seconds of one thread, medians over seeded asks; every answer is compared with the full solve's.
"""
import argparse
import dataclasses
import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from bench import high_water, supply_graph
from bench.full_flow import ByOurs, ByScipy, Graph, Ints
from bench.result import Result, at_least, at_most
from makegood.engine.avails import Book, Booked
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.targeting import EVERYTHING

GOAL = "P2: availability - a living book of 10,000 lines against full re-solves"
SCOPE = Scope(EVERYTHING, Period(dt.date(2026, 1, 1), dt.date(2026, 1, 31)))
ALL = 1 << 40
Answer = TypeVar("Answer")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Size, and how often each is asked."""
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--cells", type=int, default=20_000)
    parser.add_argument("--edges", type=int, default=5_600_000, help="about so many pairs of a line and a cell")
    parser.add_argument("--sold", type=float, default=0.75)
    parser.add_argument("--asks", type=int, default=200, help="new lines looked up in the book")
    parser.add_argument("--solves", type=int, default=3, help="full re-solves by each peer")


def run(options: argparse.Namespace) -> Result:
    """The book is built a line at a time, asked, changed, and asked again."""
    graph, asks = drawn(options)
    built, book = timed(lambda: Book(graph.capacity, booked(graph)))
    mine = [timed(lambda one=one: book.available(*one)) for one in asks]
    most = [timed(lambda one=one: book.available(one[0])) for one in asks]
    leftover = [book.untouched(cells) for cells, _ in asks]
    kept = dataclasses.replace(graph, units=np.array([book.placed(n) for n in range(options.lines)]))  # what fits of an oversold book
    peers, differing = solved(kept, asks[: options.solves], [answer for _, answer in most])
    full = peers["scipy_dinic_s"]  # the independent full solve; our own kernels from nothing stand beside it in the figures
    wanted = [min(units, book.matched(cells)) for cells, units in asks]
    checks, searches = [s for s, _ in mine], [s for s, _ in most]
    matched = np.array([book.matched(cells) for cells, _ in asks])
    figures = {
        "lines": options.lines, "cells": options.cells, "edges": len(graph.cells), "units_short": sum(book.oversold.values()),
        "build_s": round(built, 3), "is_this_much_free_ms": in_ms(checks), "maximum_ms": in_ms(searches),
        "free_as_asked": round(float(np.mean([a >= w for (_, a), w in zip(mine, wanted, strict=True)])), 3),
        "exact_part_of_matched": round(float(np.mean([a for _, a in most] / matched)), 4),
        **changes(book, graph, asks),
        "check_ratio_to_own_kernels_from_nothing": ratios(peers["own_kernels_from_nothing_s"], checks),
        "maximum_ratio_to_own_kernels_from_nothing": ratios(peers["own_kernels_from_nothing_s"], searches),
    }  # fmt: skip
    peers["leftover_part_of_matched"] = round(float(np.mean(leftover / matched)), 4)
    goals = {
        "check_ratio_median": at_least(round(full / statistics.median(checks), 1), 500.0),
        "maximum_ratio_median": at_least(round(full / statistics.median(searches), 1), 50.0),
        "maximum_ratio_p95": at_least(round(full / float(np.quantile(searches, 0.95)), 1), 10.0),
        "answers_that_differ": at_most(differing, 0),
    }
    return Result(figures, goals, peers)


def drawn(options: argparse.Namespace) -> tuple[Graph, list[tuple[Ints, int]]]:
    """The booked graph, and lines of the same kind that are not booked: (cells, units)."""
    count = options.lines
    whole = supply_graph.contended(options.seed, count + options.asks, options.cells, options.edges, options.sold)
    units = np.floor(whole.demand).astype(np.int64)
    asks = [(whole.cells[n], max(1, int(units[n]))) for n in range(count, count + options.asks)]
    return booked_part(whole, count), asks


def booked_part(whole: supply_graph.SupplyGraph, count: int) -> Graph:
    """The first `count` contracts of a supply graph in whole requests, each sold as far as it fits beside those before it."""
    ptr = np.concatenate(([0], np.cumsum([len(own) for own in whole.cells[:count]]))).astype(np.int64)
    units = np.floor(whole.demand[:count]).astype(np.int64)
    wanted = Graph(np.floor(whole.capacity).astype(np.int64), units, ptr, np.concatenate(whole.cells[:count]))
    book = Book(wanted.capacity, booked(wanted))
    return dataclasses.replace(wanted, units=np.array([book.placed(n) for n in range(count)]))


def booked(graph: Graph) -> Iterable[tuple[Booked, Ints]]:
    """The lines of the graph as a book takes them."""
    return ((Booked(n, SCOPE, units), graph.line(n)) for n, units in enumerate(graph.units.tolist()))


def changes(book: Book, graph: Graph, asks: list[tuple[Ints, int]]) -> dict[str, object]:
    """Milliseconds of what keeps a book alive, and of saying who is in the way."""
    first = len(graph.units)
    lines = [(Booked(first + n, SCOPE, units), cells) for n, (cells, units) in enumerate(asks)]
    return {
        "book_ms": in_ms([timed(lambda one=one: book.book(*one))[0] for one in lines]),
        "cancel_ms": in_ms([timed(lambda one=one: book.cancel(one[0].line_id))[0] for one in lines]),
        "contenders_ms": in_ms([timed(lambda one=one: book.contenders(one[0]))[0] for one in asks[:20]]),
    }


def solved(graph: Graph, asks: list[tuple[Ints, int]], most: list[int]) -> tuple[dict[str, float], int]:
    """Medians of the peers' full solves, and how many of their answers differ from the book's."""
    scipy, ours, differing = ByScipy(graph), ByOurs(graph), 0
    times: dict[str, list[float]] = {"scipy_dinic_s": [], "own_kernels_from_nothing_s": [], "high_water_search_s": []}
    ours.most(ours.emptied(asks[0][0]), 1)  # compiled
    high_water.most(graph, asks[0][0][:0])
    marks = []
    for (cells, _), expected in zip(asks, most, strict=False):
        matrix, net = scipy.matrix(cells, int(graph.capacity[cells].sum())), ours.emptied(cells)
        answers = {
            "scipy_dinic_s": timed(lambda matrix=matrix: scipy.most(matrix)),
            "own_kernels_from_nothing_s": timed(lambda net=net: ours.most(net, ALL)),
            "high_water_search_s": timed(lambda cells=cells: high_water.most(graph, cells)),
        }
        for name, (seconds, _) in answers.items():
            times[name].append(seconds)
        differing += sum(answers[name][1] != expected for name in ("scipy_dinic_s", "own_kernels_from_nothing_s"))
        marks.append(answers["high_water_search_s"][1])
    return {name: round(statistics.median(some), 4) for name, some in times.items()} | {
        "high_water_part_of_exact": round(sum(marks) / max(1, sum(most[: len(marks)])), 4)
    }, differing


def timed(call: Callable[[], Answer]) -> tuple[float, Answer]:
    """(processor seconds of this thread, what was answered)."""
    begun = time.thread_time()
    answer = call()
    return time.thread_time() - begun, answer


def ratios(peer_s: float, seconds: list[float]) -> str:
    """How many times as long the peer takes, at the median and at the 95th percentile of ours."""
    return f"median {peer_s / statistics.median(seconds):.1f}, p95 {peer_s / float(np.quantile(seconds, 0.95)):.1f}"


def in_ms(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    return f"median {statistics.median(seconds) * 1e3:.3f}, p95 {float(np.quantile(seconds, 0.95)) * 1e3:.3f}"
