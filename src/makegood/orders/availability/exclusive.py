"""Availability of what is sold whole by the day, and who has a day."""

import datetime
from collections.abc import Collection

from makegood.engine import avails
from makegood.engine.periods import Period
from makegood.orders.availability import book
from makegood.orders.availability.views import Avails, Holder
from makegood.orders.models import Line, Reservation


def reservations(placement_ids: Collection[int], start: datetime.date, end: datetime.date) -> list[Reservation]:
    """Exclusive reservations in force that touch the days, in the order of their start."""
    days = (start, end + datetime.timedelta(days=1))
    rows = Reservation.objects.filter(placement_id__in=placement_ids, exclusive=True, released_at=None, days__overlap=days)
    return list(rows.select_related("flight__line__order__advertiser__party", "placement").order_by("days", "pk"))


def check(line: Line, placement_ids: Collection[int], at: datetime.datetime, *, look_ahead: int = 60) -> Avails:
    """Days free on every placement of the product, who has the others, and the nearest later start."""
    until = line.end + datetime.timedelta(days=look_ahead)
    taken: list[avails.Taken] = []
    names: dict[int, Holder] = {}
    for one in reservations(placement_ids, line.start, until):
        if one.flight.line_id == line.pk:
            continue
        last = one.days.upper - datetime.timedelta(days=1)
        taken.append(avails.Taken(2 * one.pk, Period(one.days.lower, last)))
        order = one.flight.line.order
        names[2 * one.pk] = Holder(f"{order.advertiser} ({order.number})", 0, False, last)
    for hold in book.other_holds(line, placement_ids, at):
        taken.append(avails.Taken(2 * hold.pk + 1, Period(hold.start, hold.end), held=True))
        names[2 * hold.pk + 1] = Holder(str(hold.advertiser), 0, True, hold.expires_at, hold.owner.name)
    found = avails.days(Period(line.start, line.end), taken, look_ahead=look_ahead)
    return Avails(
        line_id=line.pk, wanted=(line.end - line.start).days + 1, unit="days", exclusive=True, matched=found.matched,
        reserved=found.reserved, held=found.held, available=found.available, possible=found.possible, short=found.short,
        holders=tuple(named(names[one.line_id], one.units) for one in found.contenders), relaxations=found.relaxations,
    )  # fmt: skip


def named(holder: Holder, units: int) -> Holder:
    """The holder with the units it has of what is asked."""
    return Holder(holder.name, units, holder.held, holder.until, holder.owner)
