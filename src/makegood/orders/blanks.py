"""What fills the blanks of clauses on an order's paper (documents.papers.placeholders names them all)."""

from decimal import Decimal

from makegood.documents import papers
from makegood.documents.papers import language
from makegood.orders.cancellation import terms_of
from makegood.orders.models import Order


def values(order: Order, doc: papers.OrderDocument) -> dict[str, str]:
    """Each blank with its words in the paper's language."""
    lang, cancelling = language.of(doc.language), terms_of(order)
    return {
        "seller": doc.seller.name, "advertiser": doc.advertiser.name, "agency": (doc.agency or doc.advertiser).name, "order_number": doc.number,
        "campaign": doc.campaign, "currency": doc.currency, "gross": lang.money(doc.gross, doc.currency), "net": lang.money(doc.net, doc.currency),
        "first_day": lang.day(order.start), "last_day": lang.day(order.end), "payment_days": str(order.payment_days),
        "cancellation_notice_days": str(cancelling.notice_days), "other_notice_days": str(cancelling.other_notice_days),
        "cancellation_fee_pct": _plain(cancelling.fee_pct, lang), "tolerance_pct": _plain(order.tolerance_pct, lang),
        "bill_source": lang.say(order.get_bill_source_display()).lower() if lang.code == "en" else lang.say(order.get_bill_source_display()),
        "zone": order.zone, "valid_until": lang.day(doc.valid_until) if doc.valid_until else "",
    }  # fmt: skip


def _plain(value: Decimal, lang: language.Language) -> str:
    return lang.number(f"{Decimal(value).normalize():f}")
