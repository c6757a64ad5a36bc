"""Keeping inventory for a client until a moment: placing, giving back, handing over, lapsing, becoming an order."""

import datetime
from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q, prefetch_related_objects

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core import permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.sales import voice
from makegood.sales.actions import challenging, coming_up, locking, queueing
from makegood.sales.actions.extending import check_expiry
from makegood.sales.models import Brief, Challenge, Hold
from makegood.sales.room import Room

Outcome = Challenge.Outcome


@verbs.whole
def place(
    product: Product, advertiser: Account, *, start: datetime.date, end: datetime.date, units: int, expires_at: datetime.datetime,
    by: Person, at: datetime.datetime, room: Room, brief: Brief | None = None, reason: str = "", share_pct: int | None = None,
    priority: int = Hold.Priority.USUAL,
) -> Hold:  # fmt: skip
    """Hold `units` (impressions, or days of what is sold by the day, of which `share_pct` of the voice).

    Where other holds leave too little, of the same product or of another on its placements, it is queued behind the longest
    in force of them, or the one with most of the impressions. Days that are booked are refused.
    """
    permissions.check(by, "sales.hold", advertiser)
    _plausible(start, end, units, priority)
    check_expiry(expires_at, at)
    share = share_of(product, share_pct)
    prefetch_related_objects([product], "placements")
    places = [place.pk for place in product.placements.all()]
    locking.lock_places(places=places)
    lapse_due(at=at, places=places, room=room)
    if share:
        room.refuse_booked(product, start, end, share, advertiser)
    facts = {"product": product, "advertiser": advertiser, "brief": brief, "start": start, "end": end, "units": units, "share_pct": share,
             "owner": by, "expires_at": expires_at, "reason": reason, "priority": priority, "created_at": at}  # fmt: skip
    head = _head(product, advertiser, start, end, share, at) if share else next(iter(room.in_the_way(Hold(**facts), at=at) or []), None)
    if head is None:
        return _hold(facts, by, at)
    hold = Hold.objects.create(**facts, status="queued", waits_for=head, place=queueing.make_room(head, priority))
    return transitions.start(hold, by=by, at=at, why=reason)


@verbs.whole
def release(hold: Hold, *, room: Room, by: Person | None, at: datetime.datetime, why: str = "") -> Hold:
    """Give it back, or leave the queue; the next in the queue has it."""
    permissions.check(by, "sales.release", hold)
    return _end(hold, "released", Outcome.GAVE_WAY, room=room, by=by, at=at, why=why)


@verbs.whole
def hand_over(hold: Hold, *, room: Room, by: Person, at: datetime.datetime, why: str = "") -> Hold:
    """Give it to the next in the queue."""
    permissions.check(by, "sales.release", hold)
    if hold.status == "held" and not Hold.objects.filter(waits_for=hold).exists():
        raise Refused("nobody waits for it.", place=str(hold), remedy="Release it instead.")
    return _end(hold, "handed_over", Outcome.GAVE_WAY, room=room, by=by, at=at, why=why)


def expire_due(*, room: Room, at: datetime.datetime) -> int:
    """Let holds lapse whose moment has come, or whose challenge was not answered, each by itself; how many ended."""
    late = Q(challenges__ended_at=None, challenges__answer_by__lte=at)
    rows = Hold.objects.filter(Q(status="held") & (Q(expires_at__lte=at) | late) | Q(status="queued", end__lt=at.date()))
    return sum(_lapse(pk, room, at) for pk in sorted(set(rows.values_list("pk", flat=True))))


@verbs.whole
def lapse_due(*, room: Room, at: datetime.datetime, places: Collection[int]) -> None:
    """The same for holds on some placements, before anybody new asks for them: what came up meanwhile goes first."""
    due = Hold.objects.filter(status="held", expires_at__lte=at, product__placements__in=places)
    for pk in sorted(set(due.values_list("pk", flat=True))):
        _lapse(pk, room, at)


