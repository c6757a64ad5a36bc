"""The tab Money: what was sold, earned, billed and paid, on which terms."""

from decimal import Decimal
from typing import Any

from makegood.core import permissions
from makegood.core.models import Person
from makegood.insight.standing import Standing
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.orders import cancellation
from makegood.orders.changes.notice import Terms
from makegood.orders.models import Prepayment
from makegood.orders.queries.campaign import CampaignView
from makegood.workflows.crediting import advance


def context(actor: Person, seen: CampaignView, now: Standing) -> dict[str, Any]:
    """What the tab's template places."""
    order, money, bills = seen.order, seen.money, now.money
    cancelling = cancellation.terms_of(order)
    left = max(now.earned - bills.billed, Decimal(0))
    return {
        "bills": bills, "invoices": [(one, links.record(one)) for one in bills.invoices], "terms": _terms(seen, cancelling),
        "cancelling": cancelling, "may_agree": order.status == "draft" and permissions.may(actor, "orders.submit", order),
        **_advance(actor, seen),
        "money_stats": [
            c.Stat("Gross", formats.money(money.gross, money.currency), money.currency),
            c.Stat("Commission", formats.money(money.commission, money.currency), f"{money.commission_pct.normalize():f} %"),
            c.Stat("Net", formats.money(money.net, money.currency), f"payable by {order.bill_to}"),
            None,
            c.Stat("Earned", formats.money(now.earned, money.currency), "gross, delivered so far"),
            c.Stat("Earned, not billed", formats.money(left, money.currency), "gross"),
            *([c.Stat("Counts changed since", formats.signed(bills.adjusted, 2), f"{money.currency} gross, not billed")] if bills.adjusted else []),
            c.Stat("Paid", formats.money(bills.paid, money.currency), f"{formats.money(bills.open, money.currency)} open" if bills.open else "nothing open"),
        ],
    }  # fmt: skip


def _advance(actor: Person, seen: CampaignView) -> dict[str, Any]:
    """Of a client that pays in advance: what it paid so far, what lets the order start, who may let it start unpaid."""
    order = seen.order
    if not order.bill_to.prepay:
        return {"prepays": False}
    held = Prepayment.objects.select_related("by").filter(order=order).first()
    return {
        "prepays": True, "held": held, "paid_so_far": formats.money(advance.paid(order), order.currency), "to_pay": formats.money(order.net, order.currency),
        "may_release": held is None and permissions.may(actor, "accounts.set_credit", order.bill_to),
    }  # fmt: skip


def _terms(seen: CampaignView, cancelling: Terms) -> list[tuple[str, str]]:
    order, money = seen.order, seen.money
    terms = [
        ("Billed to", str(order.bill_to)), ("Billed by", order.get_bill_source_display()), ("When", order.get_bill_schedule_display()),
        ("Cap", order.get_bill_cap_display()), ("Month", order.get_bill_calendar_display()), ("Payment", f"{order.payment_days} days net"),
        ("Third-party tolerance", f"{order.tolerance_pct.normalize():f} %"), ("Cancelling", f"{cancelling.notice_days} days' notice, {cancelling.other_notice_days} where nothing is guaranteed, {cancelling.fee_pct.normalize():f} % of what falls away"),
        ("Purchase order", order.po_number or "not given"),
        ("Estimate", order.estimate), ("Their order number", order.external_number),
    ]  # fmt: skip
    if money.card:
        off = f", {money.discount_pct:.1f} % off" if money.discount_pct and money.discount_pct > 0 else ""
        terms.append(("At card rates", f"{formats.money(money.card, money.currency)}{off}"))
    return [(name, value) for name, value in terms if value]
