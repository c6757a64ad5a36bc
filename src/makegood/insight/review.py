"""Everything a reviewer of an order needs, gathered on one page: rates, margin, credit, avails, promises, terms, rules, precedents."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from makegood.accounts.exclusivity import Kept
from makegood.billing.queries import receivables
from makegood.billing.queries.invoices import invoice_list
from makegood.core.models import Person
from makegood.core.queries import seller
from makegood.orders import availability, cautions, pricing, promises, protected, queries, trying
from makegood.orders.availability import Avails
from makegood.orders.cautions import Caution
from makegood.orders.models import Line, Order, OrderTerms
from makegood.orders.protected import Card
from makegood.orders.trying import Would
from makegood.work import queries as work
from makegood.work.models import Approval

PRECEDENTS = 8



@dataclasses.dataclass(frozen=True)
class LineFacts:
    """A line against its card: rate, discount, below the floor, margin per cent (None: no cost known), what is short, who is in the way."""

    line: Line
    card: Card | None
    discount_pct: Decimal | None
    below_floor: bool
    margin_pct: Decimal | None
    avails: Avails | None
    kept: tuple[Kept, ...]


@dataclasses.dataclass(frozen=True)
class ReviewPage:
    """What the page shows. `would` are rules as they stand now; `approvals` what was asked for this revision; `open_money` what the payer owes."""

    order: Order
    lines: tuple[LineFacts, ...]
    margin_pct: Decimal | None
    would: tuple[Would, ...]
    approvals: tuple[Approval, ...]
    terms: OrderTerms | None
    cautions: tuple[Caution, ...]
    precedents: tuple[Approval, ...]
    aging: tuple[receivables.Aging, ...]


def page(actor: Person, order_id: int, *, at: datetime.datetime) -> ReviewPage:
    """The review of an order; Order.DoesNotExist when there is none `actor` may see. A constant number of queries."""
    rows = queries.visible_to(actor).select_related("advertiser__party", "advertiser__owner", "agency__party", "contract", "brand", "account_manager", "campaign_manager")
    order = rows.get(pk=order_id)
    lines = list(order.lines.exclude(status="cancelled").select_related("product__property").order_by("number"))
    for line in lines:
        line.order = order
    found = availability.check(order, at=at)
    seen = _lines(order, lines, found)
    asked = work.approval_list(actor).filter(subject_type="orders.order", subject_id=order.pk).exclude(status="void")
    earlier = work.approval_list(actor).filter(party=order.advertiser_id, status__in=("approved", "rejected")).exclude(subject_type="orders.order", subject_id=order.pk)
    owed = invoice_list(actor).filter(bill_to=order.bill_to, status="issued")
    return ReviewPage(
        order=order, lines=tuple(seen), margin_pct=_margin(order, seen), would=tuple(trying.order(order, found, seller(), at=at)),
        approvals=tuple(asked.prefetch_related("makers", "votes__person", "votes__acted_for").order_by("pk")), terms=order.terms.select_related("file", "by").first(),
        cautions=tuple(cautions.of(order)), precedents=tuple(earlier.order_by("-decided_at", "-pk")[:PRECEDENTS]),
        aging=tuple(receivables.by_age(owed, at.date())),
    )  # fmt: skip


def _lines(order: Order, lines: Sequence[Line], found: Mapping[int, Avails]) -> list[LineFacts]:
    kept, cards = promises.broken(order, lines), protected.cards(order, lines)
    facts = []
    for line in lines:
        card = cards[line.pk]
        facts.append(
            LineFacts(
                line, card, pricing.discount_pct(line.rate, line.card_rate, order.currency), bool(card and line.rate < card.floor),
                _share(_cost(line, card), _net(line)), found.get(line.pk), tuple(one for one in kept if one.number == line.number),
            )
        )
    return facts


def _margin(order: Order, seen: Sequence[LineFacts]) -> Decimal | None:
    """Over the lines whose cost is known."""
    known = [(_cost(one.line, one.card), _net(one.line)) for one in seen if one.card and one.card.cost is not None]
    return _share(sum((cost or Decimal(0) for cost, _ in known), Decimal(0)), sum((net for _, net in known), Decimal(0))) if known else None


def _cost(line: Line, card: Card | None) -> Decimal | None:
    if card is None or card.cost is None:
        return None
    return pricing.amount(card.cost, line.rate_type, line.quantity, line.order.currency)


def _net(line: Line) -> Decimal:
    return line.amount * (100 - line.order.commission_pct) / 100


def _share(cost: Decimal | None, net: Decimal) -> Decimal | None:
    return None if cost is None or not net else (100 - cost / net * 100).quantize(Decimal("0.1"))
