"""One thing about an order that needs somebody's approval, and what is looked at for it."""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from makegood.core.models import Seller
from makegood.orders.models import Line, Order
from makegood.orders.protected import Card


@dataclasses.dataclass(frozen=True)
class Need:
    """One approval needed: its kind (work.approving.kinds), title, measure, the facts an approver sees, the money it is about.

    `about` are the categories or clauses a rule may be narrowed to.
    """

    kind: str
    title: str
    measure: Decimal
    facts: dict[str, Any]
    amount: Decimal
    about: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Subject:
    """An order as it is judged: its lines, and the card of each by line id."""

    order: Order
    lines: Sequence[Line]
    cards: Mapping[int, Card | None]
    seller: Seller
