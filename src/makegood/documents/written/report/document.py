"""What a wrap-up report says, as frozen data. It is counted and judged elsewhere; here it is only held."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from makegood.documents.written import parties


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """One line: promised and delivered units, how delivered was counted, and its worth.

    `gross` minus every filtered reason is `delivered` (net). `value` is what delivery is worth at the line's rate,
    `booked` what was contracted. `state` is ok, watch, risk, blocked or empty. None means not measured.
    `audible` and `conversions` are said only where there are any.
    """

    number: int
    name: str
    placement: str
    starts_on: date
    ends_on: date
    promised: int
    gross: int
    delivered: int
    rate: Decimal
    booked: Decimal
    value: Decimal
    unit: str = "impressions"
    rate_unit: str = "CPM"
    filtered: tuple[tuple[str, int], ...] = ()
    measurable: int | None = None
    viewable: int | None = None
    clicks: int | None = None
    audible: int = 0
    conversions: int = 0
    state: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Delivery of one creative or one placement, in the report's unit."""

    name: str
    delivered: int
    detail: str = ""
    measurable: int | None = None
    viewable: int | None = None
    clicks: int | None = None


@dataclass(frozen=True, kw_only=True)
class Day:
    """Delivery of one local day, in the report's unit; what the traffic curve expected of it."""

    on: date
    delivered: int
    expected: float | None = None
    clicks: int | None = None


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A reason delivery differs from the promise, in the report's unit: negative is lost."""

    label: str
    units: int


@dataclass(frozen=True, kw_only=True)
class MakeGood:
    """What was offered for a promise not kept."""

    what: str
    units: int
    value: Decimal
    status: str
    line_number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Bill:
    """One invoice or credit note (negative) of the campaign."""

    number: str
    issued_on: date
    period: str
    gross: Decimal
    commission: Decimal
    net: Decimal
    status: str
    tax: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A picture of the campaign as it ran: PNG or JPEG bytes."""

    caption: str
    image: bytes


@dataclass(frozen=True, kw_only=True)
class ReportDocument:
    """Everything the report says. `unit` is what days, creatives, placements and causes are counted in.

    `reach` is people known and the impressions they had, of all lines.
    """

    seller: parties.Seller
    client: str
    campaign: str
    order_number: str
    starts_on: date
    ends_on: date
    currency: str
    headline: str
    as_of: datetime
    zone: str
    lines: tuple[ReportLine, ...]
    agency: str = ""
    unit: str = "impressions"
    findings: tuple[str, ...] = ()
    creatives: tuple[Part, ...] = ()
    placements: tuple[Part, ...] = ()
    days: tuple[Day, ...] = ()
    causes: tuple[Cause, ...] = ()
    make_goods: tuple[MakeGood, ...] = ()
    billing: tuple[Bill, ...] = ()
    proofs: tuple[Proof, ...] = ()
    reach: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    final: bool = True
