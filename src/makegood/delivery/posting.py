"""Changes of counts added to the hours they belong to: facts, and what was filtered of their impressions.

Of what is filtered only impressions show, and only in gross; so gross = net + the sum of filtered, always.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from makegood.delivery import tallying
from makegood.delivery.judging import COLUMN, IMPRESSION, moment
from makegood.delivery.rulesets import RuleSets
from makegood.delivery.tallying import Change, Tables
from makegood.engine.counting import REASONS

NAMES = ("served", "gross", "net", "viewable", "completes", "clicks", "audible", "conversions")
_PLACE = {kind: NAMES.index(name) for kind, name in COLUMN.items()}
_GROSS, _NET = NAMES.index("gross"), NAMES.index("net")
FactKey = tuple[int, int | None, int, datetime.datetime, str]
FilteredKey = tuple[int, int, datetime.datetime, str]


def post(changes: Sequence[Change], rules: RuleSets, tables: Tables) -> None:
    """Add every change to its row, and take back from rows what is negative."""
    facts, filtered = _facts(changes), _filtered(changes)
    versions = {hour_ms: rules.at(hour_ms).version for hour_ms in {one.hour_ms for one in changes}}
    by_hour = {moment(hour_ms): version for hour_ms, version in versions.items()}
    plain = {key: row for key, row in facts.items() if _stands_alone(row)}
    _add_facts(plain, by_hour, tables)
    _change_facts({key: row for key, row in facts.items() if key not in plain}, tables)
    _add_filtered({key: units for key, units in filtered.items() if units > 0}, by_hour, tables)
    _take_filtered({key: -units for key, units in filtered.items() if units < 0}, tables)


def _facts(changes: Iterable[Change]) -> dict[FactKey, list[int]]:
    """What is to be added to NAMES, by fact."""
    sums: dict[FactKey, list[int]] = {}
    for one in changes:
        if one.reason and one.kind != IMPRESSION:
            continue
        key = one.flight_id, one.version_id, one.placement_id, moment(one.hour_ms), one.device
        row = sums.get(key) or sums.setdefault(key, [0] * len(NAMES))
        row[_PLACE[one.kind]] += one.units
        if one.kind == IMPRESSION and not one.reason:
            row[_NET] += one.units
    return {key: row for key, row in sums.items() if any(row)}


def _filtered(changes: Iterable[Change]) -> dict[FilteredKey, int]:
    sums: Counter[FilteredKey] = Counter()
    for one in changes:
        if one.reason and one.kind == IMPRESSION:
            sums[one.flight_id, one.placement_id, moment(one.hour_ms), REASONS[one.reason - 1].value] += one.units
    return sums


def _stands_alone(row: Sequence[int]) -> bool:
    """Whether the change could be a row of its own; else it takes back what an earlier batch counted."""
    return min(row) >= 0 and row[_NET] <= row[_GROSS]


def _add_facts(facts: dict[FactKey, list[int]], rules: dict[datetime.datetime, str], tables: Tables) -> None:
    columns = f"flight_id, version_id, placement_id, hour, device, rules, {', '.join(NAMES)}"
    rows = ((*key, rules[key[3]], *row) for key, row in facts.items())
    _add(tables.fact, columns, "flight_id, version_id, placement_id, hour, device", NAMES, rows)


def _change_facts(facts: dict[FactKey, list[int]], tables: Tables) -> None:
    changed = ", ".join(f"{name} = {name} + %s" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {tables.fact} SET {changed}"
            " WHERE flight_id = %s AND version_id IS NOT DISTINCT FROM %s AND placement_id = %s AND hour = %s AND device = %s",
            [(*row, *key) for key, row in facts.items()],
        )


def _add_filtered(filtered: dict[FilteredKey, int], rules: dict[datetime.datetime, str], tables: Tables) -> None:
    rows = ((*key, rules[key[2]], units) for key, units in filtered.items())
    key = "flight_id, placement_id, hour, reason, rules"
    _add(tables.filtered, f"{key}, count", key, ("count",), rows)


def _add(table: str, columns: str, key: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add `rows` to those of `table` with the same key, in one statement: a fact an hour is many a batch."""
    added = ", ".join(f"{name} = f.{name} + excluded.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE posted ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")
        tallying.copy(cursor, f"posted ({columns})", rows)
        cursor.execute(f"INSERT INTO {table} AS f ({columns}) SELECT {columns} FROM posted ON CONFLICT ({key}) DO UPDATE SET {added}; DROP TABLE posted")


def _take_filtered(filtered: dict[FilteredKey, int], tables: Tables) -> None:
    where = "flight_id = %s AND placement_id = %s AND hour = %s AND reason = %s"
    rows = [(*key, units) for key, units in filtered.items()]
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {tables.filtered} WHERE {where} AND count = %s", rows)
        cursor.executemany(f"UPDATE {tables.filtered} SET count = count - %s WHERE {where} AND count > %s", [(one[-1], *one) for one in rows])
