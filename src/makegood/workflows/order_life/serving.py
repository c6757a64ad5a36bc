"""Stage 7: a private ad server process with the order's part of the plan, driven over HTTP on the order's own clock."""

import asyncio
import contextlib
import dataclasses
import datetime
import pathlib
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from django.conf import settings

from makegood.adserver import traffic
from makegood.catalog.models import Placement
from makegood.core.errors import Refused
from makegood.delivery.actions import counting
from makegood.engine.periods import day_bounds
from makegood.engine.plan import ServingPlan
from makegood.trafficking.plan import writing
from makegood.workflows.order_life.life import Life

SHARE_OF_GOAL = 0.04  # what real requests may use of a promise, so that the flight itself is still to come
DEVICES = ("mobile", "desktop")


def serve(life: Life) -> str:
    """Requests by HTTP on the first day of the flight: our own tests, then people; events counted once."""
    order = life.refresh()
    life.until(day_bounds(order.start, order.zone)[0] + datetime.timedelta(hours=10, minutes=30))
    plan = own(writing.current(), order.pk)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with server(plan, folder, life.moment) as url:
            tests, people = drive(url, plan, life)
        counted = counting.count_all(folder / "events", at=life.later(minutes=10))
    sent = life.requests
    events = sum(people.acknowledged.values()) + sum(tests.acknowledged.values())
    life.facts["served"] = {
        "requests": sent, "events_acknowledged": events, "events_read": counted.read, "accepted": counted.accepted, "filtered": counted.filtered,
        "errors": people.errors + tests.errors,
    }  # fmt: skip
    if counted.read != events or people.errors + tests.errors:
        raise Refused(f"{events} events were acknowledged, {counted.read} are in the log.", place=str(order), remedy="See the ad server's log.")
    return f"{sent} HTTP requests, {events} events acknowledged, {counted.read} in the log"


def own(plan: ServingPlan | None, order_id: int) -> ServingPlan:
    """The published plan with one order's flights only."""
    if plan is None:
        raise Refused("no plan is published.", place="plan", remedy="Publish it first.")
    flights = tuple(one for one in plan.flights if one.order_id == order_id)
    used = {row.creative_id for one in flights for row in one.creatives}
    return dataclasses.replace(plan, flights=flights, creatives=tuple(one for one in plan.creatives if one.id in used))


@contextlib.contextmanager
def server(plan: ServingPlan, folder: pathlib.Path, at: datetime.datetime) -> Iterator[str]:
    """A running ad server whose clock says `at`; its URL. Stopped, with every event written, on leaving."""
    (folder / "plan.json").write_bytes(plan.to_json())
    command = [
        sys.executable, "-m", "makegood.adserver", "--plan", str(folder / "plan.json"), "--events", str(folder / "events"),
        "--assets", str(settings.ASSETS_FOLDER), "--keys", str(settings.KEYS_FILE), "--port", "0", "--clock", at.isoformat(), "--log-level", "WARNING",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line.startswith("listening on"):
                raise Refused(f"the ad server did not start: {(folder / 'log').read_text()[-400:]}", place="ad server", remedy="See `makegood doctor`.")
            yield f"http://127.0.0.1:{line.strip().rpartition(':')[2]}"
        finally:
            process.terminate()
            process.wait(15)


def drive(url: str, plan: ServingPlan, life: Life) -> tuple[traffic.Driven, traffic.Driven]:
    """(tests, people): of `life.requests` as many by people as the promises allow, the rest marked as our own tests."""
    now = life.moment
    running = [one for one in plan.flights if datetime.datetime.fromisoformat(one.starts_at) <= now < datetime.datetime.fromisoformat(one.ends_at)]
    wanted = {pk for one in running for pk in one.placement_ids}
    codes = sorted(Placement.objects.filter(pk__in=wanted).values_list("code", flat=True))
    room = int(SHARE_OF_GOAL * sum(one.goal for one in running if one.goal))
    real = min(life.requests * 3 // 4, max(room, 1)) if room or any(one.goal for one in running) else life.requests // 2
    chance = random.Random(life.seed)

    def ask(test: bool) -> traffic.Ask:
        return lambda draw: {
            "slots": [{"placement": draw.choice(codes)}], "geo": "US-NY-501", "device": draw.choice(DEVICES), "consent": False, "test": test,
        }  # fmt: skip

    async def both() -> tuple[traffic.Driven, traffic.Driven]:
        tests = await traffic.drive(url, life.requests - real, ask(True), chance=chance, people=traffic.People(click=0.0))
        return tests, await traffic.drive(url, real, ask(False), chance=chance)

    return asyncio.run(both())
