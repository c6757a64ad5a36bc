"""Flights brought to the pauses that were planned for them, and following the days: paused when a pause begins, served again when it is over."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef

from makegood.core import activity
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders.actions import running
from makegood.orders.changes.pausing import Key
from makegood.orders.changes.progress import Stop
from makegood.orders.models import Flight, Order, Pause
from makegood.orders.queries import pauses

ONE_DAY = datetime.timedelta(days=1)


def bring(order: Order, planned: Mapping[Key, tuple[Stop, ...]], *, by: Person | None, at: datetime.datetime, why: str) -> None:
    """Keep the pauses of the flights exactly as planned, and pause or resume what that means today.

    Checks no right: the verb that pushes the change does. Call inside its transaction.
    """
    rows = Flight.objects.filter(line__order=order, line__number__in={line for line, _ in planned}).exclude(status="cancelled")
    found = {(one.line.number, one.number): one for one in rows.select_related("line__order").order_by("pk")}
    for key, stops in planned.items():
        _keep(found[key], {one.first: one for one in stops}, by, at, why)
    for key in planned:
        _follow(found[key], by, at, why)


def follow(*, at: datetime.datetime) -> int:
    """Pauses that begin and that are over by now; of how many flights. Each that runs is moved in a transaction of its own.

    One that has not run yet keeps its status: the plan leaves it out while it is paused.
    """
    held = Exists(pauses.in_effect(at).filter(flight=OuterRef("pk")))
    rows = Flight.objects.filter(line__order__status__in=("booked", "live")).annotate(held=held).select_related("line__order")
    due = [*rows.filter(held=True, status="live"), *rows.filter(held=False, status="paused")]
    moved = {one.pk for one in sorted(due, key=lambda one: one.pk) if _moved(one, at)}
    for found, field in zip(pauses.unnoticed(at), ("begun_at", "over_at"), strict=True):
        noticed = dict(found.values_list("pk", "flight"))
        Pause.objects.filter(pk__in=noticed).update(**{field: at})
        moved |= set(noticed.values())
    return len(moved)


def _moved(flight: Flight, at: datetime.datetime) -> bool:
    newest = flight.pauses.filter(lifted_at=None).order_by("-days").first()
    try:
        with transaction.atomic():
            return _follow(flight, None, at, newest.why if newest else "its pause is over")
    except Refused:  # somebody moved it a moment ago; the next run sees it as it is
        return False


def _keep(flight: Flight, wanted: dict[datetime.date, Stop], by: Person | None, at: datetime.datetime, why: str) -> None:
    """First what is taken back or shortened, then what is new: no two pauses of a flight meet in between."""
    for row in flight.pauses.filter(lifted_at=None).order_by("pk"):
        left = wanted.pop(row.days.lower, None)
        if left is None:
            activity.change(row, "pause.lifted", by=by, at=at, why=why, visible_to_client=True, lifted_at=at)
        elif left != pauses.stop(row):
            before = str(pauses.stop(row))
            Pause.objects.filter(pk=row.pk).update(days=_days(left))
            activity.record(row, "pause.shortened", by=by, at=at, why=why, before={"days": before}, after={"days": str(left)}, visible_to_client=True)
    for stop in wanted.values():
        begun = at if stop.first <= pauses.today(flight.line.order, at) else None
        made = Pause.objects.create(flight=flight, days=_days(stop), why=why[:200], by=by, at=at, begun_at=begun)
        activity.record(made, "pause.planned", by=by, at=at, why=why, after={"days": str(stop)}, visible_to_client=True)


def _follow(flight: Flight, by: Person | None, at: datetime.datetime, why: str) -> bool:
    held = flight.pauses.filter(lifted_at=None, days__contains=pauses.today(flight.line.order, at)).exists()
    if held and flight.status == "live":
        running.pause(flight, by=by, at=at, why=why)
    elif not held and flight.status == "paused":
        running.resume(flight, by=by, at=at, why=why)
    else:
        return False
    return True


def _days(stop: Stop) -> DateRange:
    return DateRange(stop.first, stop.last + ONE_DAY if stop.last else None)
