"""Lines of a draft order: adding, changing, removing. Every change opens a submitted order again."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Max, prefetch_related_objects

from makegood.catalog.models import Product
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.engine.plan import CONVERSION_DAYS, MOST_CONVERSION_DAYS
from makegood.orders import pricing, protected
from makegood.orders.actions import drafting, revising
from makegood.orders.actions.flights import Slice, lay_out, lay_out_new
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
    asked = Asked(product, start, end, quantity, rate, rate_type, amount, name, unit, flights, facts)
    return add_all(order, [asked], first=number, retotal=retotal, by=by, at=at)[0]


@dataclasses.dataclass(frozen=True)
class Asked:
    """A line to be: the rate is the card's unless given, the amount rate × quantity unless the document says it.

    `places` says where a document has each of its facts, for an error to name.
    """

    product: Product
    start: datetime.date
    end: datetime.date
    quantity: int
    rate: Decimal | None = None
    rate_type: str = ""
    amount: Decimal | None = None
    name: str = ""
    unit: str = ""
    flights: Sequence[Slice] = ()
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    places: Mapping[str, str] = dataclasses.field(default_factory=dict)


@verbs.whole
def add_all(
    order: Order, asked: Sequence[Asked], *, by: Person | None, at: datetime.datetime, first: int | None = None, retotal: bool = True
) -> list[Line]:
    """Lines with their flights, numbered on from `first` or from those there are: the same statements however many."""
    permissions.check(by, "orders.draft", order)
    revising.reopen(order, by=by, at=at, why="a line was added" if len(asked) == 1 else f"{len(asked)} lines were added")
    prefetch_related_objects([one.product for one in asked], "placements")
    book = protected.Book.of(order, {one.product.pk for one in asked})
    numbered = enumerate(asked, first or _next(order))
    made = Line.objects.bulk_create(_placed(order, number, one, book.card(one.product.pk, one.start)) for number, one in numbered)
    transitions.start_all(made, by=by, at=at, verb="line.added")
    lay_out_new([(line, one.flights) for line, one in zip(made, asked, strict=True)])
    if retotal:
        drafting.retotal(order, by=by, at=at)
    return made


def _placed(order: Order, number: int, asked: Asked, card: protected.Card | None) -> Line:
    """`_line`, with errors that say where the document has what is wrong."""
    try:
        return _line(order, number, asked, card)
    except Invalid as error:
        raise Invalid(error.message, place=asked.places.get(error.place, error.place), remedy=error.remedy) from error


def _line(order: Order, number: int, asked: Asked, card: protected.Card | None) -> Line:
    """The line as it will be stored. Raises Invalid at the wrong field."""
    product, facts = asked.product, dict(asked.facts)
    if asked.rate is None and card is None:
        raise Invalid(f"the rate card has no {order.currency} rate for {product} on {asked.start}.", place="rate", remedy="Give a rate.")
    rate_type = asked.rate_type or product.rate_type
    price = asked.rate if asked.rate is not None else card.rate  # type: ignore[union-attr]
    _check(order, asked.start, asked.end, asked.quantity, price, asked.amount)
    protected.check(card, price)
    _check_window(facts.get("conversion_days", CONVERSION_DAYS))
    return Line(
        order=order, number=number, product=product, name=(asked.name or product.name)[:160], start=asked.start, end=asked.end,
        rate_type=rate_type, rate=price, card_rate=card.rate if card and rate_type == product.rate_type else None,
        quantity=asked.quantity, unit=asked.unit or pricing.UNITS[rate_type], targeting=facts.pop("targeting", product.targeting),
        priority=facts.pop("priority", "sponsorship" if product.voice_pct else product.priority),
        amount=_cost(price, rate_type, asked.quantity, order.currency) if asked.amount is None else asked.amount, **facts,
    )  # fmt: skip


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
