"""What fills the blanks of clauses on an order's paper (documents.papers.placeholders names them all)."""

from decimal import Decimal

from makegood.documents import papers
from makegood.documents.papers import language
from makegood.orders.models import Order

NOTICE_DAYS = 14
"""Days of notice to cancel where no contract says otherwise (IAB/4A's standard terms 3.0, V.a: 14 for what is not guaranteed)."""


def values(order: Order, doc: papers.OrderDocument) -> dict[str, str]:
    """Each blank with its words in the paper's language."""
    lang = language.of(doc.language)
    return {
        "seller": doc.seller.name, "advertiser": doc.advertiser.name, "agency": (doc.agency or doc.advertiser).name, "order_number": doc.number,
        "campaign": doc.campaign, "currency": doc.currency, "gross": lang.money(doc.gross, doc.currency), "net": lang.money(doc.net, doc.currency),
        "first_day": lang.day(order.start), "last_day": lang.day(order.end), "payment_days": str(order.payment_days),
        "cancellation_notice_days": str(order.contract.notice_days if order.contract else NOTICE_DAYS), "tolerance_pct": _plain(order.tolerance_pct, lang),
        "bill_source": lang.say(order.get_bill_source_display()).lower() if lang.code == "en" else lang.say(order.get_bill_source_display()),
        "zone": order.zone, "valid_until": lang.day(doc.valid_until) if doc.valid_until else "",
    }  # fmt: skip


def _plain(value: Decimal, lang: language.Language) -> str:
    return lang.number(f"{Decimal(value).normalize():f}")
