"""Events of the ad servers counted once into facts. Offsets, seen ids and counts move in one transaction."""

import dataclasses
import datetime
import itertools
import pathlib
from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from makegood.adserver import segments
from makegood.adserver.events import Event
from makegood.delivery.models import SeenEvent, SegmentOffset
from makegood.engine.counting import Reason

RULES = "2026-11"
BATCH = 20_000
KEEP = datetime.timedelta(days=45)
_LOCK = 7_430_001  # one counter at a time, however many workers there are
_COUNTED = {"served": "served", "impression": "gross", "viewable": "viewable", "complete": "completes", "click": "clicks"}


@dataclasses.dataclass(frozen=True)
class Counted:
    """What a run did: events read, accepted, filtered by reason, and whether more are waiting."""

    read: int
    accepted: int
    filtered: dict[str, int]
    more: bool


def count(folder: pathlib.Path, *, at: datetime.datetime, limit: int = BATCH) -> Counted:
    """Count up to `limit` events beyond the stored offsets. Killed anywhere, the next run counts exactly the same.

    An impression that is filtered (duplicate, robot, data centre, prefetch, test, expired beacon) stays in gross and
    leaves net, with its reason; forged events never enter a count.
    """
    if not folder.exists():
        return Counted(0, 0, {}, False)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        after = dict(SegmentOffset.objects.values_list("segment", "offset"))
        rows = list(itertools.islice(segments.read(folder, after), limit))
        if not rows:
            return Counted(0, 0, {}, False)
        offsets = {segment: offset for segment, offset, _ in rows}
        judged = list(_judge([event for _, _, event in rows], at))
        _add_facts(judged)
        _add_filtered(judged)
        for segment, offset in offsets.items():
            SegmentOffset.objects.update_or_create(segment=segment, defaults={"offset": offset, "at": at})
    reasons = Counter(reason.value for _, reason in judged if reason)
    return Counted(len(rows), sum(1 for _, reason in judged if reason is None), dict(reasons), len(rows) == limit)


def count_all(folder: pathlib.Path, *, at: datetime.datetime) -> Counted:
    """`count` until nothing is waiting."""
    total = Counted(0, 0, {}, True)
    while total.more:
        one = count(folder, at=at)
        reasons = Counter(total.filtered) + Counter(one.filtered)
        total = Counted(total.read + one.read, total.accepted + one.accepted, dict(reasons), one.more)
    return total


def forget(*, at: datetime.datetime) -> int:
    """Drop the ids of events counted more than KEEP ago; how many. Beacons expire after a day, so none can come again."""
    return SeenEvent.objects.filter(at__lt=at - KEEP).delete()[0]


def _judge(events: list[Event], at: datetime.datetime) -> Iterable[tuple[Event, Reason | None]]:
    """Each event that belongs to a flight, with the reason it does not count, or None."""
    fresh = _unseen([event for event in events if event.kind in _COUNTED and event.flight_id], at)
    for event in events:
        if not event.flight_id or (event.kind not in _COUNTED and event.kind != "refused"):
            continue
        if event.kind == "refused":
            if event.reason == "expired" and event.id.endswith(".impression.refused"):
                yield dataclasses.replace(event, kind="impression"), Reason.EXPIRED_SIGNATURE
            continue
        if event.id in fresh:
            fresh.remove(event.id)
            yield event, _reason(event)
        else:
            yield event, Reason.DUPLICATE


def _reason(event: Event) -> Reason | None:
    if event.test:
        return Reason.SELF_TEST
    if event.prefetch or event.zero_size:
        return Reason.PREFETCH
    if event.bot:
        return Reason.KNOWN_BOT
    return Reason.DATA_CENTRE if event.datacentre else None


def _unseen(events: list[Event], at: datetime.datetime) -> set[str]:
    """Ids never counted before, now remembered."""
    ids = list({event.id for event in events})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO delivery_seenevent (id, at) SELECT unnest(%s::text[]), %s ON CONFLICT DO NOTHING RETURNING id", [ids, at]
        )
        return {row[0] for row in cursor.fetchall()}


def _hour(event: Event) -> datetime.datetime:
    moment = datetime.datetime.fromtimestamp(event.at / 1000, datetime.UTC)
    return moment.replace(minute=0, second=0, microsecond=0)


def _add_facts(judged: list[tuple[Event, Reason | None]]) -> None:
    """Add to the rows of facts. Of what is filtered, only impressions show, and only in gross."""
    sums: dict[tuple[object, ...], Counter[str]] = {}
    for event, reason in judged:
        if reason and event.kind != "impression":
            continue
        key = (event.flight_id, event.version_id or None, event.placement_id, _hour(event), event.device)
        row = sums.setdefault(key, Counter())
        row[_COUNTED[event.kind]] += event.weight
        if event.kind == "impression" and reason is None:
            row["net"] += event.weight
    names = ("served", "gross", "net", "viewable", "completes", "clicks")
    added = ", ".join(f"{name} = delivery_fact.{name} + excluded.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO delivery_fact (flight_id, version_id, placement_id, hour, device, served, gross, net, viewable, completes, clicks)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            f" ON CONFLICT ON CONSTRAINT fact_once DO UPDATE SET {added}",
            [(*key, *(row[name] for name in names)) for key, row in sorted(sums.items(), key=str)],
        )


def _add_filtered(judged: list[tuple[Event, Reason | None]]) -> None:
    sums: Counter[tuple[object, ...]] = Counter()
    for event, reason in judged:
        if reason and event.kind == "impression":
            sums[event.flight_id, event.placement_id, _hour(event), reason.value] += event.weight
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO delivery_filtered (flight_id, placement_id, hour, reason, rules, count) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT ON CONSTRAINT filtered_once DO UPDATE SET count = delivery_filtered.count + excluded.count",
            [(*key[:4], RULES, count) for key, count in sorted(sums.items(), key=str)],
        )
