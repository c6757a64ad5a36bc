"""Making orders: their head and terms. Lines have a file of their own; both keep the totals true."""

import datetime
from decimal import Decimal

from makegood.accounts import credit
from makegood.accounts.models import Account, Contract
from makegood.core import activity, numbers, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.core.queries import seller
from makegood.engine import currencies
from makegood.orders import pricing, protected
from makegood.orders.actions import revising
from makegood.orders.models import Order

EDITABLE = frozenset(
    {
        "external_number", "name", "agency", "brand", "contract", "account_manager", "campaign_manager", "trafficker", "commission_pct",
        "po_number", "estimate", "product_name", "bill_source", "bill_schedule", "bill_cap", "bill_calendar", "payment_days",
        "tolerance_pct", "notes",
    }
)  # fmt: skip
OURS = frozenset({"account_manager", "campaign_manager", "trafficker", "notes", "po_number"})  # changing these changes no promise


@verbs.whole
def create(
    name: str, advertiser: Account, *, start: datetime.date, end: datetime.date, account_manager: Person, campaign_manager: Person,
    by: Person | None, at: datetime.datetime, agency: Account | None = None, contract: Contract | None = None,
    currency: str = "", commission_pct: Decimal = Decimal(0), zone: str = "", why: str = "", **terms: object,
) -> Order:  # fmt: skip
    """An empty draft order; `terms` are any of EDITABLE. Raises Invalid at the wrong field, Refused by credit."""
    permissions.check(by, "orders.draft")
    currency = currency or advertiser.currency
    _check_head(start, end, currency, commission_pct, terms)
    payer = agency or advertiser
    credit.check(payer, credit.Step.CREATE, place=name)
    terms.setdefault("payment_days", payer.payment_days)
    order = Order.objects.create(
        number=f"MG-{numbers.take('order'):05d}", name=name.strip()[:160], advertiser=advertiser, agency=agency, contract=contract,
        account_manager=account_manager, campaign_manager=campaign_manager, made_by=by, currency=currency, gross=0, net=0,
        commission_pct=commission_pct, start=start, end=end, zone=zone or seller().zone, created_at=at, **terms,
    )  # fmt: skip
    return transitions.start(order, by=by, at=at, why=why)


@verbs.whole
def edit(order: Order, *, by: Person | None, at: datetime.datetime, why: str = "", **terms: object) -> Order:
    """Change terms (EDITABLE). Anything but OURS opens the order again as a new revision."""
    permissions.check(by, "orders.draft", order)
    strange = sorted(set(terms) - EDITABLE)
    if strange:
        raise Invalid(f"{', '.join(strange)} cannot be set here.", place=str(order), remedy=f"Set {', '.join(sorted(EDITABLE))}.")
    changed = {name: value for name, value in terms.items() if getattr(order, name) != value}
    if set(changed) - OURS:
        _check_head(order.start, order.end, order.currency, changed.get("commission_pct", order.commission_pct), changed)
        revising.reopen(order, by=by, at=at, why=why or "the terms were changed")
    activity.change(order, "order.edited", by=by, at=at, why=why, **changed)
    if "contract" in changed:
        protected.recard(order)
    if "commission_pct" in changed:
        retotal(order, by=by, at=at)
    return order


def retotal(order: Order, *, by: Person | None, at: datetime.datetime) -> Order:
    """Bring gross, net and dates in line with the lines. Call inside the transaction of the edit."""
    lines = list(order.lines.exclude(status="cancelled").values_list("amount", "start", "end"))
    gross, net = pricing.totals([amount for amount, _, _ in lines], order.commission_pct, order.currency)
    dates = {"start": min(one[1] for one in lines), "end": max(one[2] for one in lines)} if lines else {}
    activity.change(order, "order.totalled", by=by, at=at, gross=gross, net=net, **dates)
    return order


def _check_head(start: datetime.date, end: datetime.date, currency: str, commission_pct: object, terms: dict[str, object]) -> None:
    if end < start:
        raise Invalid(f"the order ends {end}, before it starts {start}.", place="end", remedy="Give a later end.")
    if currency not in currencies.MINOR_UNITS:
        raise Invalid(f"{currency!r} is not an ISO 4217 currency.", place="currency", remedy="Use a code like USD.")
    if not isinstance(commission_pct, Decimal) or not 0 <= commission_pct < 100:
        raise Invalid(f"a commission of {commission_pct} per cent cannot be.", place="commission_pct", remedy="Give 0 to 99.999.")
    for name in ("bill_source", "bill_schedule", "bill_cap", "bill_calendar"):
        choices = [value for value, _ in Order._meta.get_field(name).choices or ()]
        if name in terms and terms[name] not in choices:
            raise Invalid(f"{terms[name]!r} is unknown.", place=name, remedy=f"Use one of {', '.join(choices)}.")
