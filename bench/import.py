"""A workbook of many lines: read, matched to products, and its page with avails for every line, in a database of its own.

The workbook, the catalogue and what is booked are made by the seed; the steps are those of the import page.
"""
import argparse
import datetime as dt
import io
import os
import pathlib
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable

import xlsxwriter

from bench.result import Result, at_most

GOAL = "P11: order import - a 500-line workbook with avails for every line"
SECONDS, COLUMNS = 2.0, ("Placement", "Start Date", "End Date", "Impressions", "Rate", "Rate Type", "Amount")


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much of each."""
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--products", type=int, default=20)
    parser.add_argument("--booked", type=int, default=40, help="lines booked before")
    parser.add_argument("--times", type=int, default=3)


def run(options: argparse.Namespace) -> Result:
    """A home of its own, made and removed; the first round warms what is compiled and is not counted."""
    home = pathlib.Path(tempfile.mkdtemp(prefix="makegood-bench-"))
    home.chmod(0o755)  # the embedded database runs as an unprivileged user below it
    os.environ |= {"MAKEGOOD_HOME": str(home), "MAKEGOOD_LOG_LEVEL": "ERROR"}
    os.environ.pop("DATABASE_URL", None)
    from makegood.config import database, settled

    try:
        with database.ready():
            settled.down()
            sold(options)
            rounds = [measured(workbook(options, number), number) for number in range(options.times + 1)][1:]
    finally:
        shutil.rmtree(home, ignore_errors=True)
    figures = {name: round(statistics.median(one[name] for one in rounds), 3) for name in rounds[0]}
    whole = round(figures["read_and_match_s"] + figures["avails_for_every_line_s"], 3)
    return Result({"lines": options.lines, **figures}, {"workbook_with_avails_s": at_most(whole, SECONDS)})


def sold(options: argparse.Namespace) -> None:
    """A seller with products of one placement each, and lines booked on them."""
    from tests.factories import accounts, catalog, orders

    chance = random.Random(options.seed)
    accounts.seller()
    accounts.advertiser()
    made = [catalog.placement(f"place-{n}", requests=chance.randint(20_000, 400_000)) for n in range(options.products)]
    products = [product(n, place) for n, place in enumerate(made)]
    rival = orders.order("Rival", advertiser=accounts.advertiser("Meridian Rail"))
    for number in range(options.booked):
        orders.line(rival, products[number % len(products)], quantity=chance.randint(10_000, 100_000))
    orders.booked(rival)


def product(number: int, place: object) -> object:
    """Run of one section, by the impression."""
    from makegood.catalog.actions import products
    from tests.factories import catalog
    from tests.factories.accounts import NOW

    made = products.add_product(
        catalog.site(), f"section-{number}", f"Section {number} display", placements=[place], format="display", rate_type="CPM",
        spec_profile="display-300x250", by=None, at=NOW,
    )  # fmt: skip
    return catalog.priced(made, "12", "8")


def workbook(options: argparse.Namespace, number: int) -> bytes:
    """An agency's order: products by name, flights of a week to a month, quantities of which some are too much."""
    chance, stream = random.Random(f"{options.seed}/{number}"), io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Order")
        head = (("Order Number:", f"PM-{number}"), ("Advertiser:", "Oatfield Foods"), ("Campaign:", "Winter"), ("Currency:", "USD"))
        for row, cells in enumerate(head):
            sheet.write_row(row, 0, cells)
        sheet.write_row(len(head) + 1, 0, COLUMNS)
        for row in range(len(head) + 2, len(head) + 2 + options.lines):
            start = dt.date(2026, 12, 1) + dt.timedelta(days=chance.randint(0, 40))
            quantity = max(1, round(chance.lognormvariate(11.5, 1.2) / 1000)) * 1000
            name = f"Section {chance.randrange(options.products)} display"
            sheet.write_row(row, 0, (name, start, start + dt.timedelta(days=chance.randint(6, 30)), quantity, 12, "CPM", quantity * 12 / 1000))
    return stream.getvalue()


def measured(content: bytes, number: int) -> dict[str, float]:
    """Seconds and queries of receiving one workbook and of its availability."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from makegood.core.models import Role
    from makegood.orders.actions import importing
    from makegood.orders.queries import imports
    from tests.factories import orders
    from tests.factories.accounts import NOW

    begun = time.process_time()
    who = orders.someone(Role.ACCOUNT_MANAGER)
    read, received = timed(lambda: importing.receive([content], name=f"order-{number}.xlsx", by=who, at=NOW))
    with CaptureQueriesContext(connection) as captured:
        seen, view = timed(lambda: imports.import_view(who, received.pk, at=NOW))
    lines = [line for line in view.lines if line.avails]
    wished, _ = timed(lambda: again(view, received))
    return {
        "read_and_match_s": read, "page_s": seen, "avails_for_every_line_s": wished, "processor_s": time.process_time() - begun, "queries_of_the_page": len(captured),
        "lines_with_avails": len(lines), "lines_short": sum(bool(line.avails.short) for line in lines),
    }  # fmt: skip


def again(view: object, received: object) -> object:
    """The availability of every line by itself, as the page asks for it."""
    from makegood.catalog.models import Product
    from makegood.orders import availability
    from tests.factories.accounts import NOW

    products = {one.pk: one for one in Product.objects.prefetch_related("placements")}
    wishes = {
        line.number: availability.Wish(products[line.product_id], line.planned.start, line.planned.end, line.planned.quantity)
        for line in view.lines if line.product_id and line.planned
    }  # fmt: skip
    return availability.check_wishes(wishes, received.advertiser, at=NOW)


def timed(call: Callable[[], object]) -> tuple[float, object]:
    """(seconds, what was answered)."""
    begun = time.perf_counter()
    answer = call()
    return time.perf_counter() - begun, answer
