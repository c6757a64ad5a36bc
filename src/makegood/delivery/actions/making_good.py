"""Make-goods: delivery offered for what was missed. Accepting one is the client's, booking it a new line's."""

import datetime

from makegood.core import permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.delivery.models import MakeGood
from makegood.engine.money import Money
from makegood.orders.models import Line


@verbs.whole
def propose(line: Line, *, missed: int, offered: int, reason: str, by: Person, at: datetime.datetime) -> MakeGood:
    """A make-good to be offered: at least what is missed, at no charge. Its worth is what the missed units were sold for."""
    permissions.check(by, "delivery.offer_make_good", line)
    if not 0 < missed <= line.quantity:
        raise Invalid(f"{missed:,} is not a part of the {line.quantity:,} promised.", place="missed", remedy="Enter what is missing.")
    if offered < missed:
        raise Invalid(f"{offered:,} is less than the {missed:,} missed.", place="offered", remedy="Offer at least what was missed.")
    if not reason.strip():
        raise Invalid("an offer says why.", place="reason", remedy="Give the reason; the client reads it.")
    if line.make_goods.filter(status__in=["proposed", "offered", "accepted"]).exists():
        raise Refused("a make-good is open already.", place=str(line), remedy="Wait for the answer or decline it first.")
    worth = Money(line.amount * missed / line.quantity, line.order.currency).rounded().amount
    made = MakeGood.objects.create(line=line, missed=missed, offered=offered, amount=worth, reason=reason.strip()[:200], at=at)
    return transitions.start(made, by=by, at=at, why=reason)


@verbs.whole
def offer(make_good: MakeGood, *, by: Person, at: datetime.datetime) -> MakeGood:
    """Put it to the client, who accepts or declines it."""
    permissions.check(by, "delivery.offer_make_good", make_good.line)
    return transitions.move(make_good, "offered", by=by, at=at, why=make_good.reason, visible_to_client=True)


@verbs.whole
def propose_and_offer(line: Line, *, missed: int, offered: int, reason: str, by: Person, at: datetime.datetime) -> MakeGood:
    """Both at once, as the pacing console does."""
    return offer(propose(line, missed=missed, offered=offered, reason=reason, by=by, at=at), by=by, at=at)
