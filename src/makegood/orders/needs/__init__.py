"""What about an order needs somebody's approval, with the figure it is judged by. Decides nothing."""

from collections.abc import Mapping, Sequence

from makegood.core.models import Seller
from makegood.orders import protected
from makegood.orders.availability import Avails
from makegood.orders.models import Line, Order
from makegood.orders.needs import client, money, paper
from makegood.orders.needs.need import Need, Subject

__all__ = ["Need", "of"]
OF_LINES = (money.discount, money.floor, money.off_card, money.margin, client.credit, client.category, client.payment_terms, client.exclusivity)


def of(order: Order, avails: Mapping[int, Avails], seller: Seller, lines: Sequence[Line] | None = None) -> list[Need]:
    """Every kind at most once for the order: rates, margin, credit, category, payment, promises to others, terms, over-booking.

    `lines` are those of a sheet not saved yet, else the order's own.
    """
    lines = list(order.lines.exclude(status="cancelled").select_related("product") if lines is None else lines)
    subject = Subject(order, lines, protected.cards(order, lines), seller)
    found = [ask(subject) for ask in OF_LINES] + [paper.terms(order), paper.overbooking(order, lines, avails)]
    return [need for need in found if need]
