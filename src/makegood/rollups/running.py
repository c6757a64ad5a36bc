"""Rollups by day, made again only where events have come since; each day's manifest says of which files it was made.

A run that dies loses the day it was at: its manifest still names the old files, so the next run makes it again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping

from ibis.expr.types import Table

from makegood.engine.counting import RuleSet
from makegood.rollups import expressions, rolling, shipping
from makegood.rollups.engines import Engine
from makegood.rollups.warehouse import Stored, Warehouse

LOOKBACK_DAYS = 1  # a signed URL lives 24 hours, so a copy follows its original by a day at most
REPORTED_DAYS = 45  # but an order may be reported again as long as counting remembers it
LATE = dt.timedelta(days=45)
TABLES = "2"  # of what the tables hold: a day made when they held less is made again
ROOT = "rollups"
_DAY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """One day's tables and the files they were made of."""

    day: dt.date
    made_of: str
    tables: Mapping[str, Stored]


@dataclasses.dataclass(frozen=True, slots=True)
class Files:
    """Event files by the UTC day they are of, and by the seller's days in them; those of conversions alone, by their UTC day."""

    of_day: Mapping[dt.date, list[Stored]]
    of_seller_day: Mapping[dt.date, set[dt.date]]
    conversions: Mapping[dt.date, list[Stored]]

    def read_for(self, day: dt.date) -> list[Stored]:
        """What the tables of `day` are made of: its UTC day, the ones its seller's day touches, and LOOKBACK_DAYS before; and
        the conversions of the REPORTED_DAYS before.
        """
        touched = {day, *self.of_seller_day.get(day, ())}
        wanted = {one - back * _DAY for one in touched for back in range(LOOKBACK_DAYS + 1)}
        before = {day - back * _DAY for back in range(1, REPORTED_DAYS + 1)} - wanted
        files = [file for one in wanted for file in self.of_day.get(one, ())] + [file for one in before for file in self.conversions.get(one, ())]
        return sorted(files, key=lambda file: file.path)


def every(day: dt.date) -> bool:
    """Any day."""
    return True


def due(
    warehouse: Warehouse, rules: RuleSet, *, since: dt.date, which: Callable[[dt.date], bool] = every
) -> list[tuple[dt.date, list[Stored]]]:
    """Days from `since` on that `which` asks for, whose tables are missing or made of other files than there are, each with its files."""
    files = _files(warehouse, since - max(LOOKBACK_DAYS, REPORTED_DAYS) * _DAY - _DAY)
    days = sorted({*files.of_day, *files.of_seller_day})
    wanted = [(day, files.read_for(day)) for day in days if day >= since and which(day)]
    return [(day, read) for day, read in wanted if _made_of(warehouse, rules, day) != _signature(read)]


def run(
    warehouse: Warehouse, rules: RuleSet, engine: Engine, *, since: dt.date, which: Callable[[dt.date], bool] = every
) -> Iterator[Made]:
    """Make the tables of every day that is due, oldest first; yields each day when its manifest is written."""
    for day, read in due(warehouse, rules, since=since, which=which):
        with expressions.judged(engine.events(warehouse, [file.path for file in read]), rules).cache() as rows:
            tables = {name: _make(warehouse, rules, engine, name, rows, day) for name in expressions.TABLES}
        done = Made(day, _signature(read), tables)
        warehouse.note(_manifest(rules, day), done)
        yield done


def made(warehouse: Warehouse, rules: RuleSet) -> Iterator[Made]:
    """Every day there is, oldest first."""
    for name in warehouse.names(f"{ROOT}/{rules.version}/manifest"):
        found = warehouse.noted(f"{ROOT}/{rules.version}/manifest/{name}") or {}
        tables = {table: Stored(**file) for table, file in found["tables"].items()}
        yield Made(dt.date.fromisoformat(found["day"]), found["made_of"], tables)


def _make(warehouse: Warehouse, rules: RuleSet, engine: Engine, name: str, rows: Table, day: dt.date) -> Stored:
    own = rows.filter(rows.seller_day == day) if name in expressions.BY_SELLER_DAY else expressions.on(rows, day)
    found = engine.fetch(expressions.TABLES[name](own))
    return warehouse.put(f"{ROOT}/{rules.version}/{name}/day={day}/{name}.parquet", rolling.parquet(found), found.num_rows)


def _files(warehouse: Warehouse, since: dt.date) -> Files:
    of_day: dict[dt.date, list[Stored]] = {}
    of_seller_day: dict[dt.date, set[dt.date]] = {}
    conversions: dict[dt.date, list[Stored]] = {}
    for one in shipping.shipped(warehouse, since):
        for day, seller_days, file in one.parts:
            of_day.setdefault(day, []).append(file)
            for seller_day in seller_days:
                of_seller_day.setdefault(seller_day, set()).add(day)
        for day, file in [(day, file) for day, _, file in one.parts] if one.conversions is None else one.conversions:
            conversions.setdefault(day, []).append(file)
    return Files(of_day, of_seller_day, conversions)


def _signature(read: list[Stored]) -> str:
    return hashlib.sha256("\n".join([TABLES, *(f"{file.path} {file.sha256}" for file in read)]).encode()).hexdigest()


def _made_of(warehouse: Warehouse, rules: RuleSet, day: dt.date) -> str | None:
    found = warehouse.noted(_manifest(rules, day))
    return found["made_of"] if found else None


def _manifest(rules: RuleSet, day: dt.date) -> str:
    return f"{ROOT}/{rules.version}/manifest/{day}.json"
