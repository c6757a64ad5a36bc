"""What a cell of the grid is made of: its orders and briefs with their money by state."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from makegood.core.models import Person
from makegood.insight.earning import STATES, ZERO
from makegood.insight.goals import scope
from makegood.insight.goals.grid import BY
from makegood.orders.models import Order
from makegood.sales.models import Brief


@dataclasses.dataclass(frozen=True)
class Source:
    """An order or a brief with what it brings to the cell, in the order of STATES; a brief with its seller's guess in per cent."""

    kind: str
    id: int
    name: str
    client: str
    amounts: tuple[Decimal, ...]
    guess_pct: int | None = None

    @property
    def sum(self) -> Decimal:
        """All of it."""
        return sum(self.amounts, ZERO)


def sources(
    actor: Person, *, by: str, key: str, month: datetime.date, currency: str, today: datetime.date, chances: Mapping[int, Decimal] | None = None
) -> list[Source]:
    """The sources of one cell, the largest first; of the whole month when `key` is "all"."""
    money: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(STATES, ZERO))
    for one in scope.entries(actor, month, 1, today=today, chances=chances):
        if one.currency == currency and key in ("all", str(BY[by][1](one))):
            money[one.kind, one.subject_id][one.state] += one.amount
    orders = {one.pk: one for one in Order.objects.filter(pk__in=[pk for kind, pk in money if kind == "order"]).select_related("advertiser__party")}
    briefs = {one.pk: one for one in Brief.objects.filter(pk__in=[pk for kind, pk in money if kind == "brief"]).select_related("advertiser__party")}
    found = []
    for (kind, pk), states in money.items():
        amounts = tuple(states[state].quantize(Decimal("0.01")) for state in STATES)
        if kind == "order":
            found.append(Source(kind, pk, str(orders[pk]), str(orders[pk].advertiser), amounts))
        else:
            found.append(Source(kind, pk, briefs[pk].name, str(briefs[pk].advertiser), amounts, briefs[pk].probability_pct))
    return sorted(found, key=lambda one: (-one.sum, one.kind, one.id))
