"""Counts of replayed traffic added to the same facts that counted events make. Each run is added once."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from makegood.adserver.simulate import Counts
from makegood.core import permissions, verbs
from makegood.core.models import Person
from makegood.delivery import judging, rulesets
from makegood.delivery.actions import counting
from makegood.delivery.models import SegmentOffset
from makegood.delivery.posting import NAMES

Rows = npt.NDArray[np.int64]


@verbs.whole
def add(counts: Counts, *, run: str, versions: Mapping[int, int], by: Person | None, at: datetime.datetime) -> int:
    """Add the served rows of `counts` to facts and filtered; net impressions added, 0 when `run` was added before.

    `versions` maps the plan's creative ids to creative versions. As with events, of what is filtered only
    impressions show, and only in gross.
    """
    permissions.check(by, "delivery.backfill")
    rows = np.flatnonzero((counts.flights > 0) & (counts.kinds["served"].sum(axis=1) > 0))
    net = int(counts.kinds["impression"][rows, 0].sum())
    with connection.cursor() as cursor:
        if not _first(cursor, f"replay:{run}"[:120], at, net):
            return 0
        counting.lock()
        rules, ruled = _rules(counts.hours[rows], at)
        _add_facts(cursor, counts, rows, versions, rules, ruled)
        _add_reasons(cursor, counts, rows, rules, ruled)
    return net


def _rules(hours: Rows, at: datetime.datetime) -> tuple[list[str], Rows]:
    """The versions of rules in force, and for each of `hours` the place of its own among them, from 1."""
    sets, each = rulesets.load(at=at), np.unique(hours)
    versions = [sets.at(hour * judging.HOUR_MS).version for hour in each.tolist()]
    names = sorted(set(versions))
    places = np.array([names.index(version) + 1 for version in versions], np.int64)
    return names, places[np.searchsorted(each, hours)]


def _first(cursor: Any, segment: str, at: datetime.datetime, net: int) -> bool:
    """Whether this run was never added; from now on it was."""
    table = SegmentOffset._meta.db_table
    cursor.execute(f'INSERT INTO {table} (segment, "offset", at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING segment', [segment, net, at])
    return cursor.fetchone() is not None


def _add_facts(
    cursor: Any, counts: Counts, rows: Rows, versions: Mapping[int, int], rules: Sequence[str], ruled: Rows
) -> None:
    shown = counts.kinds["impression"][rows]
    figures = (
        counts.kinds["served"][rows, 0], shown.sum(axis=1), shown[:, 0], counts.kinds["viewable"][rows, 0],
        counts.kinds["complete"][rows, 0], counts.kinds["click"][rows, 0],
        *(np.zeros(len(rows), np.int64),) * 2,  # replayed people neither listen nor buy
    )  # fmt: skip
    own = [versions.get(creative) for creative in counts.creatives[rows].tolist()]
    added = ", ".join(f"{name} = delivery_fact.{name} + excluded.{name}" for name in NAMES)
    cursor.execute(
        f"INSERT INTO delivery_fact (flight_id, version_id, placement_id, hour, device, rules, {', '.join(NAMES)})"
        f" SELECT flight, version, placement, to_timestamp(3600 * hour), '', (%s::text[])[rule], {', '.join(f'sum({name})' for name in NAMES)}"
        f" FROM unnest({', '.join(['%s::bigint[]'] * (5 + len(NAMES)))}) AS run (flight, version, placement, hour, rule, {', '.join(NAMES)})"
        " GROUP BY 1, 2, 3, 4, rule ORDER BY 1, 2, 3, 4"  # one creative may stand twice in a plan: its version is one fact
        f" ON CONFLICT ON CONSTRAINT fact_once DO UPDATE SET {added}",
        [rules, *(_array(part) for part in (counts.flights[rows], own, counts.placements[rows], counts.hours[rows], ruled, *figures))],
    )


def _add_reasons(cursor: Any, counts: Counts, rows: Rows, rules: Sequence[str], ruled: Rows) -> None:
    table = counts.kinds["impression"][rows]
    of, reasons = np.nonzero(table[:, 1:])
    keys = (column[rows][of] for column in (counts.flights, counts.placements, counts.hours))
    cursor.execute(
        "INSERT INTO delivery_filtered (flight_id, placement_id, hour, reason, rules, count)"
        " SELECT flight, placement, to_timestamp(3600 * hour), (%s::text[])[reason], (%s::text[])[rule], sum(count)"
        f" FROM unnest({', '.join(['%s::bigint[]'] * 6)}) AS run (flight, placement, hour, reason, rule, count)"
        " GROUP BY 1, 2, 3, reason, rule ORDER BY 1, 2, 3, 4"
        " ON CONFLICT ON CONSTRAINT filtered_once DO UPDATE SET count = delivery_filtered.count + excluded.count",
        [list(counts.reasons), rules, *map(_array, (*keys, reasons + 2, ruled[of], table[of, reasons + 1]))],
    )


def _array(numbers: Iterable[int | None]) -> str:
    """An array as PostgreSQL reads it: a tenth of the time that adapting each number takes."""
    plain = numbers.tolist() if isinstance(numbers, np.ndarray) else numbers
    return "{" + ",".join("NULL" if one is None else str(one) for one in plain) + "}"
