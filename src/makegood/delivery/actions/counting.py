"""Events of the ad servers counted once into facts. Offsets, seen ids and counts move in one transaction."""

import dataclasses
import datetime
import itertools
import pathlib
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from makegood.adserver import segments
from makegood.delivery import judging, posting, rulesets, tallying
from makegood.delivery.judging import HOUR_MS, IMPRESSION, Raw
from makegood.delivery.models import SeenEvent, SegmentOffset
from makegood.delivery.rulesets import RuleSets
from makegood.delivery.tallying import Change, Tables
from makegood.engine.counting import REASONS

BATCH = 50_000
KEEP = datetime.timedelta(days=45)
AHEAD = datetime.timedelta(days=1)  # further than any clock is wrong that anybody would believe
_LOCK = 7_430_001  # one counter at a time, however many workers there are
_MS = datetime.timedelta(milliseconds=1)


@dataclasses.dataclass(frozen=True)
class Counted:
    """What a run did: events read, accepted, units filtered by reason, events kept apart by reason, and whether more wait."""

    read: int
    accepted: int
    filtered: dict[str, int]
    more: bool
    apart: dict[str, int] = dataclasses.field(default_factory=dict)


NOTHING = Counted(0, 0, {}, False)


def count(folder: pathlib.Path, *, at: datetime.datetime, limit: int = BATCH) -> Counted:
    """Count up to `limit` events beyond the stored offsets. Killed anywhere, the next run counts exactly the same.

    An impression that is filtered stays in gross and leaves net, with its reason; forged events never enter a count.
    Events late by up to 45 days count in their hour; what comes later is kept apart, because its id may be forgotten.
    """
    if not folder.exists():
        return NOTHING
    with transaction.atomic():
        lock()
        after = dict(SegmentOffset.objects.values_list("segment", "offset"))
        found = list(itertools.islice(segments.read_by(judging.raw, folder, after), limit))
        if not found:
            return NOTHING
        rules = rulesets.load(at=at)
        events, late = _in_time([event for _, _, event in found], at)
        changes = take(events, rules, Tables())
        _keep_apart(late, at)
        for segment, offset in {segment: offset for segment, offset, _ in found}.items():
            SegmentOffset.objects.update_or_create(segment=segment, defaults={"offset": offset, "at": at})
        told = _told(changes, late, len(found), limit)
        _add_totals(told, Counter(str(event.get("reason", "")) for _, _, event in found if event["kind"] == "refused"))
    return told


def count_all(folder: pathlib.Path, *, at: datetime.datetime) -> Counted:
    """`count` until nothing is waiting."""
    total = Counted(0, 0, {}, True)
    while total.more:
        one = count(folder, at=at)
        filtered, apart = Counter(total.filtered), Counter(total.apart)
        filtered.update(one.filtered)
        apart.update(one.apart)
        total = Counted(total.read + one.read, total.accepted + one.accepted, {k: n for k, n in filtered.items() if n}, one.more, dict(apart))
    return total


def take(events: Sequence[Raw], rules: RuleSets, tables: Tables) -> list[Change]:
    """Count one batch into `tables`: the real ones, or the shadows of a recount. What changed, summed."""
    changes = tallying.add(judging.rows(events, rules), rules, tables)
    posting.post(changes, rules, tables)
    return changes


def lock() -> None:
    """Wait until nobody else counts; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def forget(*, at: datetime.datetime) -> int:
    """Drop events older than KEEP from those seen; how many. What comes again of them is kept apart as too late.

    A day longer: a beacon may be sent again until its URL expires, and the repeat is a day younger.
    """
    return SeenEvent.objects.filter(happened_ms__lt=(at - KEEP - AHEAD).timestamp() * 1000).delete()[0]


def _in_time(events: Iterable[Raw], at: datetime.datetime) -> tuple[list[Raw], list[tuple[Raw, str]]]:
    """Events that may count, and those that may not with their reason."""
    now_ms, keep_ms, ahead_ms = round(at.timestamp() * 1000), KEEP // _MS, AHEAD // _MS
    told = [(event, judging.apart(event["at"], now_ms, keep_ms, ahead_ms)) for event in events]
    return [event for event, reason in told if not reason], [(event, reason) for event, reason in told if reason and event.get("flight_id")]


def _keep_apart(late: Iterable[tuple[Raw, str]], at: datetime.datetime) -> None:
    sums: Counter[tuple[int, int, str]] = Counter()
    for event, reason in late:
        if judging.KINDS.get(event["kind"]) == IMPRESSION:
            sums[event["flight_id"], event["at"] // HOUR_MS * HOUR_MS, reason] += event.get("weight", 1)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO delivery_apart AS a (flight_id, hour, reason, count, at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (flight_id, hour, reason) DO UPDATE SET count = a.count + excluded.count, at = excluded.at",
            [(flight, judging.moment(hour), reason, units, at) for (flight, hour, reason), units in sorted(sums.items())],
        )


def _add_totals(told: Counted, refused: Counter[str]) -> None:
    sums = {"read": told.read, "accepted": told.accepted}
    for kind, parts in (("filtered", told.filtered), ("apart", told.apart), ("refused", refused)):
        sums |= {f"{kind}:{name}"[:40]: units for name, units in parts.items()}
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO delivery_countingtotal AS t (name, total) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET total = t.total + excluded.total",
            sorted(sums.items()),
        )


def _told(changes: Iterable[Change], late: Sequence[tuple[Raw, str]], read: int, limit: int) -> Counted:
    filtered: Counter[str] = Counter()
    accepted = 0
    for one in changes:
        if one.reason:
            filtered[REASONS[one.reason - 1].value] += one.units
        else:
            accepted += one.units
    return Counted(read, accepted, {name: units for name, units in filtered.items() if units}, read == limit, dict(Counter(reason for _, reason in late)))
