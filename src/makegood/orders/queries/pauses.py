"""Pauses of flights: those in effect at a moment by each order's own clock, and those that still hold, as the operations see them."""

import datetime
import zoneinfo
from collections import defaultdict

from django.db.models import DateField, DateTimeField, F, Func, QuerySet, Value
from django.db.models.functions import Cast

from makegood.orders.changes.progress import Stop
from makegood.orders.models import Order, Pause

ONE_DAY = datetime.timedelta(days=1)


def today(order: Order, at: datetime.datetime) -> datetime.date:
    """The order's own day."""
    return at.astimezone(zoneinfo.ZoneInfo(order.zone)).date()


def in_effect(at: datetime.datetime) -> QuerySet[Pause]:
    """Pauses that keep their flights from being served at `at`."""
    return _standing(at).filter(days__contains=F("today"))


def unnoticed(at: datetime.datetime) -> tuple[QuerySet[Pause], QuerySet[Pause]]:
    """Pauses that have begun and those that are over by `at`, on which nobody has acted yet."""
    rows = _standing(at)
    return rows.filter(begun_at=None, days__startswith__lte=F("today")), rows.filter(over_at=None, days__endswith__lte=F("today"))


def _standing(at: datetime.datetime) -> QuerySet[Pause]:
    """Those not taken back, each with `today` by its order's clock."""
    local = Func(F("flight__line__order__zone"), Value(at, output_field=DateTimeField()), function="timezone", output_field=DateTimeField())
    return Pause.objects.filter(lifted_at=None).annotate(today=Cast(local, DateField()))


def stops(order: Order) -> dict[int, tuple[Stop, ...]]:
    """{flight id: its pauses that were not taken back, the first first}. One query."""
    found: dict[int, list[Stop]] = defaultdict(list)
    for one in Pause.objects.filter(flight__line__order=order, lifted_at=None).order_by("days"):
        found[one.flight_id].append(stop(one))
    return {pk: tuple(rows) for pk, rows in found.items()}


def stop(one: Pause) -> Stop:
    """A pause as operations see it."""
    return Stop(one.days.lower, one.days.upper - ONE_DAY if one.days.upper else None)
