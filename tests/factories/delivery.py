"""Counts for tests: facts, what was filtered, what a third party says. Counted at 15:00 UTC, so that zones agree on the day."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from makegood.delivery.models import Fact, Filtered, ThirdPartyCount
from makegood.orders.models import Flight, Line
from tests.factories.accounts import NOW

HOUR = datetime.time(15, tzinfo=datetime.UTC)


def flight(line: Line) -> Flight:
    """The line's only flight."""
    return line.flights.get()


@transaction.atomic
def count(line: Line, days: Mapping[datetime.date, int], *, filtered: Mapping[str, int] | None = None, clicks: int = 0) -> None:
    """Net impressions by day; `filtered` units by reason come on top of every day's net."""
    one = flight(line)
    more = filtered or {}
    for day, net in days.items():
        hour = datetime.datetime.combine(day, HOUR)
        gross = net + sum(more.values())
        where = {"flight": one, "placement_id": one.placement_ids[0], "hour": hour}
        Fact.objects.create(**where, device="desktop", served=gross, gross=gross, net=net, viewable=net * 7 // 10, clicks=clicks)
        for reason, units in more.items():
            Filtered.objects.create(**where, reason=reason, rules="2026-11", count=units)


def third_party(line: Line, days: Mapping[datetime.date, int], vendor: str = "Adserve One") -> None:
    """What another counter says."""
    for day, impressions in days.items():
        ThirdPartyCount.objects.create(flight=flight(line), day=day, vendor=vendor, impressions=impressions, at=NOW)
