"""Counts of replayed traffic added to the same facts that counted events make. Each run is added once."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.db import connection

from makegood.adserver.simulate import Counts
from makegood.core import permissions, verbs
from makegood.core.models import Person
from makegood.delivery import judging, rulesets
from makegood.delivery.actions import counting
from makegood.delivery.models import SegmentOffset
from makegood.delivery.posting import NAMES

_FACTS = (
    "CREATE TEMP TABLE IF NOT EXISTS backfill_fact (flight_id bigint, version_id bigint, placement_id bigint, hour timestamptz, rules text,"
    " served bigint, gross bigint, net bigint, viewable bigint, completes bigint, clicks bigint) ON COMMIT DROP; TRUNCATE backfill_fact"
)
_FILTERED = (
    "CREATE TEMP TABLE IF NOT EXISTS backfill_filtered (flight_id bigint, placement_id bigint, hour timestamptz, reason text, rules text, count bigint)"
    " ON COMMIT DROP; TRUNCATE backfill_filtered"
)


@verbs.whole
def add(counts: Counts, *, run: str, versions: Mapping[int, int], by: Person | None, at: datetime.datetime) -> int:
    """Add the served rows of `counts` to facts and filtered; net impressions added, 0 when `run` was added before.

    `versions` maps the plan's creative ids to creative versions. As with events, of what is filtered only
    impressions show, and only in gross.
    """
    permissions.check(by, "delivery.backfill")
    rows = np.flatnonzero((counts.flights > 0) & (counts.kinds["served"].sum(axis=1) > 0))
    net = int(counts.kinds["impression"][rows, 0].sum())
    _, new = SegmentOffset.objects.get_or_create(segment=f"replay:{run}"[:120], defaults={"at": at, "offset": net})
    if not new:
        return 0
    counting.lock()
    sets = rulesets.load(at=at)
    versions_of = {hour: sets.at(hour * judging.HOUR_MS).version for hour in set(counts.hours[rows].tolist())}
    with connection.cursor() as cursor:
        _copy(cursor, _FACTS, "backfill_fact", _facts(counts, rows, versions, versions_of))
        added = ", ".join(f"{name} = delivery_fact.{name} + excluded.{name}" for name in NAMES)
        cursor.execute(
            f"INSERT INTO delivery_fact (flight_id, version_id, placement_id, hour, device, rules, {', '.join(NAMES)})"
            f" SELECT flight_id, version_id, placement_id, hour, '', rules, {', '.join(f'sum({name})' for name in NAMES)} FROM backfill_fact"
            " GROUP BY 1, 2, 3, 4, rules ORDER BY 1, 2, 3, 4"  # one creative may stand twice in a plan: its version is one fact
            f" ON CONFLICT ON CONSTRAINT fact_once DO UPDATE SET {added}"
        )
        _copy(cursor, _FILTERED, "backfill_filtered", _reasons(counts, rows, versions_of))
        cursor.execute(
            "INSERT INTO delivery_filtered (flight_id, placement_id, hour, reason, rules, count)"
            " SELECT flight_id, placement_id, hour, reason, rules, sum(count) FROM backfill_filtered GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4"
            " ON CONFLICT ON CONSTRAINT filtered_once DO UPDATE SET count = delivery_filtered.count + excluded.count"
        )
    return net


def _copy(cursor: Any, create: str, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    cursor.execute(create)
    with cursor.copy(f"COPY {table} FROM STDIN") as out:
        for row in rows:
            out.write_row(row)


def _facts(counts: Counts, rows: Any, versions: Mapping[int, int], rules: Mapping[int, str]) -> Iterable[tuple[Any, ...]]:
    shown = counts.kinds["impression"][rows]
    columns = (
        counts.kinds["served"][rows, 0], shown.sum(axis=1), shown[:, 0], counts.kinds["viewable"][rows, 0],
        counts.kinds["complete"][rows, 0], counts.kinds["click"][rows, 0],
    )  # fmt: skip
    keys = (counts.flights[rows], counts.creatives[rows], counts.placements[rows], counts.hours[rows])
    for flight, creative, placement, hour, *figures in zip(*(column.tolist() for column in (*keys, *columns)), strict=True):
        yield flight, versions.get(creative), placement, _hour(hour), rules[hour], *figures


def _reasons(counts: Counts, rows: Any, rules: Mapping[int, str]) -> Iterable[tuple[Any, ...]]:
    table = counts.kinds["impression"][rows]
    keys = tuple(column[rows].tolist() for column in (counts.flights, counts.placements, counts.hours))
    for row, reason in np.argwhere(table[:, 1:]).tolist():
        yield keys[0][row], keys[1][row], _hour(keys[2][row]), counts.reasons[reason + 1], rules[keys[2][row]], int(table[row, reason + 1])


def _hour(number: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(number * 3600, datetime.UTC)
