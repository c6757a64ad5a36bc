"""Whom a line reaches: requests that match its targeting, and the people behind them."""

import copy
import dataclasses
import datetime

from makegood.engine import reach
from makegood.orders.availability import checking
from makegood.orders.availability.views import Avails
from makegood.orders.models import Line


@dataclasses.dataclass(frozen=True)
class Reached:
    """Requests that match with the targeting and without, people behind the former, and how many the quantity reaches."""

    matched: int
    untargeted: int
    people: int
    reached: int


def counted(found: Avails) -> bool:
    """Whether requests are what limits it, and they are known."""
    return found.limited and found.known and not found.exclusive


def of(line: Line, found: Avails, *, at: datetime.datetime) -> Reached | None:
    """Of a line with its availability; None where no requests are counted.

    Requests per person are taken as engine.reach does: five a day, geometric.
    """
    if not counted(found):
        return None
    untargeted = found.matched
    if line.targeting:
        free = copy.copy(line)
        free.targeting = {}
        untargeted = checking.check(free, at=at)[line.pk].matched
    mean = reach.REQUESTS_PER_PERSON_DAY * ((line.end - max(line.start, at.date())).days + 1)
    served = min(line.quantity, found.available)
    return Reached(found.matched, untargeted, round(reach.people(found.matched, mean)), round(reach.reached(served, found.matched, mean)))
