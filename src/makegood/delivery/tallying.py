"""Judged events into the table of those seen, and what that changes in the counts: a few statements for a whole batch.

Of events with one id the earliest counts, whatever order they come in; of a sender over the rate nothing of that minute
does. Both may change what an earlier batch counted: then its contribution is taken back here, and given its reason.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from makegood.delivery.judging import CLICK, HOUR_MS, IMPRESSION, MINUTE_MS, Row
from makegood.delivery.rulesets import RuleSets
from makegood.engine.counting import CODE, Reason

DUPLICATE, RATE = CODE[Reason.DUPLICATE], CODE[Reason.IMPOSSIBLE_RATE]
_COLUMNS = ", ".join(Row._fields)
Key = tuple[int, int | None, int, str, int, int, int]
"""The fields of a Change but its units."""


@dataclasses.dataclass(frozen=True)
class Tables:
    """Where counting happens: the real tables, or the shadows of a recount."""

    seen: str = "delivery_seenevent"
    fact: str = "delivery_fact"
    filtered: str = "delivery_filtered"


class Change(NamedTuple):
    """Units that came to (or left) a reason; 0 is net."""

    flight_id: int
    version_id: int | None
    placement_id: int
    device: str
    kind: int
    hour_ms: int
    reason: int
    units: int


def add(rows: Sequence[Row], rules: RuleSets, tables: Tables) -> list[Change]:
    """Remember `rows` and return what changes in the counts, summed; nothing of it is in the facts yet.

    Nobody else may count meanwhile: what is not known yet is added without asking again (actions.counting.lock).
    """
    first, repeats = _apart(rows)
    with connection.cursor() as cursor:
        known = _known(cursor, first, tables)
        new = [row for row in first if row.id not in known]
        again = [(row, known[row.id]) for row in first if row.id in known]
        sooner = [(row, old) for row, old in again if row.happened_ms < old.happened_ms]
        copy(cursor, f"{tables.seen} ({_COLUMNS})", new)
        _replace(cursor, [row for row, _ in sooner], tables)
        judged = _rates(cursor, [*first, *(old for _, old in sooner)], rules, tables)
    sums = _sums(new, [*repeats, *(row for row, old in again if row.happened_ms >= old.happened_ms)], sooner)
    for row in judged:  # as it is judged now; before, it was the other of the two
        sums[_key(row, row.reason)] += row.weight
        sums[_key(row, RATE - row.reason)] -= row.weight
    return [Change(*key, units) for key, units in sums.items() if units]


def copy(cursor: Any, into: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows into `into`, a table with its columns."""
    with cursor.copy(f"COPY {into} FROM STDIN") as out:
        for row in rows:
            out.write_row(row)


