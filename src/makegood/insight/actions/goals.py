"""Setting goals, one by one or from a sheet; every change is logged with what stood before."""

import datetime
import pathlib
from decimal import Decimal
from typing import Any

from makegood.catalog.models import Property
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person, Team
from makegood.documents.goals import reading
from makegood.documents.orders.messages import UnreadableDocument
from makegood.engine import currencies
from makegood.insight.models import Goal

NOBODY: dict[str, Any] = {"property": None, "seller": None, "team": None, "category": None}


@verbs.whole
def set_goal(by_what: str, whom: Any, month: datetime.date, amount: Decimal, currency: str, *, by: Person | None, at: datetime.datetime, why: str = "") -> Goal:
    """The goal of a property, seller, team or category ("" is none) for the month of a day; logged when it differs."""
    permissions.check(by, "insight.set_goal")
    if by_what not in NOBODY:
        raise Invalid(f"nobody has goals by {by_what}.", place="by", remedy=f"Use one of {', '.join(NOBODY)}.")
    if amount < 0 or currency not in currencies.MINOR_UNITS:
        raise Invalid(f"{currency} {amount} is no goal.", place="amount", remedy="Give an amount of zero or more and an ISO 4217 currency.")
    key = NOBODY | {by_what: whom, "month": month.replace(day=1), "currency": currency}
    goal, made = Goal.objects.get_or_create(**key, defaults={"amount": amount})
    if made:
        activity.record(goal, "goal.set", by=by, at=at, why=why, after={"amount": str(amount), "currency": currency})
    else:
        activity.change(goal, "goal.changed", by=by, at=at, why=why, amount=amount)
    return goal


@verbs.whole
def take_sheet(path: pathlib.Path, currency: str, *, by: Person | None, at: datetime.datetime, why: str = "") -> int:
    """Set the goals of a sheet, all or none; how many it had. Raises Invalid that names every wrong cell and unknown name."""
    permissions.check(by, "insight.set_goal")
    try:
        rows, problems = reading.read(path, currency)
    except UnreadableDocument as error:
        raise Invalid(str(error), place=path.name, remedy="Send a CSV, XLSX or XLS.") from error
    known = _known()
    wrong = [f"{one.place}: {one.said}" for one in problems]
    wrong += [f"{one.place}: there is no {one.by} {one.name}" for one in rows if one.by != "category" and one.name.lower() not in known[one.by]]
    twice = {(one.by, one.name.lower(), one.month, one.currency) for one in rows}
    if len(twice) < len(rows):
        wrong.append("the same goal stands twice")
    if wrong:
        raise Invalid("; ".join(wrong[:8]) + (f"; and {len(wrong) - 8} more" if len(wrong) > 8 else "") + ".", place=path.name, remedy="Correct the sheet; nothing was changed.")
    for one in rows:
        whom = one.name if one.by == "category" else known[one.by][one.name.lower()]
        set_goal(one.by, whom, one.month, one.amount, one.currency, by=by, at=at, why=why or f"from {path.name}")
    return len(rows)


def _known() -> dict[str, dict[str, Any]]:
    """Whom a sheet may name, without regard to case."""
    people = Person.objects.filter(is_active=True).exclude(roles__contains=["client"])
    return {
        "seller": {one.name.lower(): one for one in people}, "team": {one.name.lower(): one for one in Team.objects.all()},
        "property": {one.name.lower(): one for one in Property.objects.all()},
    }  # fmt: skip
