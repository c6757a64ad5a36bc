"""Keeping inventory for a client until a moment: placing, extending, releasing, lapsing, becoming an order."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.sales import queries
from makegood.sales.models import Brief, Hold

LONGEST_DAYS = 14  # a hold without an order for longer than this hides inventory from everybody


@verbs.whole
def place(
    product: Product, advertiser: Account, *, start: datetime.date, end: datetime.date, units: int, expires_at: datetime.datetime,
    by: Person, at: datetime.datetime, brief: Brief | None = None, reason: str = "",
) -> Hold:  # fmt: skip
    """Hold `units` (impressions, or days of an exclusive product). An exclusive product takes one hold a day.

    Whether the units are there is said by orders.availability; a hold beyond them is contention, and shown as such.
    """
    permissions.check(by, "sales.hold", advertiser)
    if end < start:
        raise Invalid(f"the hold ends {end}, before {start}.", place="end", remedy="Give a later end.")
    if units <= 0:
        raise Invalid("a hold is for at least one unit.", place="units", remedy="Give a number above zero.")
    _expiry(expires_at, at)
    if product.exclusive:
        Product.objects.select_for_update(no_key=True).get(pk=product.pk)
        other = queries.in_force(at).filter(product=product, start__lte=end, end__gte=start).first()
        if other:
            raise Refused(
                f"{other.advertiser} holds {other.start} to {other.end} until {other.expires_at:%d %b %H:%M} UTC.",
                place=str(product), remedy=f"Ask {other.owner.name}, or choose other days.",
            )  # fmt: skip
    hold = Hold.objects.create(
        product=product, advertiser=advertiser, brief=brief, start=start, end=end, units=units, owner=by, expires_at=expires_at,
        reason=reason, created_at=at,
    )  # fmt: skip
    return transitions.start(hold, by=by, at=at, why=reason)


def extend(hold: Hold, expires_at: datetime.datetime, *, by: Person, at: datetime.datetime, why: str) -> Hold:
    """Keep it longer, with the reason."""
    permissions.check(by, "sales.hold", hold)
    if hold.status != "held" or hold.expires_at <= at:
        raise Refused("the hold is no longer in force.", place=str(hold), remedy="Place a new one.")
    _expiry(expires_at, at)
    activity.change(hold, "hold.extended", by=by, at=at, why=why, expires_at=expires_at)
    return hold


def release(hold: Hold, *, by: Person, at: datetime.datetime, why: str = "") -> Hold:
    """Give it back."""
    permissions.check(by, "sales.release", hold)
    return transitions.move(hold, "released", by=by, at=at, why=why)


def expire_due(*, at: datetime.datetime) -> int:
    """Let holds lapse whose moment has come; how many did."""
    with transaction.atomic():
        due = list(Hold.objects.select_for_update(skip_locked=True).filter(status="held", expires_at__lte=at).order_by("pk"))
        transitions.move_all(due, "expired", by=None, at=at, why="its time was over")
    return len(due)


@verbs.whole
def convert(holds: Iterable[Hold], *, by: Person | None, at: datetime.datetime, why: str) -> int:
    """The held inventory is booked: the holds end. Called by booking with the order in `why`."""
    found = sorted(holds, key=lambda hold: hold.pk)
    return len(transitions.move_all(found, "converted", by=by, at=at, why=why))


def _expiry(expires_at: datetime.datetime, at: datetime.datetime) -> None:
    if not at < expires_at <= at + datetime.timedelta(days=LONGEST_DAYS):
        raise Invalid(
            f"a hold ends within {LONGEST_DAYS} days of now.", place="expires_at", remedy="Choose a moment in that time and extend it later."
        )
