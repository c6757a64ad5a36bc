"""A workbook of many lines into the order builder: from its bytes to every cell priced and checked against avails together.

Run it with MAKEGOOD_HOME at a loaded demo. Timed through the whole application as the page asks: the file sent, then its
rows checked; the same rows typed as an agency writes them (days and figures as text) are the pasted sheet. The peer is one
check a line, as the form for adding a line makes it, on some of the same lines in the same run.
"""
import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench import grown
from bench.pages import client
from bench.result import Goal, Result, at_least, at_most
from bench.workbook_lines import Rows, lines, typed, workbook

GOAL = "M3: order builder - a 500-line workbook read, priced and checked against avails together, beside one check a line"
MOST_S, FASTER = 2.0, 10.0
RESERVED = """INSERT INTO orders_reservation (flight_id, placement_id, days, units, exclusive, released_at, at)
SELECT f.id, r.placement_id, daterange(f.start, f."end" + 1), r.units, false, NULL, r.at FROM orders_flight f
JOIN orders_reservation r ON r.flight_id = (f.id % 10000000) % 1000000 AND NOT r.exclusive AND r.released_at IS NULL
WHERE f.id >= 1000000 AND f.status IN ('booked', 'ready', 'live', 'paused')"""


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
    """Processor time of a check's parts on their own (catalogue and lines fetched, cells read and priced, avails), and of a whole one."""
    from django.utils import timezone

    from makegood.orders import availability
    from makegood.orders.sheet import checking
    from makegood.orders.sheet.rows import Typed

    sheet, at = [Typed(one["key"], None, one["cells"]) for one in typed(rows)], timezone.now()
    setting = checking.setting_of(order, sheet, at)
    lines = [checking.line(order, row, setting) for row in checking.read(sheet, setting) if row.priced]
    parts: dict[str, Callable[[], object]] = {
        "fetch": lambda: checking.setting_of(order, sheet, at), "read_and_price": lambda: checking.read(sheet, setting),
        "avails": lambda: availability.check(lines, at=at, relax=True), "whole": lambda: checking.check(order, sheet, at=at),
    }  # fmt: skip
    return {name: round(min(_processor_ms(work) for _ in range(3)), 1) for name, work in parts.items()}


def _processor_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def peer(order: Any, rows: Rows, options: argparse.Namespace) -> dict[str, float]:
    """One check a line: each row sent by itself, as a form for one line would."""
    from django.utils import timezone

    from makegood.orders.sheet import checking
    from makegood.orders.sheet.rows import Typed

    some = [Typed(one["key"], None, one["cells"]) for one in typed(rows[: options.peer_lines])]
    wall, cpu = time.perf_counter(), time.process_time()
    for row in some:
        checking.check(order, [row], at=timezone.now())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"lines": len(some), "wall_ms_a_line": round(wall / len(some) * 1000, 2), "processor_ms_a_line": round(cpu / len(some) * 1000, 2)}
