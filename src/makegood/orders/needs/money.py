"""What an order's rates give away: discount, floors, rates off the card, margin."""

from decimal import Decimal

from makegood.engine.money import Money, minor
from makegood.orders import pricing
from makegood.orders.needs.need import Need, Subject


def discount(of: Subject) -> Need | None:
    """The deepest discount of a line, when beyond what the seller lets anybody give."""
    order, lines = of.order, of.lines
    given = {line.number: pricing.discount_pct(line.rate, line.card_rate, order.currency) for line in lines}
    deep = {number: pct for number, pct in given.items() if pct is not None and pct > of.seller.discount_limit_pct}
    if not deep:
        return None
    most = max(deep.values())
    facts = {"limit_pct": str(of.seller.discount_limit_pct), "lines": {str(number): f"{pct:.2f}" for number, pct in deep.items()}}
    return Need("discount", f"{most:.1f} % off the card, {of.seller.discount_limit_pct:.0f} % allowed", most, facts, order.gross)


def floor(of: Subject) -> Need | None:
    """Money given away below the card's floors."""
    order, lines = of.order, of.lines
    below: dict[str, str] = {}
    given = Decimal(0)
    for line in lines:
        card = of.cards[line.pk] if line.card_rate is not None else None
        if card and line.rate < card.floor:
            lost = pricing.amount(card.floor, line.rate_type, line.quantity, order.currency) - line.amount
            given += max(lost, Decimal(0))
            below[str(line.number)] = f"{line.rate.normalize():f} < {card.floor.normalize():f}"
    if not below:
        return None
    title = f"{len(below)} line{'s' if len(below) > 1 else ''} below the floor"
    return Need("floor", title, max(given, minor(order.currency)), {"lines": below}, given)


def off_card(of: Subject) -> Need | None:
    """Money sold at rates the card does not know."""
    lines = of.lines
    free = [line for line in lines if line.card_rate is None]
    amount = sum((line.amount for line in free), Decimal(0))
    if not amount:
        return None
    facts = {"lines": [line.number for line in free]}
    return Need("off_card", f"{len(free)} line{'s' if len(free) > 1 else ''} without a card rate", amount, facts, amount)


def margin(of: Subject) -> Need | None:
    """What the inventory costs of each 100 of net, over the lines whose cost is known: 100 less that is the margin."""
    order, lines = of.order, of.lines
    known = [(line, found.cost) for line in lines if (found := of.cards[line.pk]) and found.cost is not None]
    if not known:
        return None
    cost = sum((pricing.amount(each, line.rate_type, line.quantity, order.currency) for line, each in known), Decimal(0))
    net = sum((line.amount for line, _ in known), Decimal(0)) * (100 - order.commission_pct) / 100
    share = (cost / net * 100 if net else Decimal(9999)).quantize(Decimal("0.01"))
    facts = {"cost": f"{cost:.2f}", "net_of_lines_with_a_cost": f"{Money(net, order.currency).rounded().amount}", "lines": [line.number for line, _ in known]}
    return Need("margin", f"Margin {100 - share:.1f} % of net", share, facts, order.gross)
