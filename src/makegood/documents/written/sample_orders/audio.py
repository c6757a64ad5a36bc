"""An audio insertion order as PDF, in the dress of a streaming network's order system."""

from makegood.documents.charts import figures
from makegood.documents.written import typesetting
from makegood.documents.written.sample_orders.order import SampleLine, SampleOrder


def pdf(order: SampleOrder) -> bytes:
    """The order as PDF with a text layer."""
    order.check()
    first, last = order.runs
    facts = [
        ("Contract #", order.number), ("Revision", str(order.revision)), ("Contract date", f"{order.dated:%m/%d/%Y}"),
        ("Advertiser", order.advertiser), ("Agency", order.agency), ("Product", order.product or order.campaign),
        ("Estimate #", order.estimate), ("PO #", order.po_number), ("Buyer", order.buyer),
        ("Flight dates", f"{first:%m/%d/%Y} - {last:%m/%d/%Y}"), ("Billing calendar", "Broadcast (EOM)"),
        ("Currency", order.currency),
    ]  # fmt: skip
    share = f"{order.commission_rate * 100:f}".rstrip("0").rstrip(".")
    page = {
        "seller": order.seller,
        "number": order.number,
        "facts": [list(pair) for pair in facts if pair[1]],
        "address": list(order.agency_address),
        "lines": [_line(at, line, order.currency) for at, line in enumerate(order.lines, 1)],
        "units": figures.count(sum(line.units for line in order.lines)),
        "sums": [
            ["Gross amount", figures.money(order.gross, order.currency)],
            [f"Agency commission ({share}%)", f"-{figures.money(order.commission, order.currency)}"],
            ["Net amount", figures.money(order.net, order.currency)],
        ],
        "terms": list(order.terms),
    }
    return typesetting.pdf("audio_order.typ", page, order.dated)


def _line(at: int, line: SampleLine, currency: str) -> list[str]:
    days = f"{line.starts_on:%m/%d/%Y} - {line.ends_on:%m/%d/%Y}"
    price = figures.rate(line.rate, currency)
    return [
        str(at), line.placement, days, line.size, figures.count(line.units), f"{price} {line.rate_unit}",
        figures.money(line.amount, currency),
    ]  # fmt: skip
