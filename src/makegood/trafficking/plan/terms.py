"""A flight as a contract of the plan: its tier, its cap, and what an impression of it is worth missing."""

from collections.abc import Sequence

from makegood.catalog.models import RateType
from makegood.engine.allocation import Contract
from makegood.engine.eligibility import Scope
from makegood.engine.plan import FrequencyCap, Priority
from makegood.orders.models import Flight, Line

PRIORITIES: tuple[Priority, ...] = ("sponsorship", "guaranteed", "non_guaranteed", "house")
USUAL, LEAST, MOST = 50.0, 10.0, 250.0  # penalties beside V = 1: at the average price, and between what bounds


def tier(flight: Flight) -> Priority:
    """The tier a line's priority stands for; the trade's other words ("standard") are guaranteed."""
    return priority(flight.line.priority)


def priority(name: str) -> Priority:
    """The tier of a priority's name."""
    return next((one for one in PRIORITIES if one == name), "guaranteed")


def cap(flight: Flight) -> FrequencyCap | None:
    """The line's frequency cap."""
    line = flight.line
    return FrequencyCap(line.cap_count, line.cap_hours * 3600) if line.cap_count and line.cap_hours else None


def share(flight: Flight) -> float | None:
    """The share of voice a sponsorship has: what its product is sold by, else all of it; None for what has a goal."""
    return (flight.line.product.voice_pct or 100) / 100 if tier(flight) == "sponsorship" else None


def contract(flight: Flight, units: float, scope: Scope, *, usual_price: float) -> Contract:
    """`units` still owed of the flight on `scope`; sponsorships take their whole share instead."""
    own = tier(flight)
    dear = penalty(flight, usual_price)
    return Contract(flight.pk, scope, units, dear, priority=own, share=share(flight), frequency_cap=cap(flight))


def penalty(flight: Flight, usual_price: float) -> float:
    """In proportion to the price of a unit: USUAL at the usual one, never less than LEAST, so that bonus is owed too."""
    return min(MOST, max(LEAST, USUAL * price(flight) / usual_price)) if usual_price > 0 else USUAL


def usual(flights: Sequence[Flight]) -> float:
    """The average price of a unit."""
    return sum(map(price, flights)) / max(1, len(flights))


def price(flight: Flight) -> float:
    """What the order pays for a unit of the line."""
    return float(flight.line.amount) / flight.line.quantity


def cpm(line: Line) -> str | None:
    """What a thousand impressions are sold for as decimal text, None where the rate is for something else.

    A spot is one impression; clicks, days and flat fees have no price for one that a bid could name.
    """
    thousands = {RateType.CPM: 1, RateType.SPOT: 1000}.get(RateType(line.rate_type))
    return f"{line.rate * thousands:f}" if thousands and line.rate else None


def deal(line: Line) -> str:
    """What buyers' systems call the deal: the order's number and the line's."""
    return f"{line.order.number}-{line.number}"
