"""Items of the queue as the page places them: address, button, times to put off. No rule of the queue lives here."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest
from django.utils import timezone

from makegood.core import queries
from makegood.core.models import Person
from makegood.insight import queue
from makegood.insight.queue import beside, running
from makegood.insight.queue.item import Item
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links

HERE = {"decide": "/today/decide/{id}/", "countersign": "/today/countersign/{id}/", "hold": "/today/hold/{id}/"}
POSTS = {"ask": "/today/tasks/{id}/ask/", "done": "/today/tasks/{id}/done/", "reply": "/today/reply/{id}/"}
MORNING = 9
PROMISES = 6


@dataclasses.dataclass(frozen=True)
class Row:
    """One row: exactly one of `url` (a link), `panel` (opens beside) and `post` (done at once) leads somewhere."""

    item: Item
    late: bool
    filled: bool
    when: str
    left: str
    url: str = ""
    panel: str = ""
    post: str = ""
    puts_off: Sequence[tuple[str, str]] = ()

    @property
    def is_task(self) -> bool:
        """Whether it can be ticked off by hand."""
        return self.item.key.startswith("task-")


@dataclasses.dataclass(frozen=True)
class Shown:
    """A group of rows with its sum as text."""

    name: str
    late: bool
    rows: tuple[Row, ...]
    money: str


def groups(items: Sequence[Item], at: datetime.datetime, person: Person) -> list[Shown]:
    """Rows by stretch of time."""
    found = queue.grouped(items, at, person)
    return [Shown(one.name, one.late, tuple(row(item, at) for item in one.items), sums(one.money)) for one in found]


def row(item: Item, at: datetime.datetime) -> Row:
    """The item with its addresses and words of time."""
    number = item.key.rpartition("-")[2]
    soon = item.due_at - at < datetime.timedelta(hours=16) or item.late(at)
    return Row(
        item, item.late(at), item.pressing(at), _when(item.due_at, at), formats.due(item.due_at, at) if soon else "",
        url="" if item.does else place(item), panel=HERE.get(item.does, "").format(id=number), post=POSTS.get(item.does, "").format(id=number),
        puts_off=puts_off(item, at),
    )  # fmt: skip


def place(item: Item) -> str:
    """Where the item's record is shown."""
    if item.tab == "trafficking":
        return links.part("trafficking", item.place_id)
    path = links.to(item.place, item.place_id)
    return f"{path}?tab={item.tab}" if path and item.tab else path or links.page("tasks")


def puts_off(item: Item, at: datetime.datetime) -> list[tuple[str, str]]:
    """Moments to put the item off to, none past its due date: (label, ISO moment)."""
    now = timezone.localtime(at)
    morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    tomorrow = morning + datetime.timedelta(days=1)
    monday = morning + datetime.timedelta(days=7 - now.weekday())
    choices = [("For an hour", now + datetime.timedelta(hours=1)), ("Until tomorrow, 9:00", tomorrow), ("Until Monday, 9:00", monday)]
    fits = [(label, until) for label, until in choices if item.late(at) or until <= item.due_at]
    if not item.late(at) and not fits:
        fits = [("Until it is due", timezone.localtime(item.due_at))]
    return [(label, until.isoformat()) for label, until in fits]


def _when(due_at: datetime.datetime, at: datetime.datetime) -> str:
    here, now = timezone.localtime(due_at), timezone.localtime(at)
    if here.date() == now.date():
        return f"{here:%H:%M}"
    return f"{here:%a %H:%M}" if abs((here.date() - now.date()).days) < 7 else f"{here.day} {here:%b}"


def sums(found: dict[str, Decimal]) -> str:
    """Money by currency in one text."""
    return " + ".join(formats.money(value, currency, decimals=0) for currency, value in sorted(found.items()))


def chips(request: HttpRequest, seen: queue.Queue) -> list[c.FilterChip]:
    """All and each kind that has items, with counts."""
    chosen, team = request.GET.get("show", ""), "team" in request.GET
    tail = "&team=1" if team else ""
    every = c.FilterChip("All", "/?team=1" if team else "/", not chosen, len(seen.items))
    kinds = [
        c.FilterChip(label, f"/?show={key}{tail}", chosen == key, seen.counts[key])
        for key, label in queue.KINDS.items() if seen.counts[key] or chosen == key
    ]  # fmt: skip
    return [every, *kinds]


def panel(person: Person, seen: queue.Queue, at: datetime.datetime) -> dict[str, object]:
    """The three sections beside the queue."""
    risky = [pace for pace in seen.paces if pace.state != "ok"]
    total: dict[str, Decimal] = {}
    for pace in risky:
        total[pace.line.order.currency] = total.get(pace.line.order.currency, Decimal(0)) + pace.at_risk
    flying = " + ".join(formats.money(v, k, short=True) for k, v in sorted(beside.in_flight(seen.people).items()))
    return {
        "promises": [_promise(pace) for pace in risky[:PROMISES]], "risk_total": sums(total), "in_flight": flying, "more_risk": len(risky) - PROMISES,
        "launches": beside.launches(person, seen.people, at), "owed": beside.owed(person, seen), "staff": queries.staff,
    }  # fmt: skip


def _promise(pace: object) -> dict[str, object]:
    """A promise with its bar and how far it ends from the goal."""
    line = pace.line  # type: ignore[attr-defined]
    bar = c.Promise(pace.goal, pace.delivered, pace.projected, pace.projected_low, pace.projected_high, pace.state, line.unit)  # type: ignore[attr-defined]
    share = pace.projected / pace.goal - 1 if pace.goal else 0  # type: ignore[attr-defined]
    return {
        "pace": pace, "line": line, "bar": bar, "gap": formats.percent(share), "url": links.part("pacing", line.pk),
        "words": running.gap(pace),  # type: ignore[arg-type]
    }  # fmt: skip
