"""The order as its confirmation PDF says it: records into documents.written.order. Stores nothing."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.core.models import Seller
from makegood.documents.written import order as written
from makegood.documents.written import parties
from makegood.orders.models import Line, Order, Revision, Signature

SIDES = {"client": "For the client", "seller": "For the seller"}


def pdf(order: Order, revision: Revision, seller: Seller, signatures: Iterable[Signature] = ()) -> bytes:
    """The confirmation of `revision` as PDF; the same order, revision and signatures give the same bytes."""
    return written.pdf(document(order, revision, seller, signatures))


def document(order: Order, revision: Revision, seller: Seller, signatures: Iterable[Signature] = ()) -> written.OrderDocument:
    """The same as frozen data; unsigned sides have an empty line to sign on."""
    signed = {one.side: one for one in signatures}
    lines = order.lines.exclude(status="cancelled").select_related("product__property").prefetch_related("flights", "product__placements")
    return written.OrderDocument(
        seller=letterhead(seller), advertiser=party(order.advertiser), agency=party(order.agency) if order.agency else None,
        number=order.number, revision=revision.number, dated=revision.at.date(), campaign=order.name, currency=order.currency,
        lines=tuple(_line(line) for line in lines), gross=order.gross, commission_rate=order.commission_pct / 100,
        commission=order.gross - order.net, net=order.net, po_number=order.po_number, owner=order.account_manager.name,
        terms=_terms(order), signatures=tuple(_signature(order, revision, seller, side, signed.get(side)) for side in SIDES),
    )  # fmt: skip


def letterhead(seller: Seller) -> parties.Seller:
    """The seller as it stands on documents."""
    pairs = (line.partition(":") for line in seller.bank.splitlines() if line.strip())
    return parties.Seller(
        name=seller.name, address=tuple(seller.address.splitlines()), tax_id=seller.tax_id, email=seller.email,
        bank=tuple((label.strip(), value.strip()) for label, _, value in pairs),
    )  # fmt: skip


def party(account: Account) -> parties.Party:
    """An account as it is addressed."""
    return parties.Party(name=account.legal_name or account.party.name, address=tuple(account.address.splitlines()), tax_id=account.tax_id)


def _line(line: Line) -> written.OrderLine:
    sizes = sorted({f"{place.width}×{place.height}" for place in line.product.placements.all() if place.width and place.height})
    flights = tuple(written.Flight(starts_on=one.start, ends_on=one.end, units=one.goal) for one in line.flights.all() if one.status != "cancelled")
    return written.OrderLine(
        number=line.number, name=line.name, starts_on=line.start, ends_on=line.end, units=line.quantity, rate=_rate(line.rate),
        amount=line.amount, unit=line.unit, rate_unit=line.get_rate_type_display(), placement=line.product.property.name,
        size=", ".join(sizes[:3]), flights=flights,
    )  # fmt: skip


def _rate(rate: Decimal) -> Decimal:
    """Two decimals unless the rate has more."""
    short = rate.quantize(Decimal("0.01"))
    return short if short == rate else rate.normalize()


def _terms(order: Order) -> tuple[tuple[str, str], ...]:
    source = f"{order.get_bill_source_display()}, {order.get_bill_cap_display().lower()}"
    return (
        ("Billed on", source),
        ("Billed", f"{order.get_bill_schedule_display()}, by {order.get_bill_calendar_display().lower()}"),
        ("Payment", f"{order.payment_days} days"),
        ("Days are in", order.zone),
    )


def _signature(order: Order, revision: Revision, seller: Seller, side: str, signed: Signature | None) -> written.Signature:
    name = str(order.bill_to) if side == "client" else seller.name
    if signed is None:
        return written.Signature(party=name, sha256=revision.sha256)
    at = signed.at.astimezone(datetime.UTC)
    return written.Signature(party=name, name=signed.name, signed_at=at, sha256=signed.sha256)
