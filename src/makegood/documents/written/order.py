"""The order confirmation as PDF: what was agreed, line by line, and who signed which bytes.

Frozen data in, bytes out; the hash in the signature block is of the terms as signed, and comes from the caller.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from makegood.documents.charts import counting, figures
from makegood.documents.written import parties, typesetting


@dataclass(frozen=True, kw_only=True)
class Flight:
    """A run of days with its own goal inside a line."""

    starts_on: date
    ends_on: date
    units: int


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """One line as sold. `amount` is gross, to the cent."""

    number: int
    name: str
    starts_on: date
    ends_on: date
    units: int
    rate: Decimal
    amount: Decimal
    unit: str = "impressions"
    rate_unit: str = "CPM"
    placement: str = ""
    size: str = ""
    flights: tuple[Flight, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who agreed, for whom and when (aware time); `sha256` of what was signed. Unsigned fields are empty."""

    party: str
    name: str = ""
    title: str = ""
    signed_at: datetime | None = None
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderDocument:
    """Everything an order confirmation says. Amounts are in `currency`."""

    seller: parties.Seller
    agency: parties.Party | None
    advertiser: parties.Party
    number: str
    revision: int
    dated: date
    campaign: str
    currency: str
    lines: tuple[OrderLine, ...]
    gross: Decimal
    commission_rate: Decimal
    commission: Decimal
    net: Decimal
    po_number: str = ""
    owner: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


def check(doc: OrderDocument) -> None:
    """Raise FiguresDisagree unless lines, flights, gross, commission and net add up."""
    total = sum((line.amount for line in doc.lines), Decimal(0))
    counting.demand(total == doc.gross, f"{doc.number}: lines sum to {total}, gross says {doc.gross}")
    net = doc.gross - doc.commission
    counting.demand(net == doc.net, f"{doc.number}: gross − commission is {net}, net says {doc.net}")
    for line in doc.lines:
        planned = sum(flight.units for flight in line.flights)
        counting.demand(
            not line.flights or planned == line.units,
            f"{doc.number}, line {line.number}: flights sum to {planned:,}, the line sells {line.units:,}",
        )


def pdf(doc: OrderDocument) -> bytes:
    """The confirmation as PDF/A-2b. Raises FiguresDisagree where `doc` does not add up."""
    check(doc)
    return typesetting.pdf("order.typ", _page(doc), doc.dated)


def _page(doc: OrderDocument) -> dict[str, object]:
    totals = [["Gross", figures.amount(doc.gross, doc.currency)]]
    if doc.commission:
        label = f"Agency commission, {figures.percent(doc.commission_rate, 2 if doc.commission_rate * 100 % 1 else 0)}"
        totals.append([label, figures.amount(-doc.commission, doc.currency)])
    first, last = min(line.starts_on for line in doc.lines), max(line.ends_on for line in doc.lines)
    facts = [
        ("Campaign", doc.campaign),
        ("Runs", figures.span(first, last)),
        ("Dated", figures.day(doc.dated)),
        ("Your PO", doc.po_number),
        ("Contact", doc.owner),
    ]
    return {
        "seller": parties.letterhead(doc.seller),
        "number": f"{doc.number}, revision {doc.revision}",
        "parties": [["Advertiser", parties.block(doc.advertiser)]]
        + ([["Agency", parties.block(doc.agency)]] if doc.agency else []),
        "facts": [list(pair) for pair in facts if pair[1]],
        "lines": [_line(line, doc.currency) for line in doc.lines],
        "totals": totals,
        "total_label": f"Net, {doc.currency}",
        "total": figures.amount(doc.net, doc.currency),
        "currency": doc.currency,
        "terms": [list(pair) for pair in doc.terms],
        "conditions": list(doc.conditions),
        "signatures": [_signature(one) for one in doc.signatures],
    }


def _line(line: OrderLine, currency: str) -> dict[str, object]:
    return {
        "number": str(line.number),
        "name": line.name,
        "detail": ", ".join(text for text in (line.placement, line.size) if text),
        "dates": figures.span(line.starts_on, line.ends_on),
        "units": figures.count(line.units),
        "unit": line.unit,
        "rate": figures.rate(line.rate, currency),
        "rate_unit": line.rate_unit,
        "amount": figures.amount(line.amount, currency),
        "flights": [
            [figures.span(flight.starts_on, flight.ends_on), figures.count(flight.units)] for flight in line.flights
        ]
        if len(line.flights) > 1
        else [],
    }


def _signature(one: Signature) -> dict[str, object]:
    return {
        "party": one.party,
        "name": one.name,
        "title": one.title,
        "at": figures.moment(one.signed_at) if one.signed_at else "",
        "hash-rows": [one.sha256[at : at + 32] for at in range(0, len(one.sha256), 32)],
    }
