"""What can be changed of a line, of the order and by a new line, as small forms."""

from makegood.catalog import queries as catalog
from makegood.core.models import Person
from makegood.interfaces.web.orders import change_serving, change_targeting
from makegood.interfaces.web.orders.change_fields import Choices, Field, Hidden, OpForm
from makegood.orders.changes import delivering, state, when
from makegood.orders.changes.classes import HEAD, LINE
from makegood.orders.changes.progress import Progress
from makegood.orders.models import Line, Order
from makegood.orders.queries.changes import ChangeView


def of(actor: Person, seen: ChangeView, chosen: str, ran: Progress) -> list[OpForm]:
    """The forms of what is chosen, as far as the order's state takes them: a line's number, "add", "terms" or "pause"."""
    if seen.change.status != "collecting":
        return []
    return [one for one in _chosen(actor, seen, chosen, ran) if when.against(seen.change.order.status, one.op) is None]


def _chosen(actor: Person, seen: ChangeView, chosen: str, ran: Progress) -> list[OpForm]:
    if chosen == "add":
        return [_add(actor, seen)]
    if chosen == "terms":
        return [_term(seen, name) for name in TERM_WORDS]
    if chosen == "pause":
        return change_serving.order(seen.after, ran)
    found = next((one for one in seen.after["lines"] if str(one["number"]) == chosen), None)
    if found and ran.line(found["number"]).status == "completed":
        return _ended(found, ran)
    return [*_line(actor, found, ran), *change_serving.line(seen.change.order, found, ran)] if found else []


def _ended(line: state.State, ran: Progress) -> list[OpForm]:
    """What may still be said of a line that is over."""
    hidden, owed = (("line", line["number"]),), line["quantity"] - ran.line(line["number"]).delivered
    end = Field("end", "New last day", "date", hint=f"{owed:,} were not delivered")
    rows = [OpForm("line.extend", "Extend it", (end,), LINE["end"], hidden), OpForm("line.settle", "Settle it at what it delivered", (), LINE["quantity"], hidden, "Settle it")]
    return [*(rows if owed > 0 and line["unit"] in Line.COUNTED_UNITS else []), _rate(line, hidden), _name(line, hidden)]


def _line(actor: Person, line: state.State, ran: Progress) -> list[OpForm]:
    cap = line["cap"] or ("", "")
    hidden = (("line", line["number"]),)
    begun, dims = ran.line(line["number"]).begun, change_targeting.shown(line)
    days = (Field("end", "Last day", "date", line["end"]),) if begun else (Field("start", "First day", "date", line["start"]), Field("end", "Last day", "date", line["end"]))
    forms = [
        OpForm("line.quantity", "Quantity", (Field("quantity", line["unit"].capitalize(), "number", line["quantity"]),), LINE["quantity"], hidden),
        _rate(line, hidden),
        OpForm("line.dates", "Days", days, LINE["end"], hidden),
        _name(line, hidden),
        OpForm("line.cap", "Frequency cap", (Field("cap_count", "Times", "number", cap[0]), Field("cap_hours", "in hours", "number", cap[1])), LINE["cap"], hidden),
        OpForm("line.priority", "Priority", (Field("priority", "Tier", "select", line["priority"], _PRIORITIES),), LINE["priority"], hidden),
        *_flights(line, hidden),
        *([OpForm("line.targeting", "Targeting", (), LINE["targeting"], hidden, dimensions=dims)] if dims else []),
    ]  # fmt: skip
    if begun:
        last = Field("last", "Last day", "date", ran.today.isoformat(), hint="What is left falls away")
        return [*forms, OpForm("line.end", "End it early", (last,), LINE["end"], hidden)]
    products = tuple((one.code, f"{one.property.name}: {one.name}") for one in catalog.product_list(actor).filter(active=True, rate_type=line["rate_type"]))
    product = OpForm("line.product", "Product", (Field("product", "Product", "select", line["product"], products),), LINE["product"], hidden)
    return [*forms, product, OpForm("line.cut", "Cut the line", (), LINE["line"], hidden, "Cut it")]


def _rate(line: state.State, hidden: Hidden) -> OpForm:
    return OpForm("line.rate", "Rate", (Field("rate", line["rate_type"], "decimal", line["rate"]),), LINE["rate"], hidden)


def _name(line: state.State, hidden: Hidden) -> OpForm:
    return OpForm("line.rename", "Name", (Field("name", "Name", value=line["name"]),), LINE["name"], hidden)


def _flights(line: state.State, hidden: Hidden) -> list[OpForm]:
    numbers = tuple((str(one["number"]), f"{one['number']}: {one['start']} to {one['end']}, {one['goal']:,}") for one in line["flights"])
    split = (Field("flight", "Flight", "select", "", numbers), Field("day", "Second part from", "date"), Field("goal", "Its goal", "number", hint="Empty: by days"))
    move = (Field("flight", "Flight", "select", "", numbers), Field("start", "First day", "date", line["start"]), Field("end", "Last day", "date", line["end"]))
    found = [OpForm("flight.split", "Split a flight", split, LINE["flights"], hidden), OpForm("flight.move", "Move a flight", move, LINE["flights"], hidden)]
    if len(numbers) > 1:
        shift = (Field("giver", "From flight", "select", "", numbers), Field("taker", "To flight", "select", "", numbers), Field("units", "Units", "number"))
        found.append(OpForm("flight.shift", "Shift units", shift, LINE["flights"], hidden))
    return found


def _add(actor: Person, seen: ChangeView) -> OpForm:
    products = tuple((one.code, f"{one.property.name}: {one.name}") for one in catalog.product_list(actor).filter(active=True))
    fields = (
        Field("product", "Product", "select", "", products), Field("name", "Name", hint="Empty: the product's"), Field("start", "First day", "date"),
        Field("end", "Last day", "date", seen.after["end"]), Field("quantity", "Units", "number"), Field("rate", "Rate", "decimal", hint="Empty: the rate card's"),
    )  # fmt: skip
    return OpForm("line.add", "A new line", fields, LINE["line"])


def _term(seen: ChangeView, name: str) -> OpForm:
    label, kind, choices = TERM_WORDS[name]
    where = seen.after.get("billing", {}) if name in seen.after["billing"] else seen.after["desk"] if name in seen.after["desk"] else seen.after
    return OpForm("order.term", label, (Field("value", label, kind, where[name], choices),), HEAD[name], (("name", name),))


_PRIORITIES: Choices = tuple((one, one.replace("_", "-").capitalize()) for one in delivering.PRIORITIES)
TERM_WORDS: dict[str, tuple[str, str, Choices]] = {
    "name": ("Campaign name", "text", ()), "po_number": ("Purchase order", "text", ()), "estimate": ("Estimate", "text", ()),
    "external_number": ("Their order number", "text", ()), "commission_pct": ("Agency commission, %", "decimal", ()),
    "payment_days": ("Payment days", "number", ()), "source": ("Billed on", "select", tuple(Order.Source.choices)),
    "schedule": ("Billed when", "select", tuple(Order.Schedule.choices)), "cap": ("Billing cap", "select", tuple(Order.Cap.choices)),
    "calendar": ("Billing calendar", "select", tuple(Order.Calendar.choices)), "tolerance_pct": ("Discrepancy allowed, %", "decimal", ()),
    "notes": ("Our notes", "area", ()),
}  # fmt: skip
