"""The queue behind a hold: taking a place, leaving it, going before others. Who comes up when the hold ends: `coming_up`.

Whoever calls has locked the placements (`locking`), so a queue is changed by one at a time.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import F, Max

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.sales.actions import locking, telling
from makegood.sales.models import Hold

SECOND = 2
OUT: dict[str, Any] = {"waits_for": None, "place": None}  # of the queue


def waiting(head: Hold) -> list[Hold]:
    """Those in the queue behind a hold, the second first."""
    return list(Hold.objects.filter(waits_for=head).select_related("product", "advertiser__party", "owner").order_by("place"))


def place_in(queue: Sequence[Hold], priority: int) -> int:
    """The place of a newcomer: behind everybody of its priority or a better one."""
    return max((place for place, one in enumerate(queue, SECOND) if one.priority <= priority), default=SECOND - 1) + 1


def make_room(head: Hold, priority: int) -> int:
    """The place of a newcomer in the queue of a hold, everybody from it on one further back.

    The constraint that a place is taken once looks at the end of the transaction.
    """
    last = Hold.objects.filter(waits_for=head, priority__lte=priority).aggregate(last=Max("place"))["last"]
    place = (last or SECOND - 1) + 1
    Hold.objects.filter(waits_for=head, place__gte=place).update(place=F("place") + 1)
    return place


def rearrange(moved: Sequence[tuple[Hold, Hold]], heads: Collection[int]) -> None:
    """Put each hold behind the one it waits for now, where its priority takes it, and close the gaps in those and the queues of `heads`."""
    wanted = {*heads, *(head.pk for _, head in moved)}
    queues: dict[int, list[Hold]] = defaultdict(list)
    for one in Hold.objects.filter(waits_for__in=wanted).exclude(pk__in=[one.pk for one, _ in moved]).order_by("place"):
        queues[one.waits_for_id or 0].append(one)
    for one, head in moved:
        queues[head.pk].insert(place_in(queues[head.pk], one.priority) - SECOND, one)
        one.waits_for, one.place = head, None
    changed = [(one, place) for queue in queues.values() for place, one in enumerate(queue, SECOND) if one.place != place]
    for one, place in changed:
        one.place = place
    Hold.objects.bulk_update([one for one, _ in changed], ["waits_for", "place"])


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
    passed = [one for one in queue if one.place is not None and place <= one.place < hold.place]
    was = hold.place
    Hold.objects.filter(pk__in=[one.pk for one in passed]).update(place=F("place") + 1)
    Hold.objects.filter(pk=hold.pk).update(place=place)
    hold.place = place
    said = activity.record(hold, "hold.jumped", by=by, at=at, why=why, before={"place": was}, after={"place": place})
    telling.tell(said, [hold.owner, *(one.owner for one in passed)])
    return hold