def _apart(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The earliest row of each id, and the repeats."""
    first: dict[str, Row] = {}
    repeats = []
    for row in rows:
        known = first.get(row.id)
        if known is None or row.happened_ms < known.happened_ms:
            first[row.id] = row
        if known is not None:
            repeats.append(row if first[row.id] is known else known)
    return list(first.values()), repeats


def _known(cursor: Any, rows: Iterable[Row], tables: Tables) -> dict[str, Row]:
    """Those of `rows` that were seen before, as they were, by id."""
    cursor.execute(_KNOWN.format(seen=tables.seen), [[row.id for row in rows]])
    return {row[0]: Row(*row) for row in cursor.fetchall()}


def _replace(cursor: Any, rows: Sequence[Row], tables: Tables) -> None:
    """Put each event in the place of a later copy of it."""
    if rows:
        cursor.execute(_SOONER)
        copy(cursor, f"sooner ({_COLUMNS})", rows)
        cursor.execute(_REPLACED.format(seen=tables.seen))


def _sums(new: Iterable[Row], repeats: Iterable[Row], sooner: Iterable[tuple[Row, Row]]) -> Counter[Key]:
    sums: Counter[Key] = Counter()
    for row in new:
        sums[_key(row, row.reason)] += row.weight
    for row in repeats:
        sums[_key(row, DUPLICATE)] += row.weight
    for row, old in sooner:
        sums[_key(row, row.reason)] += row.weight
        sums[_key(old, old.reason)] -= old.weight
        sums[_key(old, DUPLICATE)] += old.weight
    return sums


def _key(row: Row, reason: int) -> Key:
    return row.flight_id, row.version_id, row.placement_id, row.device, row.kind, row.happened_ms // HOUR_MS * HOUR_MS, reason


def _rates(cursor: Any, rows: Iterable[Row], rules: RuleSets, tables: Tables) -> list[Row]:
    """Filter, or accept again, what the senders of `rows` caused in those minutes; the rows that changed, as they are now."""
    buckets = {(row.sender, row.happened_ms // MINUTE_MS) for row in rows if row.sender is not None}
    if not buckets:
        return []
    limits = _limits({minute for _, minute in buckets}, rules)
    cursor.execute(_BUCKET)
    copy(cursor, "bucket (sender, begins_ms, impressions, clicks)", (
        (sender, minute * MINUTE_MS, *limits[minute]) for sender, minute in sorted(buckets)
    ))  # fmt: skip
    cursor.execute(_RATES.format(seen=tables.seen))
    return [Row(*row) for row in cursor.fetchall()]


def _limits(minutes: Iterable[int], rules: RuleSets) -> Mapping[int, tuple[int | None, int | None]]:
    """minute -> the most impressions and clicks of a sender in it, None for any number."""
    most = ((minute, rules.at(minute * MINUTE_MS).per_minute) for minute in minutes)
    return {minute: (limits.get("impression"), limits.get("click")) for minute, limits in most}


# OFFSET 0 keeps each lookup one of the index: of a table that has just been filled the planner would rather read the whole.
_KNOWN = f"""
    SELECT s.* FROM unnest(%s::text[]) AS wanted (id)
        CROSS JOIN LATERAL (SELECT {_COLUMNS} FROM {{seen}} s WHERE s.id = wanted.id OFFSET 0) s
"""
_SOONER = """
    CREATE TEMP TABLE IF NOT EXISTS sooner (id text, happened_ms bigint, kind smallint, flight_id bigint, version_id bigint,
        placement_id bigint, device text, weight int, reason smallint, sender bigint) ON COMMIT DROP;
    TRUNCATE sooner
"""
_REPLACED = f"""
    WITH found AS (
        SELECT i.*, s.place FROM sooner i CROSS JOIN LATERAL (SELECT s.ctid AS place FROM {{seen}} s WHERE s.id = i.id OFFSET 0) s
    )
    UPDATE {{seen}} s SET ({_COLUMNS}) = ROW({', '.join(f'i.{name}' for name in Row._fields)}) FROM found i WHERE s.ctid = i.place
"""
_BUCKET = """
    CREATE TEMP TABLE IF NOT EXISTS bucket (sender bigint, begins_ms bigint, impressions int, clicks int) ON COMMIT DROP;
    TRUNCATE bucket
"""
_OF_BUCKET = f"{{seen}} s WHERE s.sender = b.sender AND s.happened_ms >= b.begins_ms AND s.happened_ms < b.begins_ms + {MINUTE_MS}"
_RATES = f"""
    WITH total AS (
        SELECT b.sender, b.begins_ms, t.over FROM bucket b CROSS JOIN LATERAL (
            SELECT coalesce(sum(s.weight) FILTER (WHERE s.kind = {IMPRESSION}) > b.impressions, false)
                OR coalesce(sum(s.weight) FILTER (WHERE s.kind = {CLICK}) > b.clicks, false) AS over,
                bool_or(s.reason = 0) AS net, bool_or(s.reason = {RATE}) AS filtered
            FROM {_OF_BUCKET} AND s.reason IN (0, {RATE})
        ) t WHERE CASE WHEN t.over THEN t.net ELSE t.filtered END
    ), touched AS (
        SELECT s.place, b.over FROM total b CROSS JOIN LATERAL (
            SELECT s.ctid AS place FROM {_OF_BUCKET} AND s.reason = CASE WHEN b.over THEN 0 ELSE {RATE} END OFFSET 0
        ) s
    )
    UPDATE {{seen}} s SET reason = CASE WHEN t.over THEN {RATE} ELSE 0 END FROM touched t WHERE s.ctid = t.place
        RETURNING {', '.join(f's.{name}' for name in Row._fields)}
"""
