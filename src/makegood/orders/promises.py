"""Whether an order breaks a category promised to another client: asked when it is submitted, refused when it is booked."""

from collections.abc import Sequence
from decimal import Decimal

from makegood.accounts import exclusivity
from makegood.accounts.exclusivity import Kept
from makegood.core.errors import Refused
from makegood.orders.given import given
from makegood.orders.models import Line, Order, Revision

KIND = "exclusivity"
REMEDY = "Choose other days or another property, or withdraw and submit it for the exclusivity approval."


class KeptForAnother(Refused):
    """Its category is promised to another client there and then; `kept` says by which agreements."""

    def __init__(self, place: str, kept: Sequence[Kept]) -> None:
        super().__init__(f"{said(kept)}.", place=place, remedy=REMEDY)
        self.kept = tuple(kept)


def broken(order: Order, lines: Sequence[Line]) -> list[Kept]:
    """Promises of the order's category to others that its lines would break; `number` is the line's. One query."""
    wanted = [exclusivity.Wanted(line.number, line.product.property_id, line.start, line.end) for line in lines]
    return exclusivity.clashes(order.category, order.advertiser, wanted)


def money(kept: Sequence[Kept], lines: Sequence[Line]) -> Decimal:
    """Gross of the lines that would break a promise, each once."""
    numbers = {one.number for one in kept}
    return sum((line.amount for line in lines if line.number in numbers), Decimal(0))


def said(kept: Sequence[Kept]) -> str:
    """Each promise once, with the lines that would run against it."""
    lines: dict[str, list[int]] = {}
    for one in kept:
        lines.setdefault(str(one), []).append(one.number)
    return "; ".join(f"{words}: line{'' if len(numbers) == 1 else 's'} {', '.join(map(str, sorted(numbers)))}" for words, numbers in lines.items())


def against(order: Order, revision: Revision | None, lines: Sequence[Line]) -> list[Kept]:
    """The promises that keep an order from being booked: none where exactly this revision was approved for them."""
    kept = broken(order, lines)
    if not kept or revision is None:
        return kept
    return [] if given(order, revision, KIND) else kept


def refuse(order: Order, revision: Revision, lines: Sequence[Line]) -> None:
    """Raise KeptForAnother where a promise keeps this revision from being booked."""
    if kept := against(order, revision, lines):
        raise KeptForAnother(str(order), kept)
