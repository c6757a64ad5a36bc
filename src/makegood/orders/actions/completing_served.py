"""What a person asks of delivery and of lines that have ended, completed: the flights a pause is of, what a line owes or delivered."""

import datetime

from django.db.models import Max

from makegood.core.errors import Invalid
from makegood.orders import pricing
from makegood.orders.actions import asking
from makegood.orders.actions.asking import Asked
from makegood.orders.changes import state
from makegood.orders.changes.progress import Progress
from makegood.orders.changes.state import State
from makegood.orders.models import Flight, Line, Order

ONE_DAY = datetime.timedelta(days=1)


def stopped(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    """The flights a pause is of: one, a line's flights or the order's; of several, those that are not over by the first day."""
    if "flights" in data:
        return {}
    asked = {name: int(asking.number(data[name], name)) for name in ("line", "flight") if name in data}
    rows = [state.line(now, asked["line"])] if "line" in asked else now["lines"]
    since = asking.day(data, "first" if "first" in data else "day").isoformat()
    found = [
        (line["number"], one["number"]) for line in rows for one in line["flights"]
        if one["number"] == asked.get("flight", one["number"]) and ("flight" in asked or one["end"] >= since) and one["placements"]
    ]  # fmt: skip
    if not found:
        raise Invalid("nothing of it is served then.", place=f"line {asked['line']}" if asked else str(order), remedy="Choose what runs, and a day on which it does.")
    return asked | {"flights": found}


def extended(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    """A flight for what the line owes, from today or the day after its last one to the `end` asked for."""
    if "more" in data:
        return {}
    line, end = asking.line(now, data), asking.day(data, "end")
    goals = _delivered(line, ran)
    owed, place = line["quantity"] - sum(goal for _, goal in goals), f"line {line['number']}"
    if owed <= 0:
        raise Invalid("it has delivered what it promised.", place=place, remedy="Add a line for more.")
    start = max(ran.today, *(day + ONE_DAY for day in (state.day(line["end"]), ran.billed_until) if day))
    if end < start:
        raise Invalid(f"{end} is before {start}, when it could run again.", place="end", remedy=f"Give {start} or later.")
    del data["end"]
    more = {"start": start.isoformat(), "end": end.isoformat(), "goal": owed, "number": next_flight(order, line), "placements": line["flights"][-1]["placements"]}
    return {"goals": goals, "more": more}


def settled(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    """The line at what its flights delivered; the billed part keeps its price."""
    if "goals" in data:
        return {}
    line = asking.line(now, data)
    had, goals = ran.line(line["number"]), _delivered(line, ran)
    quantity = sum(goal for _, goal in goals)
    if quantity >= line["quantity"]:
        raise Invalid("it has delivered what it promised.", place=f"line {line['number']}", remedy="There is nothing to settle.")
    if line["rate_type"] == "flat":
        raise Invalid("it costs the same whatever it delivered.", place=f"line {line['number']}", remedy="Give it another rate.")
    rest = pricing.amount(asking.number(line["rate"], "rate"), line["rate_type"], max(quantity - had.billed_units, 0), order.currency)
    return {"quantity": quantity, "amount": str(had.billed + rest), "goals": goals}


def next_flight(order: Order, line: State) -> int:
    """A number no flight of the line ever had."""
    known = Flight.objects.filter(line__order=order, line__number=line["number"]).aggregate(last=Max("number"))["last"] or 0
    return int(max([known, *(one["number"] for one in line["flights"])])) + 1


def _delivered(line: State, ran: Progress) -> list[tuple[int, int]]:
    """[flight, units it delivered] of a line that has ended; at least one unit each, which is the least a flight can promise."""
    had, place = ran.line(line["number"]), f"line {line['number']}"
    if had.status != "completed":
        raise Invalid("it has not ended.", place=place, remedy="Change its days or its quantity, or end it early.")
    if line["unit"] not in Line.COUNTED_UNITS:
        raise Invalid(f"nobody counts its {line['unit']}.", place=place, remedy="Give it another rate, or add a line.")
    return [(one["number"], max(had.flight(one["number"]).delivered, 1)) for one in line["flights"]]
