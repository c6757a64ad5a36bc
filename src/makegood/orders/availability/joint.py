"""What is free for things somebody might book, alone and together: supply, book and holds as the planner takes them."""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.engine.planner import Stock
from makegood.orders.availability import book, checking, exclusive, supply
from makegood.orders.models import Line, Order

Stretch = tuple[datetime.date, datetime.date]


@dataclasses.dataclass(frozen=True)
class Run:
    """Placements and targeting over some stretches of days."""

    placement_ids: tuple[int, ...]
    targeting: dict[str, Any]
    periods: tuple[Stretch, ...]


def stock(runs: Mapping[str, Run], advertiser: Account | None, *, at: datetime.datetime) -> tuple[Stock, frozenset[int]] | None:
    """The stock of all runs, and the placements about which enough is known. None when there is none.

    Holds of the advertiser itself do not stand in its way. Days before `at` are left out by the caller.
    """
    if not runs:
        return None
    wanted = {pk for run in runs.values() for pk in run.placement_ids}
    start, end = min(run.periods[0][0] for run in runs.values()), max(run.periods[-1][1] for run in runs.values())
    booked = book.flights(wanted, start, end)
    end = max([end, *(flight.end for flight in booked)])
    places = wanted | {pk for flight in booked for pk in flight.placement_ids}
    counted, expected, known = supply.of(places, start, end, today=at.date())
    held = book.others(book.holds(wanted, start, end, at), Order(advertiser=advertiser))
    claimed, _ = book.claims(booked, held, today=at.date())
    scopes = {key: [book.scope(run.targeting, run.placement_ids, *days) for days in run.periods] for key, run in runs.items()}
    every = [one for some in scopes.values() for one in some] + [one.scope for one in claimed]
    return Stock(*supply.told_apart(counted, expected, places, every), claimed, scopes), known


def days(runs: Mapping[str, tuple[Product, tuple[Stretch, ...]]], advertiser: Account | None, *, at: datetime.datetime) -> dict[str, int]:
    """Free days of products sold whole by the day, over all stretches of each run."""
    order, lines, keys = Order(advertiser=advertiser), {}, []
    for key, (product, periods) in runs.items():
        for start, end in periods:
            line = Line(pk=-1 - len(keys), order=order, product=product, start=start, end=end, quantity=1, unit="days")
            lines[len(keys)] = (line, checking.placements(line))
            keys.append(key)
    found = dict.fromkeys(runs, 0)
    for number, one in exclusive.check(lines, at).items():
        found[keys[number]] += one.available
    return found
