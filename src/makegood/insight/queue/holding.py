"""Items about holds: those that are challenged, lapse soon or came to somebody, and those that went to the next in the queue."""

import datetime
from collections.abc import Collection

from makegood.core import permissions
from makegood.core.models import Person
from makegood.insight.queue.item import Item, close_of, local_day, sentence, urgency
from makegood.sales import queries as sales
from makegood.sales.models import Challenge, Hold

LAPSING = datetime.timedelta(days=4)
TOLD = datetime.timedelta(days=2)  # how long a hand-over stands in Today


def holds(actor: Person, people: Collection[int], at: datetime.datetime) -> list[Item]:
    """Holds of these people that need them. Three queries."""
    if not permissions.may(actor, "sales.hold"):
        return []
    moved = list(sales.passed_on(people, at - TOLD))
    mine = list(sales.hold_list(actor).filter(status="held", owner__in=people, expires_at__gt=at))
    challenged = sales.challenges([one.pk for one in mine])
    came = {one.pk for one in moved}
    found = [_challenged(one, challenged[one.pk], at) for one in mine if one.pk in challenged]
    rest = [one for one in mine if one.pk not in challenged]
    found += [_came(one, at) for one in rest if one.pk in came]
    found += [_lapsing(one, at) for one in rest if one.pk not in came and one.expires_at < at + LAPSING]
    return found + [_lost(one, actor) for one in moved if one.took_over and one.took_over.owner_id in people]


def _challenged(one: Hold, challenge: Challenge, at: datetime.datetime) -> Item:
    why = sentence(f"{challenge.challenger.advertiser} is second and asks for it", challenge.why)
    return _item(one, f"Book the hold for {one.advertiser}, or it goes", why, challenge.answer_by, "risk", "Look at it")


def _came(one: Hold, at: datetime.datetime) -> Item:
    assert one.took_over is not None
    why = sentence(what(one), f"After {one.took_over.advertiser}; you have it until {one.expires_at:%a %d %b}")
    return _item(one, f"The hold for {one.advertiser} is yours now", why, one.expires_at, _state(one, at), "Extend or release")


def _lapsing(one: Hold, at: datetime.datetime) -> Item:
    return _item(one, f"Hold for {one.advertiser} lapses", sentence(what(one), one.reason), one.expires_at, _state(one, at), "Extend or release")


def _lost(one: Hold, actor: Person) -> Item:
    """For whoever had it: a day to tell the client."""
    assert one.took_over is not None and one.held_at is not None
    before = one.took_over
    due = close_of(local_day(one.held_at, actor) + datetime.timedelta(days=1), actor)
    title = f"{one.advertiser} has what {before.advertiser} held"
    why = sentence(f"{one.product.name}: {before.get_status_display().lower()}, the next in the queue came up", f"Owner now {one.owner}")
    return Item(
        key=f"hold-{before.pk}", kind="orders", icon="clock-x", title=title, why=why, due_at=due, state="watch", action="Tell the client",
        place="accounts.account", place_id=before.advertiser_id, owner=str(before.owner), owner_id=before.owner_id,
    )  # fmt: skip


def what(one: Hold) -> str:
    """Units, product and days in words."""
    days = f"{one.start.day} {one.start:%b} to {one.end.day} {one.end:%b}"
    share = f"{one.share_pct} % of " if one.share_pct and one.share_pct < 100 else ""
    unit = ("day" if one.units == 1 else "days") if one.share_pct else "impressions"
    return f"{share}{one.units:,} {unit}, {one.product.name}, {days}"


def _state(one: Hold, at: datetime.datetime) -> str:
    return "watch" if urgency(one.expires_at, at) == "ok" else "risk"


def _item(one: Hold, title: str, why: str, due_at: datetime.datetime, state: str, action: str) -> Item:
    return Item(
        key=f"hold-{one.pk}", kind="orders", icon="clock-pause", title=title, why=why, due_at=due_at, state=state, action=action, does="hold",
        place="sales.hold", place_id=one.pk, owner=str(one.owner), owner_id=one.owner_id,
    )  # fmt: skip
