"""Where an import stands: its document with fixes applied, the order it would make, and everything still open. Reads only."""

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal

from makegood.accounts import matching as parties
from makegood.catalog import matching as products
from makegood.catalog import queries as catalog
from makegood.catalog.models import Product
from makegood.documents.orders.messages import Field, OrderLine, Problem, Severity
from makegood.engine import currencies
from makegood.orders import doubts, intended, pricing, reading
from makegood.orders.intended import Planned
from makegood.orders.models import OrderImport

ROLES = ("advertiser", "agency")


@dataclasses.dataclass(frozen=True)
class Open:
    """A problem with the key to accept it and the place to fix it."""

    key: str
    place: str
    problem: Problem
    accepted: bool

    @property
    def blocks(self) -> bool:
        """Whether the import waits for it."""
        return self.problem.severity is Severity.ERROR and not self.accepted

    def __str__(self) -> str:
        where = f" ({self.problem.place})" if self.problem.place else ""
        return f"{self.problem.message}{where}"


@dataclasses.dataclass(frozen=True)
class State:
    """The whole of it. `commission_pct`, `gross` and `net` are what the order would say."""

    fields: dict[str, Field]
    lines: tuple[OrderLine, ...]
    planned: tuple[Planned, ...]
    problems: tuple[Open, ...]
    currency: str
    commission_pct: Decimal
    gross: Decimal
    net: Decimal
    unmatched: tuple[str, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """What keeps it from becoming an order, in words."""
        return (*(str(one) for one in self.problems if one.blocks), *self.unmatched)


def state(received: OrderImport) -> State:
    """Check the import anew with every fix made so far."""
    fields = reading.fields(received.document, received.fixes)
    summary = received.fixes.get("lines") == "summary"
    lines = () if summary else reading.lines(received.document, received.fixes)
    fields = reading.with_days(fields, lines)
    currency = currency_of(received, fields)
    planned, unplanned = intended.plan(fields, lines, currency, summary=summary)
    gross, net, commission = money(fields, planned, currency)
    found = [*doubts.rechecked(received, fields, lines, summary), *unplanned]
    if not unplanned and not any(one.code in ("total", "net") for one in found):
        found += doubts.net_differs(fields, net, currency)
    found += doubts.already_ordered(received, fields)
    return State(
        fields, lines, tuple(planned), tuple(_open(one, received) for one in found), currency, commission, gross, net,
        (*_unmatched_parties(received, fields), *_unmatched_lines(received, planned)),
    )  # fmt: skip


def currency_of(received: OrderImport, fields: dict[str, Field]) -> str:
    """The document's currency, else the advertiser's, else dollars until a person says otherwise."""
    named = fields.get("currency")
    known = str(named.value) if named and named.value in currencies.MINOR_UNITS else ""
    return known or (received.advertiser.currency if received.advertiser else "USD")


def money(fields: dict[str, Field], planned: list[Planned], currency: str) -> tuple[Decimal, Decimal, Decimal]:
    """(gross, net, commission per cent) the order would have."""
    commission = _commission(fields)
    gross, net = pricing.totals([line.amount for line in planned], commission, currency)
    return gross, net, commission


def match_party(received: OrderImport, role: str) -> parties.Match | None:
    """The account the document's name for a role means; None when the document names nobody."""
    field = reading.fields(received.document, received.fixes).get(role)
    return parties.find(str(field.value), role) if field and field.value else None


def match_products(
    planned: Sequence[Planned], layout: str, among: Iterable[Product] | None = None
) -> dict[int, tuple[products.Match, int | None]]:
    """{line number: (match, generic product to fall back to)}; among the products given, else all active ones."""
    known = list(catalog.comparable() if among is None else among)
    specific = [one for one in products.candidates(known) if not one.generic]
    fallback = products.fallback(layout, known)
    found = {wanted: products.match(wanted, specific) for wanted in {line.wanted for line in planned}}
    return {line.number: (found[line.wanted], fallback.pk if fallback else None) for line in planned}


def _commission(fields: dict[str, Field]) -> Decimal:
    """Per cent, three decimals: as named, else as gross and commission or net imply, else none."""
    rate, gross, kept, net = (_value(fields, name) for name in ("commission_rate", "gross_amount", "commission_amount", "net_amount"))
    tax = _value(fields, "tax_amount")
    if rate is None and gross and kept is not None:
        rate = kept / gross * 100
    if rate is None and gross and net is not None and not tax and net <= gross:
        rate = (gross - net) / gross * 100
    return rate.quantize(Decimal("0.001")) if rate is not None and 0 <= rate < 100 else Decimal(0)


def _value(fields: dict[str, Field], name: str) -> Decimal | None:
    value = fields[name].value if name in fields else None
    return Decimal(value) if isinstance(value, (Decimal, int)) else None


def _open(problem: Problem, received: OrderImport) -> Open:
    place = reading.place_of(problem)
    key = f"accept:{problem.code}@{place}"
    accepted = received.fixes.get(key)
    return Open(key, place, problem, bool(accepted) and accepted.get("message") == problem.message)


def _unmatched_parties(received: OrderImport, fields: dict[str, Field]) -> list[str]:
    found = []
    for role in ROLES:
        field = fields.get(role)
        if field and field.value and getattr(received, f"{role}_id") is None and received.fixes.get(f"party:{role}") != "none":
            found.append(f"{role} “{field.value}” is no known account")
    return found


def _unmatched_lines(received: OrderImport, planned: list[Planned]) -> list[str]:
    lines = [line for line in planned if str(line.number) not in received.products]
    return [f"line {line.number or 'for all'} “{line.name}” has no product" for line in lines]
