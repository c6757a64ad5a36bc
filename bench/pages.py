"""Times and queries of the list and record pages on the demo book, asked through the whole application as a person would.

Run it with MAKEGOOD_HOME at a loaded demo. Each page is asked several times, the first answer not counted.
"""
import argparse
import contextlib
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.result import Goal, Result, at_most

GOAL = "P9: pages - 95th percentile and queries of every list and record page on the demo book"
P95_MS, QUERIES = 300.0, 25
PERSON = "ruth.delgado@northlight.example"


@dataclass(frozen=True, slots=True)
class Page:
    """One page as measured."""

    path: str
    status: int
    times_ms: list[float]
    queries: int

    @property
    def p95_ms(self) -> float:
        """The 95th percentile of its times."""
        return statistics.quantiles(self.times_ms, n=20)[-1] if len(self.times_ms) > 1 else self.times_ms[0]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How often, and as whom."""
    parser.add_argument("--times", type=int, default=20, help="requests of each page")
    parser.add_argument("--as", dest="person", default=PERSON, help="e-mail of who asks")


def run(options: argparse.Namespace) -> Result:
    """Every page that is there; those that are not are named, not counted."""
    os.environ.setdefault("MAKEGOOD_LOG_LEVEL", "ERROR")
    from makegood.config import database

    with database.ready():
        from makegood.interfaces.web import links

        pages = [measured(path, options) for path in (*sorted(set(links.PAGES.values())), *records())]
    there = [page for page in pages if page.status == 200]
    figures = {page.path: f"{page.p95_ms:.0f} ms, {page.queries} queries" for page in there}
    goals: dict[str, Goal] = {"worst_p95_ms": at_most(round(max((page.p95_ms for page in there), default=0.0), 1), P95_MS)}
    goals["most_queries"] = at_most(max((page.queries for page in there), default=0), QUERIES)
    missing = [f"{page.path}: answered {page.status}" for page in pages if page.status != 200]
    return Result({"pages": len(there), **figures}, goals, notes=tuple(missing))


def measured(path: str, options: argparse.Namespace) -> Page:
    """One page: a first answer that warms what is cached, then the timed ones, then one with its queries counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with client(options.person) as asks:
        first = asks.get(path)
        if first.status_code != 200:
            return Page(path, first.status_code, [0.0], 0)
        times = []
        for _ in range(options.times):
            begun = time.perf_counter()
            asks.get(path)
            times.append((time.perf_counter() - begun) * 1000)
        with CaptureQueriesContext(connection) as captured:
            asks.get(path)
    return Page(path, first.status_code, times, len(captured))


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


def records() -> list[str]:
    """The busiest record of each kind that has a page."""
    from django.db.models import Count
    from django.urls import NoReverseMatch

    from makegood.accounts.models import Account
    from makegood.billing.models import Invoice
    from makegood.creatives.models import Version
    from makegood.interfaces.web import links
    from makegood.orders.models import Order, OrderImport
    from makegood.work.models import Case

    found = [
        Order.objects.filter(status="live").annotate(n=Count("lines")).order_by("-n", "pk").first(), Account.objects.order_by("pk").first(),
        Invoice.objects.filter(status="issued").first(), Case.objects.order_by("pk").first(), OrderImport.objects.filter(status="read").first(),
        getattr(Version.objects.order_by("pk").first(), "creative", None),
    ]  # fmt: skip
    paths = []
    for record in found:
        with contextlib.suppress(NoReverseMatch):
            if record is not None and (path := links.record(record)):
                paths.append(path)
    return paths
