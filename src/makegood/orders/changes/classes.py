"""Which change is which class, as data: delivery-only changes take effect at once, commercial ones are approved and signed."""

import dataclasses
import enum
from collections.abc import Sequence

from makegood.orders.changes.differences import Difference
from makegood.orders.changes.state import State


class Class(enum.StrEnum):
    """How a change takes effect."""

    DELIVERY = "delivery"
    COMMERCIAL = "commercial"


@dataclasses.dataclass(frozen=True)
class Rule:
    """A field's class and why."""

    kind: Class
    why: str


_D, _C = Class.DELIVERY, Class.COMMERCIAL
HEAD: dict[str, Rule] = {
    "name": Rule(_D, "a name promises nothing"), "notes": Rule(_D, "ours alone"), "external_number": Rule(_D, "the client's own reference"),
    "estimate": Rule(_D, "the client's own reference"), "po_number": Rule(_D, "the client's own reference"),
    "product_name": Rule(_D, "what the client calls its product"), "commission_pct": Rule(_C, "it changes what is paid"),
    "source": Rule(_C, "it decides whose figure is billed"), "schedule": Rule(_C, "it decides when is billed"),
    "cap": Rule(_C, "it decides how far over-delivery is billed"), "calendar": Rule(_C, "it decides what a month is on the bill"),
    "payment_days": Rule(_C, "it decides when is paid"), "tolerance_pct": Rule(_C, "it decides which count is billed"),
    "advertiser": Rule(_C, "it decides who is bound"), "agency": Rule(_C, "it decides who is bound"), "currency": Rule(_C, "it is money"),
    "zone": Rule(_C, "it moves the days that were sold"), "cancellation": Rule(_C, "what cancelling costs was agreed"),
}  # fmt: skip
LINE: dict[str, Rule] = {
    "line": Rule(_C, "a line is what was sold"), "product": Rule(_C, "it is what was sold"), "name": Rule(_D, "a name promises nothing"),
    "start": Rule(_C, "the days were sold"), "end": Rule(_C, "the days were sold"), "rate_type": Rule(_C, "it is the price"),
    "rate": Rule(_C, "it is the price"), "quantity": Rule(_C, "it is what was sold"), "unit": Rule(_C, "it is what was sold"),
    "amount": Rule(_C, "it is the price"), "targeting": Rule(_D, "the same quantity at the same price to other people"),
    "priority": Rule(_D, "who is served first is ours to arrange"), "cap": Rule(_D, "how often one person sees it is ours to arrange"),
    "conversion_days": Rule(_C, "it decides which conversions count"),
    "flights": Rule(_D, "the line's days and its sum stay, only their division changes"),
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Classed:
    """A difference with its rule."""

    difference: Difference
    rule: Rule


def rule(one: Difference) -> Rule:
    """The rule of a difference. What the tables do not know is commercial."""
    table = HEAD if one.line is None else LINE
    return table.get(one.field, Rule(_C, "nobody has said that it may change at once"))


def classed(differences: Sequence[Difference]) -> tuple[Classed, ...]:
    """Each difference with its rule; flights that follow a line's new days or quantity follow its class."""
    sold = {one.line for one in differences if one.line is not None and one.field in ("line", "start", "end", "quantity", "product")}
    follows = Rule(_C, "it follows the line's new days, quantity or product")
    return tuple(Classed(one, follows if one.field == "flights" and one.line in sold else rule(one)) for one in differences)


def of(differences: Sequence[Difference], before: State, after: State) -> Class:
    """The class of all of them together. Money that moved is commercial whatever the fields say."""
    if before["gross"] != after["gross"] or before["net"] != after["net"]:
        return Class.COMMERCIAL
    return Class.COMMERCIAL if any(one.rule.kind is Class.COMMERCIAL for one in classed(differences)) else Class.DELIVERY
