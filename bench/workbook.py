"""A workbook of many lines into the order builder: from its bytes to every cell priced and checked against avails together.

Run it with MAKEGOOD_HOME at a loaded demo. Timed through the whole application as the page asks: the file sent, then its
rows checked; the same rows typed as an agency writes them (days and figures as text) are the pasted sheet. The peer is one
check a line, as the form for adding a line makes it, on some of the same lines in the same run.
"""
import argparse
import datetime
import io
import itertools
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench import grown
from bench.pages import client
from bench.result import Goal, Result, at_least, at_most

GOAL = "M3: order builder - a 500-line workbook read, priced and checked against avails together, beside one check a line"
MOST_S, FASTER = 2.0, 10.0
HEADS = ("Product", "Name", "Start date", "End date", "Impressions", "Rate", "Flighting")
FLIGHTING = ("", "", "even by week", "front-loaded by month")
RESERVED = """INSERT INTO orders_reservation (flight_id, placement_id, days, units, exclusive, released_at, at)
SELECT f.id, r.placement_id, daterange(f.start, f."end" + 1), r.units, false, NULL, r.at FROM orders_flight f
JOIN orders_reservation r ON r.flight_id = (f.id % 10000000) % 1000000 AND NOT r.exclusive AND r.released_at IS NULL
WHERE f.id >= 1000000 AND f.status IN ('booked', 'ready', 'live', 'paused')"""
Rows = list[tuple[Any, ...]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many lines, how often, against how large a book."""
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--times", type=int, default=5, help="timed, after two that warm up")
    parser.add_argument("--peer-lines", type=int, default=40, help="lines checked one by one")
    parser.add_argument("--orders", type=int, default=2000, help="then again on the book grown to so many orders; 0: not")
    parser.add_argument("--as", dest="person", default="dana.whitfield@northlight.example", help="e-mail of who builds")


def run(options: argparse.Namespace) -> Result:
    """The demo's book, then the same grown; its goals are medians of wall time, processor time stands beside them."""
    os.environ.setdefault("MAKEGOOD_LOG_LEVEL", "ERROR")
    from makegood.config import database, settled

    with database.ready():
        settled.down()
        found = {"demo": measured(options)}
        if options.orders:
            with grown.book(options.orders) as sizes:
                found["grown"] = {"book": sizes | {"reservations": reserved()}, **measured(options)}
    return Result({"lines": options.lines, **{name: one["sheet"] for name, one in found.items()}, "split_ms": {name: one["split_ms"] for name, one in found.items()},
                   **({"book": found["grown"]["book"]} if options.orders else {})}, goals(found), {name: one["peer"] for name, one in found.items()})


def goals(found: dict[str, dict[str, Any]]) -> dict[str, Goal]:
    """Each book's median within the bound, and how many times the peer a line takes."""
    made: dict[str, Goal] = {}
    for name, one in found.items():
        made[f"{name}_workbook_s"] = at_most(one["sheet"]["workbook"]["median_s"], MOST_S)
        made[f"{name}_pasted_s"] = at_most(one["sheet"]["pasted"]["median_s"], MOST_S)
        made[f"{name}_times_faster_than_one_by_one"] = at_least(one["peer"]["processor_ms_a_line"] / one["sheet"]["pasted"]["processor_ms_a_line"], FASTER)
    return made


def reserved() -> int:
    """Give the flights copied their reservations; how many are in force."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(RESERVED)
        cursor.execute("ANALYZE orders_reservation")
        cursor.execute("SELECT count(*) FROM orders_reservation WHERE released_at IS NULL")
        return int(cursor.fetchone()[0])


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """The workbook and the pasted sheet timed, the split of one check, and the peer."""
    from makegood.core.models import Person
    from makegood.orders.models import Order

    person = Person.objects.get(email=options.person)
    order = Order.objects.filter(status="draft").order_by("pk").first() or draft(person)
    rows = lines(options.lines, options.seed)
    book, pasted = workbook(rows), json.dumps({"rows": typed(rows)})
    with client(options.person) as asks:
        sheet = {"workbook": timed(lambda: sent(asks, order.pk, book), options), "pasted": timed(lambda: checked(asks, order.pk, pasted), options)}
        answer = checked(asks, order.pk, pasted)
    short = sum(one["avails"]["state"] == "watch" for one in answer["rows"].values())
    return {"sheet": {**sheet, "short": short, **{name: answer["totals"][name] for name in ("rows", "errors", "warnings")}}, "split_ms": split(order, rows), "peer": peer(order, rows, options)}


def draft(person: Any) -> Any:
    """An empty draft where the book has none."""
    from django.utils import timezone

    from makegood.accounts.models import Account
    from makegood.orders.actions import drafting

    today = timezone.localdate()
    who = Account.objects.filter(party__kind="advertiser", credit_status="active").order_by("pk").first()
    return drafting.create("Bench", who, start=today, end=today, account_manager=person, campaign_manager=person, by=None, at=timezone.now())


def lines(count: int, seed: int) -> Rows:
    """Lines over the next quarter of what is sold by the impression, and a few takeovers."""
    from django.utils import timezone

    from makegood.catalog.models import Product

    draw, today = random.Random(seed), timezone.localdate()
    sold = sorted(Product.objects.filter(active=True, fallback_for=[]).values_list("name", "rate_type"))
    made: Rows = []
    for number in range(count):
        name, kind = draw.choice(sold)
        start = today + datetime.timedelta(days=draw.randrange(3, 90))
        end = start + datetime.timedelta(days=draw.randrange(6, 45))
        units = draw.randrange(20, 900) * 1000 if kind == "CPM" else draw.randrange(1, 20)
        made.append((name, f"Line {number + 1}", start, end, units, None if draw.random() < 0.5 else round(draw.uniform(5, 30), 2), draw.choice(FLIGHTING)))
    return made


def workbook(rows: Rows) -> bytes:
    """The lines as an agency's workbook."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Plan")
    for at, row in enumerate([("Media plan",), (), HEADS, *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def typed(rows: Rows) -> list[dict[str, Any]]:
    """The lines as pasted text: days in words, thousands with commas."""
    keys = ("product", "name", "start", "end", "quantity", "rate", "flighting")
    texts = [(name, label, f"{start:%d %b %Y}", f"{end:%d.%m.%Y}", f"{units:,}", "" if rate is None else str(rate), how) for name, label, start, end, units, rate, how in rows]
    return [{"key": f"r{at}", "line": None, "cells": dict(zip(keys, row, strict=True))} for at, row in enumerate(texts)]


def checked(asks: Any, order: int, body: str) -> dict[str, Any]:
    """The answer to a sheet of typed rows."""
    answer = asks.post(f"/orders/{order}/build/check/", body, content_type="application/json")
    assert answer.status_code == 200, answer.content[:300]
    return answer.json()  # type: ignore[no-any-return]


def sent(asks: Any, order: int, book: bytes) -> dict[str, Any]:
    """The answer to a workbook: its rows, checked."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = asks.post(f"/orders/{order}/build/upload/", {"sheet": SimpleUploadedFile("plan.xlsx", book)})
    assert answer.status_code == 200, answer.content[:300]
    return checked(asks, order, json.dumps({"rows": answer.json()["rows"]}))


def timed(work: Callable[[], object], options: argparse.Namespace) -> dict[str, float]:
    """Medians of wall and of this process's processor time."""
    for _ in range(2):
        work()
    walls, cpus = [], []
    for _ in range(options.times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return {"median_s": round(statistics.median(walls), 3), "worst_s": round(max(walls), 3), "processor_s": round(statistics.median(cpus), 3),
            "processor_ms_a_line": round(statistics.median(cpus) / options.lines * 1000, 3)}


def split(order: Any, rows: Rows) -> dict[str, float]:
    """Where one check's processor time goes: catalogue and lines fetched, cells read and priced, avails, the rest (approvals, answers)."""
    from django.utils import timezone

    from makegood.orders import availability
    from makegood.orders.sheet import checking
    from makegood.orders.sheet.rows import Typed

    sheet, at = [Typed(one["key"], None, one["cells"]) for one in typed(rows)], timezone.now()
    marks = [time.process_time()]
    setting = checking.setting_of(order, sheet, at)
    marks.append(time.process_time())
    found = checking.read(sheet, setting)
    marks.append(time.process_time())
    availability.check([checking.line(order, row, setting) for row in found if row.priced], at=at, relax=True)
    marks.append(time.process_time())
    checking.check(order, sheet, at=at)
    marks.append(time.process_time())
    fetched, read, avails, whole = (1000 * (after - before) for before, after in itertools.pairwise(marks))
    return {name: round(value, 1) for name, value in (("fetch", fetched), ("read_and_price", read), ("avails", avails), ("approvals_and_answers", whole - fetched - read - avails))}


def peer(order: Any, rows: Rows, options: argparse.Namespace) -> dict[str, float]:
    """One check a line, by the offer that the form for adding a line asks for."""
    from django.utils import timezone

    from makegood.catalog.models import Product
    from makegood.orders.queries import offers

    known = {one.name: one for one in Product.objects.all()}
    some = rows[: options.peer_lines]
    wall, cpu = time.perf_counter(), time.process_time()
    for name, _, start, end, units, _, _ in some:
        offers.offer(order, known[name], start=start, end=end, units=units, rate=None, at=timezone.now())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"lines": len(some), "wall_ms_a_line": round(wall / len(some) * 1000, 2), "processor_ms_a_line": round(cpu / len(some) * 1000, 2)}
