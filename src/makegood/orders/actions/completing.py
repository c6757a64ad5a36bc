"""What a person asks for, completed to an operation: numbers, placements, the card's rate, what is over, what is billed."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Max

from makegood.catalog.models import Product
from makegood.core.errors import Invalid
from makegood.orders import changes, pricing, protected
from makegood.orders.actions import asking, completing_served
from makegood.orders.actions.applying import BILLING
from makegood.orders.actions.asking import Asked
from makegood.orders.changes import notice
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.progress import Progress
from makegood.orders.changes.state import State
from makegood.orders.models import Order


def complete(order: Order, now: State, asked: Mapping[str, Any], ran: Progress) -> Operation:
    """The operation `asked` for on the state `now`; what it says itself stays. Invalid at the wrong field."""
    data = {name: value for name, value in asked.items() if value not in (None, "") or name in ("value", "cap", "targeting")}
    more = _MORE.get(str(data.get("op")))
    return changes.read(data | more(order, now, data, ran) if more else data)


def _add(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    product = _product(data)
    start, end = (asking.day(data, name) for name in ("start", "end"))
    card = protected.card(order, product, start)
    if "rate" not in data and card is None:
        raise Invalid(f"the rate card has no {order.currency} rate for {product} on {start}.", place="rate", remedy="Give a rate.")
    rate = asking.number(data["rate"], "rate") if "rate" in data else card.rate  # type: ignore[union-attr]
    kind = str(data.get("rate_type", product.rate_type))
    quantity = int(asking.number(data.get("quantity", 0), "quantity"))
    number = max([order.lines.aggregate(last=Max("number"))["last"] or 0, *(one["number"] for one in now["lines"])]) + 1
    slices = [{"number": 1, "start": start.isoformat(), "end": end.isoformat(), "goal": quantity, "placements": _placements(product)}]
    made = {
        "line": number, "product": product.code, "name": product.name, "rate": str(rate), "rate_type": kind, "quantity": quantity,
        "unit": pricing.UNITS[kind], "amount": str(pricing.amount(rate, kind, max(quantity, 0), order.currency)), "targeting": product.targeting,
        "priority": "sponsorship" if product.exclusive else product.priority, "flights": slices,
    }  # fmt: skip
    return {name: value for name, value in made.items() if name in ("line", "product", "quantity") or name not in data}


def _another(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    product, line = _product(data), asking.line(now, data)
    if product.rate_type != line["rate_type"]:
        raise Invalid(f"{product} is sold by {product.rate_type}, the line by {line['rate_type']}.", place="product", remedy="Cut or end the line and add one.")
    return {"product": product.code, "placements": _placements(product)}


def _quantity(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    line = asking.line(now, data)
    if ran.line(line["number"]).status == "completed":
        raise Invalid("the line has ended.", place=f"line {line['number']}", remedy="Settle it at what it delivered, extend it, or add a line.")
    return {"keep": ran.line(line["number"]).over} | _amount(line, order, data, ran, quantity=int(asking.number(data.get("quantity", 0), "quantity")))


def _rate(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    line = asking.line(now, data)
    return _amount(line, order, data, ran, rate=asking.number(data.get("rate"), "rate"))


def _amount(line: State, order: Order, data: Asked, ran: Progress, *, rate: Decimal | None = None, quantity: int | None = None) -> Asked:
    """Of a part-billed line the billed part keeps its price; the rest costs what the rate says."""
    had = ran.line(line["number"])
    if "amount" in data or not had.billed or line["rate_type"] == "flat":
        return {}
    rest = max((line["quantity"] if quantity is None else quantity) - had.billed_units, 0)
    price = Decimal(line["rate"]) if rate is None else rate
    return {"amount": str(had.billed + pricing.amount(price, line["rate_type"], rest, order.currency))}


def _dates(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    line = asking.line(now, data)
    return {"keep": ran.line(line["number"]).over} | {name: line[name] for name in ("start", "end") if name not in data}


def _end(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    """Ended on a day: what its flights promise until then, never less than ran or is billed."""
    line, had = asking.line(now, data), ran.line(int(data["line"]))
    quantity, amount = notice.remains(line, asking.day(data, "last"), had, order.currency)
    return {"keep": had.over} | {name: value for name, value in (("quantity", quantity), ("amount", str(amount))) if name not in data}


def _split(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    return {} if "number" in data else {"number": completing_served.next_flight(order, asking.line(now, data))}


def _term(order: Order, now: State, data: Asked, ran: Progress) -> Asked:
    field = BILLING.get(str(data.get("name")))
    choices = [value for value, _ in Order._meta.get_field(field).choices or ()] if field else []
    if field and data.get("value") not in choices:
        raise Invalid(f"{data.get('value')!r} is unknown.", place=str(data["name"]), remedy=f"Use one of {', '.join(choices)}.")
    return {}


_MORE: dict[str, Callable[[Order, State, Asked, Progress], Asked]] = {
    "line.add": _add, "line.product": _another, "line.quantity": _quantity, "line.rate": _rate, "line.dates": _dates, "line.end": _end,
    "flight.split": _split, "order.term": _term, "delivery.pause": completing_served.stopped, "delivery.resume": completing_served.stopped, "line.extend": completing_served.extended, "line.settle": completing_served.settled,
}  # fmt: skip


def _product(data: Asked) -> Product:
    asked = str(data.get("product", ""))
    found = Product.objects.filter(code=asked).first()
    if found is None:
        raise Invalid(f"there is no product {asked!r}.", place="product", remedy="Choose one of the catalogue.")
    return found


def _placements(product: Product) -> list[int]:
    return sorted(product.placements.filter(active=True).values_list("pk", flat=True))
