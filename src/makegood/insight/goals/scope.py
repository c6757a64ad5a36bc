"""Whose money a person may see: leadership everybody's, everybody else that of their team."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from makegood.core import permissions
from makegood.core.models import Person
from makegood.insight import earning
from makegood.insight.earning import Entry


def sellers(actor: Person) -> frozenset[int] | None:
    """The sellers whose money `actor` sees; None for everybody's."""
    if permissions.may(actor, "insight.leadership"):
        return None
    rows = Person.objects.filter(team=actor.team_id).values_list("pk", flat=True) if actor.team_id else []
    return frozenset({actor.pk, *rows}) if actor.is_staff_member else frozenset()


def entries(actor: Person, start: datetime.date, months: int, *, today: datetime.date, chances: Mapping[int, Decimal] | None = None) -> list[Entry]:
    """The book's entries as far as `actor` sees them."""
    seen = sellers(actor)
    found = earning.entries(start, months, today=today, chances=chances)
    return found if seen is None else [one for one in found if one.seller_id in seen]
