"""Whether an order breaks a category promised to another client: asked when it is submitted, refused when it is booked."""

from collections.abc import Sequence
from decimal import Decimal

from makegood.accounts import exclusivity
from makegood.accounts.exclusivity import Kept
from makegood.core.errors import Refused
from makegood.orders.given import given
from makegood.orders.models import Line, Order, Revision

KIND = "exclusivity"


class KeptForAnother(Refused):
    """Its category is promised to another client there and then; `kept` says by which agreements."""

    def __init__(self, place: str, kept: Sequence[Kept]) -> None:
        more = f" and {len(kept) - 1} more" if len(kept) > 1 else ""
        super().__init__(f"{kept[0]}{more}.", place=place, remedy="Choose other days or another property, or withdraw and submit it for the exclusivity approval.")
        self.kept = tuple(kept)


def broken(order: Order, lines: Sequence[Line]) -> list[Kept]:
    """Promises of the order's category to others that its lines would break; `number` is the line's. One query."""
    wanted = [exclusivity.Wanted(line.number, line.product.property_id, line.start, line.end) for line in lines]
    return exclusivity.clashes(order.category, order.advertiser, wanted)


def money(kept: Sequence[Kept], lines: Sequence[Line]) -> Decimal:
    """Gross of the lines that would break a promise, each once."""
    numbers = {one.number for one in kept}
    return sum((line.amount for line in lines if line.number in numbers), Decimal(0))


def refuse(order: Order, revision: Revision, lines: Sequence[Line]) -> None:
    """Raise KeptForAnother unless nothing is broken or exactly this revision was approved for it."""
    kept = broken(order, lines)
    if kept and not given(order, revision, KIND):
        raise KeptForAnother(str(order), kept)