@verbs.whole
def convert(holds: Iterable[Hold], *, room: Room, by: Person | None, at: datetime.datetime, why: str) -> int:
    """The held inventory is booked: the holds end. Who waited for what is sold is told; who waited for days it left has them or waits on.

    Called by booking with the order in `why`.
    """
    found = sorted(holds, key=lambda hold: hold.pk)
    locking.lock(found)
    for one in found:
        challenging.end(one, Outcome.BOOKED, at=at)
    transitions.move_all(found, "converted", by=by, at=at, why=why)
    for one in found:
        coming_up.follow(one, room=room, by=by, at=at, why=why)
    return len(found)


@verbs.whole
def _lapse(hold_id: int, room: Room, at: datetime.datetime) -> bool:
    hold = Hold.objects.select_related("product", "advertiser__party", "owner").get(pk=hold_id)
    locking.lock([hold])
    hold.refresh_from_db()
    if hold.status == "queued" and hold.end < at.date():
        queueing.leave(hold, "expired", by=None, at=at, why="its days are over")
    elif hold.status == "held" and hold.expires_at <= at:
        _end(hold, "expired", Outcome.GAVE_WAY, room=room, by=None, at=at, why="its time was over")
    elif hold.status == "held" and hold.challenges.filter(ended_at=None, answer_by__lte=at).exists():
        _end(hold, "released", Outcome.OVERDUE, room=room, by=None, at=at, why="challenged, and not booked in time")
    else:
        return False  # somebody extended, booked or released it meanwhile
    return True


def _end(hold: Hold, to: str, outcome: str, *, room: Room, by: Person | None, at: datetime.datetime, why: str) -> Hold:
    """End it, close the challenge against it, and let the next come up."""
    locking.lock([hold])
    hold.refresh_from_db()
    if hold.status == "queued":
        challenging.withdraw_of([hold], at=at)
        return queueing.leave(hold, to, by=by, at=at, why=why)
    transitions.move(hold, to, by=by, at=at, why=why)
    challenging.end(hold, outcome, at=at)
    coming_up.follow(hold, room=room, by=by, at=at)
    return hold


def _hold(facts: dict[str, object], by: Person, at: datetime.datetime) -> Hold:
    try:
        with transaction.atomic():
            hold = Hold.objects.create(**facts, held_at=at, first_until=facts["expires_at"])
    except IntegrityError as error:
        raise Refused("some of these days are booked.", place=str(facts["product"]), remedy="The calendar says by whom; choose other days.") from error
    return transitions.start(hold, by=by, at=at, why=str(facts["reason"]))


def _head(product: Product, advertiser: Account, start: datetime.date, end: datetime.date, share: int, at: datetime.datetime) -> Hold | None:
    """The hold to wait for; None when there is enough of every day."""
    found = voice.in_the_way(product, start, end, share, at=at)
    others = [one for one in found if one.advertiser_id != advertiser.pk]
    if found and not others:
        first = found[0]
        raise Refused(f"{advertiser} holds {first.start} to {first.end} already.", place=str(product), remedy=f"Extend that hold, or ask {first.owner.name}.")
    return others[0] if others else None


def share_of(product: Product, share_pct: int | None) -> int | None:
    """The share of voice a hold of the product has: as asked, else the product's; None where impressions are held. Refuses what it cannot be."""
    if product.voice_pct is None and share_pct is not None:
        raise Invalid("it is not sold by share of voice.", place="share_pct", remedy="Hold impressions of it.")
    if product.exclusive and share_pct not in (None, voice.WHOLE):
        raise Invalid("it is sold whole.", place="share_pct", remedy="Leave the share empty.")
    if share_pct is not None and not 1 <= share_pct <= voice.WHOLE:
        raise Invalid(f"{share_pct} per cent is no share.", place="share_pct", remedy="Give a share from 1 to 100.")
    return share_pct or product.voice_pct


def _plausible(start: datetime.date, end: datetime.date, units: int, priority: int) -> None:
    if end < start:
        raise Invalid(f"the hold ends {end}, before {start}.", place="end", remedy="Give a later end.")
    if units <= 0:
        raise Invalid("a hold is for at least one unit.", place="units", remedy="Give a number above zero.")
    if priority not in Hold.Priority.values:
        raise Invalid(f"{priority} is no priority.", place="priority", remedy="Choose one of the reasons to go first, or none.")
