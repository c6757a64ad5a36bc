"""Who has a claim: booked flights and holds as the engine's book, with their names for the answer."""

import datetime
from collections.abc import Collection, Iterable

from makegood.engine import targeting
from makegood.engine.avails import Booked
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.plan import FrequencyCap
from makegood.engine.targeting.predicates import Predicate, Targeting
from makegood.orders.availability.views import Holder
from makegood.orders.models import Flight, Line, Order
from makegood.sales import queries as sales
from makegood.sales.models import Hold

CLAIMING = ("booked", "ready", "live", "paused")
EARLIER = 1 << 50  # keys of an order's own lines come after those of everybody booked
Claims = tuple[list[Booked], dict[int, Holder]]


def scope(line_targeting: dict[str, object], placement_ids: Iterable[int], start: datetime.date, end: datetime.date) -> Scope:
    """What may serve it: its targeting on its placements, on its days."""
    base: Targeting = targeting.from_json(line_targeting)
    return Scope(base.widened(Predicate("placement", frozenset(placement_ids))), Period(start, end))


def cap(line: Line) -> FrequencyCap | None:
    """The line's frequency cap."""
    return FrequencyCap(line.cap_count, line.cap_hours * 3600) if line.cap_count and line.cap_hours else None


def flights(placement_ids: Collection[int], start: datetime.date, end: datetime.date) -> list[Flight]:
    """Flights with a reservation in force on any of the placements, running in those days."""
    rows = Flight.objects.filter(
        start__lte=end, end__gte=start, status__in=CLAIMING, reservations__placement_id__in=placement_ids,
        reservations__released_at=None,
    )  # fmt: skip
    return list(rows.select_related("line__order__advertiser__party", "line__product").distinct().order_by("pk"))


def claims(found: Iterable[Flight], holds: Iterable[Hold], *, today: datetime.date) -> Claims:
    """Flights and holds as the engine's book. A running flight still claims its goal for the days left, evenly."""
    booked: list[Booked] = []
    names: dict[int, Holder] = {}
    for flight in found:
        key, begin = 2 * flight.pk, max(flight.start, today)
        if begin > flight.end:
            continue
        units = round(flight.goal * ((flight.end - begin).days + 1) / ((flight.end - flight.start).days + 1))
        where = scope(flight.line.targeting, flight.placement_ids, begin, flight.end)
        voice = flight.line.product.voice_pct
        booked.append(
            Booked(key, where, 0 if voice else units, priority=flight.line.priority, share=part(voice), frequency_cap=cap(flight.line))
        )
        order = flight.line.order
        names[key] = Holder(f"{order.advertiser} ({order.number})", 0, False, flight.end)
    for hold in holds:
        key, begin = 2 * hold.pk + 1, max(hold.start, today)
        places = [place.pk for place in hold.product.placements.all()]
        if begin > hold.end or not places:
            continue
        share = part(hold.share_pct)
        found_scope = scope(hold.product.targeting, places, begin, hold.end)
        booked.append(Booked(key, found_scope, 0 if share else hold.units, priority=hold.product.priority, held=True, share=share))
        names[key] = Holder(str(hold.advertiser), 0, True, hold.expires_at, hold.owner.name, hold_id=hold.pk)
    return booked, names


def part(voice_pct: int | None) -> float | None:
    """A share of voice as the engine takes it, 0 to 1."""
    return None if voice_pct is None else voice_pct / 100


def holds(placement_ids: Collection[int], start: datetime.date, end: datetime.date, at: datetime.datetime) -> list[Hold]:
    """Holds in force on any of the placements in those days: two queries."""
    rows = sales.in_force(at).filter(product__placements__in=placement_ids, start__lte=end, end__gte=start)
    return list(rows.distinct().prefetch_related("product__placements"))


def others(found: Iterable[Hold], order: Order) -> list[Hold]:
    """Those of `found` that stand in the way of an order: those of other clients."""
    return [hold for hold in found if hold.advertiser_id != order.advertiser_id]
