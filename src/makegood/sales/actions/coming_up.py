"""Who comes up when a hold ends: all it stood in the way of are looked at again, in the order of their queues.

A few statements however many wait, and some for each that comes up. Whoever calls has locked the placements (`locking`).
"""

import dataclasses
import datetime
import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from makegood.core import activity, transitions
from makegood.core.models import Activity, Person
from makegood.sales.actions import challenging, queueing, telling
from makegood.sales.actions.queueing import OUT
from makegood.sales.models import Hold
from makegood.sales.room import Room
from makegood.sales.voice import Voice

MEANWHILE = "what is left of it was sold meanwhile"


def follow(ended: Hold, *, room: Room, by: Person | None, at: datetime.datetime, why: str = MEANWHILE) -> list[Hold]:
    """Those who come up: whoever has nobody in the way any more is in force, the rest wait for one who is.

    What one of them asked for begins now: it lapses as many days from now as it was asked for; both owners are told. Whose
    days are over leaves, and whose days are sold is released and told `why`.
    """
    waiting = in_order(_stopped_by(ended))
    if not waiting:
        return []
    heads = {one.waits_for_id or 0 for one in waiting} - {ended.pk}
    late = [one for one in waiting if one.end < at.date()]
    transitions.move_all(late, "expired", by=None, at=at, why="its days are over", **OUT)
    turn = _Turn(ended, room, at)
    turn.take([one for one in waiting if one not in late], by)
    _dismiss(turn.gone, by=by, at=at, why=why)
    challenging.withdraw_of([*late, *turn.came, *(one for one, _ in turn.moved)], at=at)
    queueing.rearrange(turn.moved, heads)
    return turn.came


def give_up_sold(places: Collection[int], start: datetime.date, end: datetime.date, *, room: Room, by: Person | None, at: datetime.datetime, why: str) -> None:
    """Days were booked: who waits for a share of them and cannot have it any more is released and told, whomever it waited for."""
    same = Q(product__placements__in=places, start__lte=end, end__gte=start, share_pct__isnull=False)
    waiting = list(_queued(same))
    sold = room.sold(waiting)
    gone = [one for one in waiting if one.pk in sold]
    if gone:
        heads = {one.waits_for_id or 0 for one in gone}
        _dismiss(gone, by=by, at=at, why=why)
        queueing.rearrange([], heads)


def in_order(waiting: Iterable[Hold]) -> list[Hold]:
    """Holds of several queues in one order that keeps that of each queue: by priority, then by who came first."""
    queues: dict[int | None, list[Hold]] = defaultdict(list)
    for one in sorted(waiting, key=lambda one: one.place or 0):
        queues[one.waits_for_id].append(one)
    return list(heapq.merge(*queues.values(), key=lambda one: (one.priority, one.created_at, one.pk)))


def _stopped_by(ended: Hold) -> Iterable[Hold]:
    """The holds that wait for it, and those in other queues that ask for the same kind of thing on a placement and a day of it: two queries."""
    places = [place.pk for place in ended.product.placements.all()]
    same = Q(product__placements__in=places, start__lte=ended.end, end__gte=ended.start, share_pct__isnull=ended.share_pct is None)
    return _queued(Q(waits_for=ended) | same)


def _queued(which: Q) -> QuerySet[Hold]:
    rows = Hold.objects.filter(which, status="queued").distinct()
    return rows.select_related("product", "advertiser__party", "owner", "waits_for__product", "waits_for__advertiser__party").prefetch_related("product__placements")


@dataclasses.dataclass
class _Turn:
    """One turn through those who wait: who came up, whose days are sold, who waits for another now."""

    ended: Hold
    room: Room
    at: datetime.datetime
    came: list[Hold] = dataclasses.field(default_factory=list)
    gone: list[Hold] = dataclasses.field(default_factory=list)
    moved: list[tuple[Hold, Hold]] = dataclasses.field(default_factory=list)

    def take(self, waiting: Sequence[Hold], by: Person | None) -> None:
        """Each in its order; who comes up stands in the way of those behind."""
        shares = [one for one in waiting if one.share_pct is not None]
        sold, voice = self.room.sold(shares), _voice(shares, self.at)
        for one in waiting:
            before = None if one.pk in sold else self._before(one, voice)
            if before is None or (not before and not self._up(one, by)):
                self.gone.append(one)
            elif not before:
                self.came.append(one)
                voice.take(one)
            elif one.waits_for_id not in {other.pk for other in before}:
                self.moved.append((one, before[0]))

    def _before(self, one: Hold, voice: Voice) -> list[Hold] | None:
        """Who stands in its way still; None where no one does and there is not enough all the same."""
        if one.share_pct is None:
            return self.room.in_the_way(one, at=self.at)
        return voice.in_the_way(one.product, one.start, one.end, one.share_pct)

    def _up(self, one: Hold, by: Person | None) -> bool:
        """Put it in force, unless the database says that a day of it is sold."""
        until = self.at + (one.expires_at - one.created_at)
        fields = {"held_at": self.at, "first_until": until, "expires_at": until, "took_over": self.ended}
        try:
            with transaction.atomic():
                transitions.move(one, "held", by=by, at=self.at, why=f"after {self.ended.advertiser}", **OUT, **fields)
        except IntegrityError:
            return False
        why, after = f"{self.ended.advertiser} had it until now", {"after": str(self.ended), "until": until.isoformat()}
        said = activity.record(one, "hold.came_up", by=by, at=self.at, why=why, after=after)
        telling.tell(said, [one.owner, self.ended.owner])
        return True


def _voice(shares: Sequence[Hold], at: datetime.datetime) -> Voice:
    """What holds in force have of all that these ask for."""
    if not shares:
        return Voice(at.date(), at.date())
    places = {place.pk for one in shares for place in one.product.placements.all()}
    return Voice.of(places, min(one.start for one in shares), max(one.end for one in shares), at=at)


def _dismiss(gone: Sequence[Hold], *, by: Person | None, at: datetime.datetime, why: str) -> None:
    """What they waited for is sold: they are released, and their owners are told."""
    transitions.move_all(gone, "released", by=by, at=at, why=why, **OUT)
    challenging.withdraw_of(gone, at=at)
    said = Activity.objects.bulk_create(activity.entry(one, "hold.sold_before", by=by, at=at, why=why) for one in gone)
    telling.tell_each([(one, [hold.owner]) for one, hold in zip(said, gone, strict=True)])
