"""What a paper says, as frozen data: who sells what to whom, on which clauses, and who signed which bytes.

An insertion order and a proposal are the same data with another `kind`; plans fill it as orders do.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from makegood.documents.charts import counting
from makegood.documents.written import parties


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
class Month:
    """What of the gross falls into a month: `name` as it is written, the days it covers."""

    name: str
    starts_on: date
    ends_on: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause in full, placeholders filled. `key` and `version` name the record it was made from."""

    title: str
    text: str
    key: str = ""
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who agreed, for whom and when (aware time); `sha256` of what was signed. Unsigned fields are empty."""

    party: str
    name: str = ""
    title: str = ""
    signed_at: datetime | None = None
    sha256: str = ""
    document_sha256: str = ""
    """Of the PDF that was shown."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of the signing for the audit page: an aware time, what happened, by whom, from where."""

    at: datetime
    what: str
    who: str = ""
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderDocument:
    """Everything a paper says. Amounts are in `currency`; `months` sum to the gross where they are given."""

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
    kind: str = "order"
    language: str = "en"
    po_number: str = ""
    owner: str = ""
    valid_until: date | None = None
    terms: tuple[tuple[str, str], ...] = ()
    months: tuple[Month, ...] = ()
    clauses: tuple[Clause, ...] = ()
    conditions: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    audit: tuple[Happening, ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()
    """What was hashed, and its SHA-256: for the audit page."""


KINDS = ("order", "proposal")


def check(doc: OrderDocument) -> None:
    """Raise FiguresDisagree unless lines, flights, months, gross, commission and net add up; ValueError for an unknown kind."""
    if doc.kind not in KINDS:
        raise ValueError(f"{doc.kind!r} is no kind of paper; use one of {', '.join(KINDS)}")
    counting.demand(bool(doc.lines), f"{doc.number}: it has no lines")
    total = sum((line.amount for line in doc.lines), Decimal(0))
    counting.demand(total == doc.gross, f"{doc.number}: lines sum to {total}, gross says {doc.gross}")
    net = doc.gross - doc.commission
    counting.demand(net == doc.net, f"{doc.number}: gross − commission is {net}, net says {doc.net}")
    monthly = sum((month.amount for month in doc.months), Decimal(0))
    counting.demand(not doc.months or monthly == doc.gross, f"{doc.number}: months sum to {monthly}, gross says {doc.gross}")
    for line in doc.lines:
        planned = sum(flight.units for flight in line.flights)
        counting.demand(
            not line.flights or planned == line.units,
            f"{doc.number}, line {line.number}: flights sum to {planned:,}, the line sells {line.units:,}",
        )
