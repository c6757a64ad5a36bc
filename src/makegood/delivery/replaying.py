"""The kept events counted again beside the real counts: in shadows of the tables, by the very code that counts."""

import dataclasses
import datetime
import itertools
import pathlib
from collections.abc import Iterator

from django.db import connection

from makegood.adserver import segments
from makegood.delivery import judging, posting
from makegood.delivery.actions import counting
from makegood.delivery.judging import Raw
from makegood.delivery.models import SegmentOffset
from makegood.delivery.rulesets import RuleSets
from makegood.delivery.tallying import Tables

MARGIN = datetime.timedelta(days=2)  # a beacon's URL expires after a day: no repeat comes later than this
REAL = Tables()
Key = tuple[int, datetime.date]


@dataclasses.dataclass(frozen=True)
class Window:
    """Whole UTC hours from `first` up to `until`."""

    first: datetime.datetime
    until: datetime.datetime


@dataclasses.dataclass(frozen=True)
class DayCount:
    """A flight's UTC day: gross = net + the sum of `filtered`."""

    gross: int = 0
    net: int = 0
    clicks: int = 0
    filtered: tuple[tuple[str, int], ...] = ()

    def plain(self) -> dict[str, object]:
        """As JSON."""
        return dataclasses.asdict(self) | {"filtered": dict(self.filtered)}


def replay(folder: pathlib.Path, window: Window, rules: RuleSets, name: str) -> Tables:
    """Count the window's kept events by `rules` into new temporary tables and name them.

    Only what was counted before is read, and what was kept apart stays apart.
    """
    tables = Tables(*(f"{name}_{kind}" for kind in ("seen", "fact", "filtered")))
    with connection.cursor() as cursor:
        for shadow, real in zip(dataclasses.astuple(tables), dataclasses.astuple(REAL), strict=True):
            cursor.execute(f"DROP TABLE IF EXISTS {shadow}; CREATE TEMP TABLE {shadow} (LIKE {real} INCLUDING ALL) ON COMMIT DROP")
    _remember_conversions(tables, window)
    events = _events(folder, window)
    while batch := list(itertools.islice(events, counting.BATCH)):
        counting.take(batch, rules, tables)
    return tables


def _remember_conversions(tables: Tables, window: Window) -> None:
    """Conversions counted before the window: an order may be reported again long after, which the margin does not reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tables.seen} SELECT * FROM {REAL.seen} WHERE kind = %s AND happened_ms < %s",
            [judging.CONVERSION, round((window.first - MARGIN).timestamp() * 1000)],
        )


def by_day(tables: Tables, window: Window) -> dict[Key, DayCount]:
    """(flight id, UTC day) -> its counts in the window."""
    day, within = "(hour AT TIME ZONE 'UTC')::date", "hour >= %s AND hour < %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT flight_id, {day}, reason, sum(count)::bigint FROM {tables.filtered} WHERE {within} GROUP BY 1, 2, 3 ORDER BY 3",
            [window.first, window.until],
        )
        reasons: dict[Key, list[tuple[str, int]]] = {}
        for flight, on, reason, units in cursor.fetchall():
            reasons.setdefault((flight, on), []).append((reason, units))
        cursor.execute(
            f"SELECT flight_id, {day}, sum(gross)::bigint, sum(net)::bigint, sum(clicks)::bigint FROM {tables.fact} WHERE {within} GROUP BY 1, 2",
            [window.first, window.until],
        )
        return {(flight, on): DayCount(*sums, tuple(reasons.get((flight, on), ()))) for flight, on, *sums in cursor.fetchall()}


def replace(tables: Tables, window: Window) -> None:
    """Put the shadows' rows of the window in the place of the real ones, and how each event is judged now."""
    within, bounds = "hour >= %s AND hour < %s", [window.first, window.until]
    facts = f"flight_id, version_id, placement_id, hour, device, rules, {', '.join(posting.NAMES)}"
    rows = "flight_id, placement_id, hour, reason, rules, count"
    with connection.cursor() as cursor:
        for real, shadow, columns in ((REAL.fact, tables.fact, facts), (REAL.filtered, tables.filtered, rows)):
            cursor.execute(f"DELETE FROM {real} WHERE {within}", bounds)
            cursor.execute(f"INSERT INTO {real} ({columns}) SELECT {columns} FROM {shadow} WHERE {within} ORDER BY flight_id, hour", bounds)
        cursor.execute(
            f"UPDATE {REAL.seen} s SET reason = n.reason, sender = n.sender FROM {tables.seen} n"
            " WHERE s.id = n.id AND n.happened_ms >= %s AND n.happened_ms < %s AND (s.reason, s.sender) IS DISTINCT FROM (n.reason, n.sender)",
            [round(one.timestamp() * 1000) for one in (window.first, window.until)],
        )


def _events(folder: pathlib.Path, window: Window) -> Iterator[Raw]:
    counted = {one.segment: one for one in SegmentOffset.objects.all()}
    first, until = ((one.timestamp() * 1000) for one in (window.first - MARGIN, window.until))
    for segment, offset, event in segments.read_by(judging.raw, folder, {}) if folder.exists() else ():
        known = counted.get(segment)
        if known and offset <= known.offset and first <= event["at"] < until:
            keep, ahead = (round(one.total_seconds() * 1000) for one in (counting.KEEP, counting.AHEAD))
            if not judging.apart(event["at"], round(known.at.timestamp() * 1000), keep, ahead):
                yield event
