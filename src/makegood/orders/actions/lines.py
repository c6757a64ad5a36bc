"""Lines of a draft order: adding, changing, removing. Every change opens a submitted order again."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Max

from makegood.catalog.models import Product
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.engine.plan import CONVERSION_DAYS, MOST_CONVERSION_DAYS
from makegood.orders import pricing, protected
from makegood.orders.actions import drafting, revising
from makegood.orders.actions.flights import Slice, lay_out
from makegood.orders.models import Line, Order

EDITABLE = frozenset(
    {"product", "name", "start", "end", "rate_type", "rate", "quantity", "amount", "targeting", "priority", "cap_count", "cap_hours",
     "conversion_days"}
)

MOST_UNITS, MOST_RATE, MOST_MONEY = 10**12, 10**8, 10**12  # what a row holds; a slip of the keyboard, not a campaign


@verbs.whole
def add(
    order: Order, product: Product, *, start: datetime.date, end: datetime.date, quantity: int, by: Person | None,
    at: datetime.datetime, rate: Decimal | None = None, rate_type: str = "", amount: Decimal | None = None, name: str = "",
    unit: str = "", flights: Sequence[Slice] = (), number: int | None = None, retotal: bool = True, **facts: object,
) -> Line:  # fmt: skip
    """A line with its flights. The rate is the card's unless given, the amount rate × quantity unless the document says it.

    `facts`: targeting, priority, cap_count, cap_hours, conversion_days. Raises Invalid at the wrong field.
    """
    permissions.check(by, "orders.draft", order)
    revising.reopen(order, by=by, at=at, why="a line was added")
    card = protected.card(order, product, start)
    if rate is None and card is None:
        raise Invalid(f"the rate card has no {order.currency} rate for {product} on {start}.", place="rate", remedy="Give a rate.")
    rate_type = rate_type or product.rate_type
    price = rate if rate is not None else card.rate  # type: ignore[union-attr]
    _check(order, start, end, quantity, price, amount)
    protected.check(card, price)
    _check_window(facts.get("conversion_days", CONVERSION_DAYS))
    line = Line.objects.create(
        order=order, number=number or _next(order), product=product, name=(name or product.name)[:160], start=start, end=end,
        rate_type=rate_type, rate=price, card_rate=card.rate if card and rate_type == product.rate_type else None,
        quantity=quantity, unit=unit or pricing.UNITS[rate_type], targeting=facts.pop("targeting", product.targeting),
        priority=facts.pop("priority", "sponsorship" if product.voice_pct else product.priority),
        amount=_cost(price, rate_type, quantity, order.currency) if amount is None else amount, **facts,
    )  # fmt: skip
    transitions.start(line, by=by, at=at, verb="line.added")
    lay_out(line, flights)
    if retotal:
        drafting.retotal(order, by=by, at=at)
    return line


@verbs.whole
def edit(
    line: Line, *, by: Person | None, at: datetime.datetime, why: str = "", flights: Sequence[Slice] | None = None, **facts: object
) -> Line:
    """Change a line (EDITABLE); a new rate or quantity makes a new amount unless one is given. Flights follow."""
    permissions.check(by, "orders.draft", line.order)
    strange = sorted(set(facts) - EDITABLE)
    if strange:
        raise Invalid(f"{', '.join(strange)} cannot be set here.", place=str(line), remedy=f"Set {', '.join(sorted(EDITABLE))}.")
    changed = {name: value for name, value in facts.items() if getattr(line, name) != value}
    if not changed and flights is None:
        return line
    revising.reopen(line.order, by=by, at=at, why=why or f"line {line.number} was changed")
    new = {name: changed.get(name, getattr(line, name)) for name in EDITABLE}
    _check(line.order, new["start"], new["end"], new["quantity"], new["rate"], new["amount"])
    _check_window(new["conversion_days"])
    if {"rate", "quantity", "rate_type"} & set(changed) and "amount" not in changed:
        changed["amount"] = _cost(new["rate"], new["rate_type"], new["quantity"], line.order.currency)
    if {"rate", "product", "start"} & set(changed):
        protected.check(protected.card(line.order, new["product"], new["start"]), new["rate"])
    if "product" in changed or "start" in changed:
        card = protected.card(line.order, new["product"], new["start"])
        changed["card_rate"] = card.rate if card and new["rate_type"] == new["product"].rate_type else None
    activity.change(line, "line.edited", by=by, at=at, why=why, **changed)
    if flights is not None or {"product", "start", "end", "quantity"} & set(changed):
        lay_out(line, flights or ())
    drafting.retotal(line.order, by=by, at=at)
    return line


@verbs.whole
def remove(line: Line, *, by: Person | None, at: datetime.datetime, why: str = "") -> None:
    """Take a line out of a draft; the activity keeps what it was."""
    permissions.check(by, "orders.draft", line.order)
    order = line.order
    revising.reopen(order, by=by, at=at, why=why or f"line {line.number} was removed")
    before = {"number": line.number, "name": line.name, "quantity": line.quantity, "amount": line.amount}
    activity.record(line, "line.removed", by=by, at=at, why=why, before=before)
    line.flights.all().delete()
    line.delete()
    drafting.retotal(order, by=by, at=at)


def _next(order: Order) -> int:
    return (order.lines.aggregate(last=Max("number"))["last"] or 0) + 1


def _check(order: Order, start: datetime.date, end: datetime.date, quantity: int, rate: Decimal, amount: Decimal | None) -> None:
    if end < start:
        raise Invalid(f"the line ends {end}, before it starts {start}.", place="end", remedy="Give a later end.")
    if quantity <= 0:
        raise Invalid(f"a quantity of {quantity} buys nothing.", place="quantity", remedy="Give a number above zero.")
    if rate < 0 or (amount is not None and amount < 0):
        raise Invalid("a line does not cost less than nothing.", place="rate", remedy="Give zero or more.")
    if quantity > MOST_UNITS:
        raise Invalid(f"{quantity:,} is more than can be sold in a line.", place="quantity", remedy="Look at the number again.")
    if rate >= MOST_RATE or (amount is not None and amount >= MOST_MONEY):
        raise Invalid("no line costs that much.", place="rate", remedy="Look at the rate and the amount again.")


def _check_window(days: object) -> None:
    if not isinstance(days, int) or not 1 <= days <= MOST_CONVERSION_DAYS:
        remedy = f"Give 1 to {MOST_CONVERSION_DAYS} days: a repeat is remembered no longer."
        raise Invalid(f"conversions cannot be counted {days} days after a click.", place="conversion_days", remedy=remedy)


def _cost(rate: Decimal, rate_type: str, quantity: int, currency: str) -> Decimal:
    found = pricing.amount(rate, rate_type, quantity, currency)
    if found >= MOST_MONEY:
        raise Invalid(f"{quantity:,} at {rate} would cost {found:,}.", place="rate", remedy="Look at the rate and the quantity again.")
    return found
