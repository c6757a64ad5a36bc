"""The event log into the warehouse, and the warehouse's rollups. Nothing of the control plane changes."""

import dataclasses
import datetime
import pathlib
from collections.abc import Callable, Collection

from django.conf import settings

from makegood.core import queries
from makegood.core.errors import Invalid
from makegood.delivery import rulesets
from makegood.delivery.models import Reach
from makegood.engine.counting import RuleSet
from makegood.orders.models import Flight, Order
from makegood.rollups import cells, cubes, engines, people, running, schema, shipping
from makegood.rollups.warehouse import Warehouse

_EPOCH_MS = datetime.date(1970, 1, 1).toordinal() * schema.DAY_MS


@dataclasses.dataclass(frozen=True)
class Shipped:
    """What a run took to the warehouse."""

    segments: int
    rows: int
    passed_over: int


def ship() -> Shipped:
    """Every finished segment that is not in the warehouse yet. Killed anywhere, the next run goes on."""
    folder = pathlib.Path(settings.EVENTS_FOLDER)
    done = list(shipping.ship(folder, warehouse(), zone=queries.seller().zone)) if folder.exists() else []
    return Shipped(len(done), sum(one.rows for one in done), sum(one.passed_over for one in done))


def roll_up(*, at: datetime.datetime, since: datetime.date | None = None) -> list[datetime.date]:
    """Make the tables of every day that events came for, each by the rules that count it; which days.

    Events come up to 45 days late.
    """
    begin, by = since or at.date() - running.LATE, engine()
    return [made.day for rules, which in counted_by(at) for made in running.run(warehouse(), rules, by, since=begin, which=which)]


def count_people(days: Collection[datetime.date], *, at: datetime.datetime) -> int:
    """Whom the orders that ran on `days` have reached so far, from the rollups; how many orders."""
    there = warehouse()
    made = [one for rules, which in counted_by(at) for one in running.made(there, rules) if which(one.day)]
    seen = people.flights(there, (one for one in made if one.day in days))
    ran = Order.objects.filter(lines__flights__in=seen).distinct()
    orders = dict(Flight.objects.filter(line__order__in=ran).values_list("pk", "line__order_id"))
    found = people.by_order(there, engine(), made, orders)
    for order_id, one in found.items():
        Reach.objects.update_or_create(order_id=order_id, defaults=dataclasses.asdict(one) | {"as_of": at})
    return len(found)


def code(*, at: datetime.datetime) -> tuple[list[datetime.date], cubes.Cube]:
    """Bring the cube of this machine up to the rollups; the days that were coded, and the cube."""
    opened = cells.opened(pathlib.Path(settings.CUBE_FOLDER))
    return [day for rules, which in counted_by(at) for day in cells.code(warehouse(), rules, opened, which)], opened


def counted_by(at: datetime.datetime) -> list[tuple[RuleSet, Callable[[datetime.date], bool]]]:
    """Each rule set with the days (UTC) that begin under it."""
    sets = rulesets.load(at=at)

    def which(version: str) -> Callable[[datetime.date], bool]:
        return lambda day: sets.at(day.toordinal() * schema.DAY_MS - _EPOCH_MS).version == version

    return [(rules, which(version)) for version, rules in sorted(sets.sets.items())]


def warehouse() -> Warehouse:
    """The one of the settings. Raises Invalid when it cannot be opened."""
    try:
        return Warehouse(str(settings.WAREHOUSE_URL))
    except ValueError as error:
        raise Invalid(f"{error}.", place="MAKEGOOD_WAREHOUSE_URL", remedy="Name a folder, or install the driver of that storage.") from error


def engine() -> engines.Engine:
    """The one of the settings. Raises Invalid when it is not known or not installed."""
    try:
        return engines.engine(settings.ROLLUP_ENGINE)
    except ValueError as error:
        raise Invalid(f"{error}.", place="MAKEGOOD_ROLLUP_ENGINE", remedy="Use duckdb, or install what it needs.") from error

