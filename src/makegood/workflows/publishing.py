"""Publishing with what delivery knows: the plan is compiled from what each flight still needs to be on its course."""

import datetime

from makegood.core.models import Person
from makegood.delivery import correcting, rotating
from makegood.orders.models import Order
from makegood.trafficking.actions import calling, publishing
from makegood.trafficking.actions.publishing import Published
from makegood.trafficking.models import Caller, Publication


def publish(*, by: Person | None, at: datetime.datetime, why: str, order: Order | None = None) -> Published:
    """Publish all cleared flights: one behind its course is planned for more, one ahead for less. Errors as trafficking's publish."""
    counted = correcting.counts(at)
    delivered = {pk: net for pk, (net, _) in counted.items()}
    asked = correcting.asked(counted, at)
    learnt = rotating.learnt(at)
    return publishing.publish(by=by, at=at, why=why, order=order, delivered=delivered, asked=asked, learnt=learnt)


def end_caller(caller: Caller, *, by: Person | None, at: datetime.datetime, why: str = "") -> Caller:
    """End a caller's token and publish at once, so that the ad servers know."""
    calling.end(caller, by=by, at=at, why=why)
    if Publication.objects.exists():
        publish(by=by, at=at, why=f"The token of {caller.name} was ended")
    return caller


def correct(*, at: datetime.datetime) -> Published | None:
    """Plan again from the counts so far; None while nothing was ever published."""
    if not Publication.objects.exists():
        return None
    return publish(by=None, at=at, why="Corrected by what was delivered")
