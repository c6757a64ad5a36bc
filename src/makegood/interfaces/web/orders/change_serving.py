"""What can be changed of delivery alone, as small forms: pauses, and which creatives are shown how often and where a click leads."""

from collections.abc import Iterable

from django.utils import timezone

from makegood.interfaces.web.orders.change_fields import Choices, Field, Hidden, OpForm
from makegood.orders.changes import effects, state
from makegood.orders.changes.progress import Progress, Stop
from makegood.orders.models import Order
from makegood.workflows import changing as workflow

BUTTON = "Add to the change"


def order(now: state.State, ran: Progress) -> list[OpForm]:
    """Pause and resume of all of it."""
    held = [stop for line in now["lines"] for one in line["flights"] for stop in _stops(line, one, ran)]
    return _stopping((), (), held, ran)


def line(of: Order, now: state.State, ran: Progress) -> list[OpForm]:
    """Pause and resume of a line or one of its flights, and its creatives."""
    flights = tuple((str(one["number"]), f"{one['number']}: {one['start']} to {one['end']}" + _said(_stops(now, one, ran))) for one in now["flights"])
    hidden = (("line", now["number"]),)
    field = (Field("flight", "Flight", "select", "", (("", "all of them"), *flights)),) if len(flights) > 1 else ()
    held = [stop for one in now["flights"] for stop in _stops(now, one, ran)]
    return [*_stopping(hidden, field, held, ran), *_creatives(of, now, hidden, field)]


def _stopping(hidden: Hidden, field: tuple[Field, ...], held: Iterable[Stop], ran: Progress) -> list[OpForm]:
    today = ran.today.isoformat()
    days = (Field("first", "From", "date", today), Field("last", "To", "date", hint="Empty: until it is resumed"))
    found = [OpForm("delivery.pause", "Pause", (*field, *days), effects.RULE, hidden)]
    if any(stop.reaches(ran.today) for stop in held):
        found.append(OpForm("delivery.resume", "Resume", (*field, Field("day", "Served again from", "date", today)), effects.RULE, hidden))
    return found


def _creatives(of: Order, now: state.State, hidden: Hidden, field: tuple[Field, ...]) -> list[OpForm]:
    rows = {row.version_id: row for row in workflow.creatives.on(of) if row.flight.line.number == now["number"]}
    if not rows:
        return []
    shown: Choices = tuple((str(pk), str(row.version)) for pk, row in rows.items())
    others: Choices = tuple((str(one.pk), str(one)) for one in workflow.creatives.choices(of, at=timezone.now()) if one.pk not in rows)
    click = (Field("version", "Creative", "select", "", shown), Field("url", "Leads to", value=next(iter(rows.values())).click_url))
    found = [OpForm("creative.click", "Where a click leads", (*field, *click), effects.RULE, hidden)]
    if len(rows) > 1:
        weights = tuple(Field(f"weight_{pk}", str(row.version), "number", row.weight) for pk, row in rows.items())
        found.append(OpForm("creative.weights", "Rotation", (*field, *weights), effects.RULE, hidden))
    if others:
        swap = (Field("old", "Instead of", "select", "", shown), Field("new", "Show", "select", "", others))
        found.append(OpForm("creative.swap", "Another creative", (*field, *swap), effects.RULE, hidden))
    return found


def _stops(now: state.State, flight: state.State, ran: Progress) -> tuple[Stop, ...]:
    return tuple(stop for stop in ran.line(now["number"]).flight(flight["number"]).stops if stop.reaches(ran.today))


def _said(stops: tuple[Stop, ...]) -> str:
    return f", paused {' and '.join(map(str, stops))}" if stops else ""
