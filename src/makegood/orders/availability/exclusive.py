"""Availability of what is sold by the day, whole or by share of voice, and who has a day."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from makegood.engine import avails
from makegood.engine.avails.exclusive import WHOLE
from makegood.engine.periods import Period
from makegood.orders.availability import book
from makegood.orders.availability.views import Avails, Holder
from makegood.orders.models import Line, Reservation
from makegood.sales.models import Hold


def reservations(placement_ids: Collection[int], start: datetime.date, end: datetime.date) -> list[Reservation]:
    """Reservations in force of whole days or shares of them that touch the days, in the order of their start."""
    days = (start, end + datetime.timedelta(days=1))
    by_day = Q(exclusive=True) | Q(share_pct__isnull=False)
    rows = Reservation.objects.filter(by_day, placement_id__in=placement_ids, released_at=None, days__overlap=days)
    return list(rows.select_related("flight__line__order__advertiser__party", "placement").order_by("days", "pk"))


def share(one: Reservation) -> int:
    """Per cent of the voice a reservation has."""
    return WHOLE if one.exclusive else one.share_pct or 0


def check(lines: Mapping[int, tuple[Line, Collection[int]]], at: datetime.datetime, *, look_ahead: int = 60) -> dict[int, Avails]:
    """{key: Avails} for lines with their placements: days free on every placement, who has the others, the nearest later start.

    Three queries however many lines.
    """
    if not lines:
        return {}
    ahead = datetime.timedelta(days=look_ahead)
    start, until = min(line.start for line, _ in lines.values()), max(line.end for line, _ in lines.values()) + ahead
    places = {pk for _, ids in lines.values() for pk in ids}
    booked, held = reservations(places, start, until), book.holds(places, start, until, at)
    return {key: _check(line, ids, booked, held, look_ahead) for key, (line, ids) in lines.items()}


def _check(line: Line, placement_ids: Collection[int], booked: Iterable[Reservation], held: Iterable[Hold], look_ahead: int) -> Avails:
    until = line.end + datetime.timedelta(days=look_ahead)
    taken: list[avails.Taken] = []
    names: dict[int, Holder] = {}
    for one in booked:
        last = one.days.upper - datetime.timedelta(days=1)
        if one.flight.line_id == line.pk or one.placement_id not in placement_ids or one.days.lower > until or last < line.start:
            continue
        taken.append(avails.Taken(2 * one.pk, Period(one.days.lower, last), False, share(one), one.placement_id))
        order = one.flight.line.order
        names[2 * one.pk] = Holder(f"{order.advertiser} ({order.number})", 0, False, last, share_pct=share(one))
    for hold in book.others(held, line.order):
        for place in hold.product.placements.all():
            if hold.share_pct is not None and place.pk in placement_ids:
                taken.append(avails.Taken(2 * hold.pk + 1, Period(hold.start, hold.end), True, hold.share_pct, place.pk))
        names[2 * hold.pk + 1] = Holder(str(hold.advertiser), 0, True, hold.expires_at, hold.owner.name, hold.share_pct)
    found = avails.days(Period(line.start, line.end), taken, look_ahead=look_ahead, share_pct=line.product.voice_pct or WHOLE)
    return Avails(
        line_id=line.pk, wanted=(line.end - line.start).days + 1, unit="days", exclusive=True, share_pct=line.product.voice_pct, matched=found.matched,
        reserved=found.reserved, held=found.held, available=found.available, possible=found.possible, short=found.short,
        holders=tuple(named(names[one.line_id], one.units) for one in found.contenders), relaxations=found.relaxations,
    )  # fmt: skip


def named(holder: Holder, units: int) -> Holder:
    """The holder with the units it has of what is asked."""
    return dataclasses.replace(holder, units=units)
