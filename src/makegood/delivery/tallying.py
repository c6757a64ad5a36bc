"""Judged events into the table of those seen, and what that changes in the counts. Set by set, in SQL.

Of events with one id the earliest counts, whatever order they come in; of a sender over the rate nothing of that minute
does. Both may change what an earlier batch counted: then its contribution is taken back here, and given its reason.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from makegood.delivery.judging import CLICK, HOUR_MS, IMPRESSION, MINUTE_MS, Row
from makegood.delivery.rulesets import RuleSets
from makegood.engine.counting import CODE, Reason

DUPLICATE, RATE = CODE[Reason.DUPLICATE], CODE[Reason.IMPOSSIBLE_RATE]
_COLUMNS = ", ".join(Row._fields)
_KEY = "flight_id, version_id, placement_id, device"
_PART = f"{_KEY}, kind"


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
    """Remember `rows` and return what changes in the counts, summed; nothing of it is in the facts yet."""
    first, repeats = _apart(rows)
    with connection.cursor() as cursor:
        _prepare(cursor, first, repeats)
        cursor.execute(_NEW.format(seen=tables.seen))
        cursor.execute(_LATER.format(seen=tables.seen))
        cursor.execute(f"SELECT {_COLUMNS} FROM delta_old")
        moved = [Row(*row) for row in cursor.fetchall()]
        if moved:
            cursor.execute(_SOONER.format(seen=tables.seen))
        _rates(cursor, [*first, *moved], rules, tables)
        cursor.execute(f"SELECT {_PART}, hour_ms, reason, sum(units)::bigint FROM delta GROUP BY {_PART}, hour_ms, reason HAVING sum(units) <> 0")
        return [Change(*row) for row in cursor.fetchall()]


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


def _prepare(cursor: Any, first: list[Row], repeats: list[Row]) -> None:
    cursor.execute(_TEMPORARY)
    _copy(cursor, f"incoming ({_COLUMNS})", first)
    _copy(cursor, f"delta ({_PART}, hour_ms, reason, units)", (
        (one.flight_id, one.version_id, one.placement_id, one.device, one.kind, one.happened_ms // HOUR_MS * HOUR_MS, DUPLICATE, one.weight)
        for one in repeats
    ))  # fmt: skip


def _rates(cursor: Any, rows: Iterable[Row], rules: RuleSets, tables: Tables) -> None:
    """Filter, or accept again, what the senders of `rows` caused in those minutes."""
    buckets = {(row.sender, row.happened_ms // MINUTE_MS) for row in rows if row.sender is not None}
    if not buckets:
        return
    limits = {minute: rules.at(minute * MINUTE_MS).per_minute for minute in {minute for _, minute in buckets}}
    _copy(cursor, "bucket (sender, minute, impressions, clicks)", (
        (sender, minute, limits[minute].get("impression"), limits[minute].get("click")) for sender, minute in buckets
    ))  # fmt: skip
    cursor.execute(_RATES.format(seen=tables.seen))


def _copy(cursor: Any, into: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {into} FROM STDIN") as out:
        for row in rows:
            out.write_row(row)


_TEMPORARY = """
    CREATE TEMP TABLE IF NOT EXISTS incoming (id text, happened_ms bigint, kind smallint, flight_id bigint, version_id bigint,
        placement_id bigint, device text, weight int, reason smallint, sender bigint) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS delta_old (LIKE incoming) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS bucket (sender bigint, minute bigint, impressions int, clicks int) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS delta (flight_id bigint, version_id bigint, placement_id bigint, device text, kind smallint,
        hour_ms bigint, reason smallint, units bigint) ON COMMIT DROP;
    TRUNCATE incoming, delta_old, bucket, delta
"""
_HOUR = f"{{0}}.happened_ms / {HOUR_MS} * {HOUR_MS}"
_NEW = f"""
    WITH added AS (
        INSERT INTO {{seen}} ({_COLUMNS}) SELECT {_COLUMNS} FROM incoming ORDER BY id ON CONFLICT DO NOTHING RETURNING {_COLUMNS}
    ), told AS (
        INSERT INTO delta SELECT {_PART}, {_HOUR.format("added")}, reason, sum(weight) FROM added GROUP BY {_PART}, 6, reason
    ) DELETE FROM incoming USING added WHERE incoming.id = added.id
"""
_ALL_OF = ", ".join(f"{{0}}.{name}" for name in Row._fields)
_PARTS_OF = ", ".join(f"{{0}}.{name}" for name in _PART.split(", "))
_LATER = f"""
    INSERT INTO delta_old SELECT {_ALL_OF.format("s")} FROM incoming i JOIN {{seen}} s USING (id) WHERE i.happened_ms < s.happened_ms;
    INSERT INTO delta SELECT {_PARTS_OF.format("i")}, {_HOUR.format("i")}, {DUPLICATE}, i.weight
        FROM incoming i JOIN {{seen}} s USING (id) WHERE i.happened_ms >= s.happened_ms
"""
_SOONER = f"""
    INSERT INTO delta SELECT {_PART}, {_HOUR.format("delta_old")}, reason, -weight FROM delta_old
        UNION ALL SELECT {_PART}, {_HOUR.format("delta_old")}, {DUPLICATE}, weight FROM delta_old
        UNION ALL SELECT {_PARTS_OF.format("i")}, {_HOUR.format("i")}, i.reason, i.weight FROM incoming i JOIN delta_old USING (id);
    UPDATE {{seen}} s SET ({_COLUMNS}) = ROW({_ALL_OF.format("i")}) FROM incoming i JOIN delta_old USING (id) WHERE s.id = i.id
"""
_IN_BUCKET = f"s.sender = b.sender AND s.happened_ms >= b.minute * {MINUTE_MS} AND s.happened_ms < (b.minute + 1) * {MINUTE_MS}"
_RATES = f"""
    WITH total AS (
        SELECT b.sender, b.minute, coalesce(sum(s.weight) FILTER (WHERE s.kind = {IMPRESSION}) > b.impressions, false)
            OR coalesce(sum(s.weight) FILTER (WHERE s.kind = {CLICK}) > b.clicks, false) AS over
        FROM bucket b JOIN {{seen}} s ON {_IN_BUCKET} WHERE s.reason IN (0, {RATE}) GROUP BY b.sender, b.minute, b.impressions, b.clicks
    ), touched AS (
        SELECT s.id, b.over FROM total b JOIN {{seen}} s ON {_IN_BUCKET} WHERE s.reason = CASE WHEN b.over THEN 0 ELSE {RATE} END
    ), changed AS (
        UPDATE {{seen}} s SET reason = CASE WHEN t.over THEN {RATE} ELSE 0 END FROM touched t WHERE s.id = t.id RETURNING s.*
    )
    INSERT INTO delta SELECT {_PART}, {_HOUR.format("changed")}, reason, weight FROM changed
        UNION ALL SELECT {_PART}, {_HOUR.format("changed")}, {RATE} - reason, -weight FROM changed
"""
