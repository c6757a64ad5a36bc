"""Times and queries of the list and record pages on the demo book, asked through the whole application as a person would.

Run it with MAKEGOOD_HOME at a loaded demo. The seller's pages are asked by one of its people, the portal by a client's
contact; an address that only leads to another is left out.
"""
import argparse
import contextlib
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench import addresses, grown
from bench.addresses import Address
from bench.result import Goal, Result, at_most

GOAL = "P9: pages - 95th percentile and queries of every list and record page on the demo book"
P95_MS, QUERIES, RATIO, WARM_UPS = 300.0, 25, 1.5, 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page as measured."""

    path: str
    status: int
    times_ms: list[float]
    queries: int

    @property
    def p95_ms(self) -> float:
        """The 95th percentile of its times, never beyond the slowest."""
        return statistics.quantiles(self.times_ms, n=20, method="inclusive")[-1] if len(self.times_ms) > 1 else self.times_ms[0]

    @property
    def figures(self) -> dict[str, float]:
        """Its row of the table."""
        return {"p95_ms": round(self.p95_ms, 1), "median_ms": round(statistics.median(self.times_ms), 1), "queries": self.queries}


def arguments(parser: argparse.ArgumentParser) -> None:
    """How often, as whom, and on how large a book besides."""
    parser.add_argument("--times", type=int, default=20, help=f"timed requests of each page, after {WARM_UPS} that warm up")
    parser.add_argument("--as", dest="person", default=addresses.RUTH, help="e-mail of who asks for the seller's pages")
    parser.add_argument("--contact", default="", help="e-mail of the client's contact who asks for the portal")
    parser.add_argument("--orders", type=int, default=0, help="then again on the book grown to so many orders, the demo's own as its peer")


def run(options: argparse.Namespace) -> Result:
    """Every page that is there; those that refuse are named, not counted."""
    os.environ.setdefault("MAKEGOOD_LOG_LEVEL", "ERROR")
    from makegood.config import database, settled

    with database.ready():
        settled.down()  # as the server does
        asked = addresses.all_of(options.person, options.contact)
        pages = [measured(address, options.times) for address in asked]
        if not options.orders:
            return result(pages)
        with grown.book(options.orders) as sizes:
            return against(result([measured(address, options.times) for address in asked]), result(pages), sizes)


def result(pages: list[Page]) -> Result:
    """The table and the two goals; redirects are of no interest, refusals are noted."""
    there = [page for page in pages if page.status == 200]
    figures: dict[str, object] = {"pages": len(there), **{page.path: page.figures for page in there}}
    goals: dict[str, Goal] = {"worst_p95_ms": at_most(round(max((page.p95_ms for page in there), default=0.0), 1), P95_MS)}
    goals["most_queries"] = at_most(max((page.queries for page in there), default=0), QUERIES)
    missing = [f"{page.path}: answered {page.status}" for page in pages if page.status != 200 and page.status // 100 != 3]
    return Result(figures, goals, notes=tuple(missing))


def against(large: Result, small: Result, sizes: dict[str, int]) -> Result:
    """The large book's table with the small one's as peer; the goal is the largest ratio of medians."""
    ratios = {
        path: row["median_ms"] / small.figures[path]["median_ms"]  # type: ignore[index]
        for path, row in large.figures.items() if isinstance(row, dict)
    }  # fmt: skip
    worst = sorted(ratios.items(), key=lambda pair: -pair[1])
    goals = {**large.goals, "worst_ratio": at_most(round(worst[0][1], 2), RATIO)}
    beyond = tuple(f"{path}: {ratio:.1f} times the demo's median" for path, ratio in worst if ratio > RATIO)
    return Result({"book": sizes, **large.figures}, goals, peers=small.figures, notes=(*large.notes, *beyond))


def measured(address: Address, times: int) -> Page:
    """One page: answers that warm what is kept, then the timed ones, then one with its queries counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with client(address.person) as asks:
        status = [asks.get(address.path).status_code for _ in range(WARM_UPS)][-1]
        if status != 200:
            return Page(address.path, status, [0.0], 0)
        taken = [_timed(asks, address.path) for _ in range(times)]
        with CaptureQueriesContext(connection) as captured:
            asks.get(address.path)
    return Page(address.path, status, taken, len(captured))


def _timed(asks: Any, path: str) -> float:
    begun = time.perf_counter()
    asks.get(path)
    return (time.perf_counter() - begun) * 1000


@contextlib.contextmanager
def client(email: str) -> Iterator[Any]:
    """Django's own client, signed in."""
    from django.conf import settings
    from django.test import Client

    from makegood.core.models import Person

    settings.ALLOWED_HOSTS = ["*"]
    asks = Client()
    asks.force_login(Person.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    yield asks
