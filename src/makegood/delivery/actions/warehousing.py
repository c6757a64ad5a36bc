"""The event log into the warehouse, and the warehouse's rollups. Nothing of the control plane changes."""

import dataclasses
import datetime
import pathlib

from django.conf import settings
from django.utils import timezone

from makegood.core import queries
from makegood.core.errors import Invalid
from makegood.delivery import rulesets
from makegood.engine.counting import RuleSet
from makegood.rollups import cells, cubes, engines, running, shipping
from makegood.rollups.warehouse import Warehouse


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
    """Make the tables of every day that events came for; which days. Events come up to 45 days late."""
    begin = since or at.date() - running.LATE
    return [made.day for made in running.run(warehouse(), rules(), engine(), since=begin)]


def code() -> tuple[list[datetime.date], cubes.Cube]:
    """Bring the cube of this machine up to the rollups; the days that were coded, and the cube."""
    opened = cells.opened(pathlib.Path(settings.CUBE_FOLDER), rules())
    return list(cells.code(warehouse(), rules(), opened)), opened


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


def rules() -> RuleSet:
    """What counts now."""
    return rulesets.load(at=timezone.now()).named("2026-11")
