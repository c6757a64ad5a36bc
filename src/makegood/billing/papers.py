"""What an invoice says besides its figures - names, addresses, terms - frozen at issue and read back for the document.

The document of an issued invoice reads nothing else, so that it is the same after renames and changes of terms.
"""

import dataclasses
from typing import Any

from makegood.accounts.models import Account
from makegood.billing.models import Invoice
from makegood.core import queries
from makegood.core.models import Seller
from makegood.documents.written import parties
from makegood.engine.periods import Calendar, Period, label
from makegood.orders.models import Line, Order

SOURCES = dict(Order.Source.choices)
CAP_WORDS = dict(Order.Cap.choices)


def frozen(invoice: Invoice) -> dict[str, Any]:
    """The words of an invoice as they stand now, as JSON."""
    order, lines = invoice.order, [data["terms"]["line_id"] for data in [*invoice.inputs["lines"], *invoice.inputs.get("corrections", ())]]
    products = Line.objects.filter(pk__in=lines).select_related("product__property")
    return {
        "seller": dataclasses.asdict(seller()), "bill_to": dataclasses.asdict(party(invoice.bill_to)), "zone": order.zone,
        "advertiser": order.advertiser.party.name, "campaign": order.name, "po_number": order.po_number,
        "payment_days": order.payment_days, "period_name": period_name(invoice), "products": {str(one.pk): product_of(one) for one in products},
        "terms_followed": terms(invoice),
    }  # fmt: skip


def terms(invoice: Invoice) -> list[list[str]]:
    """The order's terms a bill follows, as they stand now: pairs of name and words."""
    order = invoice.order
    source = f"{SOURCES[order.bill_source]}; ours where there are none" if order.bill_source == Order.Source.THIRD_PARTY else SOURCES[order.bill_source]
    schedule = "At the end" if order.bill_schedule == Order.Schedule.END else f"{order.get_bill_schedule_display()}, {order.get_bill_calendar_display().lower()}"
    contracted = order.bill_source == Order.Source.CONTRACTED
    return [
        ["Order", f"{order.number}, revision {invoice.inputs['revision']}"], ["Source", source], ["Schedule", schedule],
        ["Cap", "None, as contracted" if contracted else f"{CAP_WORDS[order.bill_cap]}, line by line"],
        ["Tolerance", f"{order.tolerance_pct.normalize():f} % between their counts and ours"],
    ]  # fmt: skip


def seller_of(paper: dict[str, Any]) -> parties.Seller:
    """The letterhead as frozen."""
    data = paper["seller"]
    return parties.Seller(**data | {"address": tuple(data["address"]), "bank": tuple((name, value) for name, value in data["bank"])})


def party_of(paper: dict[str, Any]) -> parties.Party:
    """The addressee as frozen."""
    return parties.Party(**paper["bill_to"] | {"address": tuple(paper["bill_to"]["address"])})


def period_name(invoice: Invoice) -> str:
    """What a person calls the period of a bill."""
    if invoice.order.bill_schedule == Order.Schedule.END:
        return "Whole campaign"
    return label(Period(invoice.period_start, invoice.period_end), Calendar(invoice.order.bill_calendar))


def product_of(line: Line) -> str:
    """Product and property of a line."""
    return f"{line.product.name}, {line.product.property.name}"


def seller() -> parties.Seller:
    """The seller as letterhead, now."""
    return letterhead(queries.seller())


def letterhead(own: Seller) -> parties.Seller:
    """A seller's record as it stands on documents."""
    bank = tuple((pair[0].strip(), pair[1].strip()) for row in own.bank.splitlines() if len(pair := row.split(":", 1)) == 2)
    return parties.Seller(name=own.name, address=tuple(own.address.splitlines()), tax_id=own.tax_id, email=own.email, bank=bank)


def party(account: Account) -> parties.Party:
    """An account as addressee, now."""
    return parties.Party(name=account.legal_name or account.party.name, address=tuple(account.address.splitlines()), tax_id=account.tax_id)
