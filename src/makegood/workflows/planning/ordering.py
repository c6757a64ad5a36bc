"""An accepted plan becomes an order draft: brief, plan and order stay linked by their numbers."""

import datetime

from makegood.core import permissions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.engine import apportion
from makegood.orders import protected
from makegood.orders.actions import drafting, lines
from makegood.orders.actions.flights import Slice
from makegood.orders.models import Order
from makegood.sales.actions import plans
from makegood.sales.models import Plan, PlanLine


@verbs.whole
def order(plan: Plan, *, by: Person, at: datetime.datetime) -> Order:
    """Accept the plan and draft its order with a line for each of its lines, at its rates, under the
    client's agreement where one is in force. Submitting checks avails again."""
    permissions.check(by, "orders.draft")
    brief, found = plan.brief, list(plan.lines.select_related("product"))
    if plan.order_number:
        raise Refused(f"it is order {plan.order_number} already.", place=str(plan), remedy="Change the order.")
    manager, start, end = brief.owner, min(line.start for line in found), max(line.end for line in found)
    deal = protected.agreement((brief.advertiser, brief.agency), start, end, plan.currency)
    made = drafting.create(
        brief.name, brief.advertiser, agency=brief.agency, contract=deal, start=start, end=end,
        account_manager=manager, campaign_manager=manager, currency=plan.currency, by=by, at=at, why=f"from {plan}",
    )  # fmt: skip
    for number, line in enumerate(found, 1):
        lines.add(
            made, line.product, start=line.start, end=line.end, quantity=line.units, rate=line.rate, rate_type=line.rate_type, amount=line.amount,
            unit=line.unit, name=line.product.name, number=number, targeting=line.targeting, flights=_slices(line), by=by, at=at, retotal=False,
        )  # fmt: skip
    drafting.retotal(made, by=by, at=at)
    plans.accept(plan, made.number, by=by, at=at)
    return made


def _slices(line: PlanLine) -> list[Slice]:
    """A flight for each stretch of days, the units by their lengths; none for a stretch without a unit."""
    days = [(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)) for start, end in line.periods]
    if len(days) == 1:
        return []
    parts = apportion.largest_remainder(line.units, [(end - start).days + 1 for start, end in days])
    return [(start, end, units) for (start, end), units in zip(days, parts, strict=True) if units]
