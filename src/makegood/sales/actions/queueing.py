"""The queue behind a hold: taking a place, going before others, and who comes next when the hold ends.

Whoever calls has locked the placements (`locking`), so a queue is changed by one at a time.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.sales import voice
from makegood.sales.actions import locking, telling
from makegood.sales.models import Hold

SECOND = 2
OUT: dict[str, Any] = {"waits_for": None, "place": None}  # of the queue


def waiting(head: Hold) -> list[Hold]:
    """Those in the queue behind a hold, the second first."""
    return list(Hold.objects.filter(waits_for=head).select_related("product", "advertiser__party", "owner").order_by("place"))


def next_place(head: Hold, priority: int, queue: Sequence[Hold]) -> int:
    """The place of a newcomer: behind everybody of its priority or a better one."""
    return SECOND + sum(one.priority <= priority for one in queue)


def make_room(queue: Sequence[Hold], place: int) -> None:
    """Everybody from `place` on goes one back. The constraint that a place is taken once looks at the end of the transaction."""
    for one in queue:
        if one.place is not None and one.place >= place:
            one.place += 1
            Hold.objects.filter(pk=one.pk).update(place=one.place)


def leave(hold: Hold, to: str, *, by: Person | None, at: datetime.datetime, why: str) -> Hold:
    """It leaves the queue; those behind it come one forward."""
    head, place = hold.waits_for_id, hold.place
    transitions.move(hold, to, by=by, at=at, why=why, **OUT)
    Hold.objects.filter(waits_for=head, place__gt=place).update(place=F("place") - 1)
    return hold


@verbs.whole
def jump(hold: Hold, place: int, *, by: Person, at: datetime.datetime, why: str) -> Hold:
    """A lead lets a queued hold go before others, with the reason; the others and their owners are told."""
    permissions.check(by, "sales.jump", hold)
    if not why.strip():
        raise Invalid("going before others needs its reason.", place="why", remedy="Say why in a sentence; the others are told.")
    locking.lock([hold])
    hold.refresh_from_db()
    if hold.status != "queued" or hold.waits_for is None or hold.place is None:
        raise Refused("it is not in a queue.", place=str(hold), remedy="Only a queued hold can go before others.")
    queue = waiting(hold.waits_for)
    if not SECOND <= place < hold.place:
        raise Invalid(f"place {place} is not before place {hold.place}.", place="place", remedy=f"Choose a place from {SECOND} to {hold.place - 1}.")
    others = [one for one in queue if one.pk != hold.pk]
    others.insert(place - SECOND, hold)
    passed = [one for one in queue if one.place is not None and place <= one.place < hold.place]
    was = hold.place
    for number, one in enumerate(others, SECOND):
        Hold.objects.filter(pk=one.pk).update(place=number)
    hold.place = place
    said = activity.record(hold, "hold.jumped", by=by, at=at, why=why, before={"place": was}, after={"place": place})
    telling.tell(said, [hold.owner, *(one.owner for one in passed)])
    return hold


def follow(ended: Hold, *, by: Person | None, at: datetime.datetime) -> list[Hold]:
    """Let those behind an ended hold come up: who has nobody in the way any more is in force, the rest wait for who is.

    What one of them asked for begins now: it lapses as many days from now as it was asked for. Impressions come up as far
    as what the ended hold had goes round, the first of them in any case. Both owners are told.
    """
    came: list[Hold] = []
    left = ended.units
    for one in waiting(ended):
        if one.end < at.date():
            transitions.move(one, "expired", by=None, at=at, why="its days are over", **OUT)
            continue
        blockers = _blockers(one, came, left, at)
        if blockers:
            _behind(one, blockers[0])
            continue
        if _up(one, ended, by, at):
            left -= one.units
            came.append(one)
    return came


def dismiss(ended: Hold, *, by: Person | None, at: datetime.datetime, why: str) -> None:
    """What they waited for is sold: the queue behind it is released, and its owners are told."""
    for one in waiting(ended):
        transitions.move(one, "released", by=by, at=at, why=why, **OUT)
        said = activity.record(one, "hold.sold_before", by=by, at=at, why=why, after={"sold_to": str(ended.advertiser)})
        telling.tell(said, [one.owner])


def _blockers(one: Hold, came: Sequence[Hold], left: int, at: datetime.datetime) -> list[Hold]:
    """Who still stands in the way of a queued hold."""
    if one.share_pct is not None:
        return voice.in_the_way(one.product, one.start, one.end, one.share_pct, at=at)
    return list(came[:1]) if came and one.units > left else []


def _behind(one: Hold, head: Hold) -> None:
    """Behind another hold, at the place its priority gives it there."""
    queue = [other for other in waiting(head) if other.pk != one.pk]
    place = next_place(head, one.priority, queue)
    make_room(queue, place)
    one.waits_for, one.place = head, place
    Hold.objects.filter(pk=one.pk).update(waits_for=head, place=place)


def _up(one: Hold, ended: Hold, by: Person | None, at: datetime.datetime) -> bool:
    """Put it in force; where the database says that other days of it were sold meanwhile it is released."""
    until = at + (one.expires_at - one.created_at)
    fields = {"held_at": at, "first_until": until, "expires_at": until, "took_over": ended}
    try:
        with transaction.atomic():
            transitions.move(one, "held", by=by, at=at, why=f"after {ended.advertiser}", **OUT, **fields)
    except IntegrityError:
        one.refresh_from_db()
        transitions.move(one, "released", by=by, at=at, why="other days of it were sold meanwhile", **OUT)
        telling.tell(activity.record(one, "hold.sold_before", by=by, at=at, why="other days of it were sold meanwhile"), [one.owner])
        return False
    said = activity.record(one, "hold.came_up", by=by, at=at, why=f"{ended.advertiser} had it until now", after={"after": str(ended), "until": until.isoformat()})
    telling.tell(said, [one.owner, ended.owner])
    return True
