"""What a campaign's page is told: frozen values. Read by `campaign`."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.orders.models import Order


@dataclasses.dataclass(frozen=True)
class FlightView:
    """A dated slice with its goal."""

    id: int
    number: int
    start: datetime.date
    end: datetime.date
    goal: int
    status: str
    status_label: str
    placement_ids: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class LineView:
    """A line as sold. Card rate and discount are None for clients: the rate card is ours."""

    id: int
    number: int
    name: str
    product: str
    property: str
    sizes: tuple[str, ...]
    start: datetime.date
    end: datetime.date
    rate_type: str
    rate: Decimal
    card_rate: Decimal | None
    discount_pct: Decimal | None
    quantity: int
    unit: str
    amount: Decimal
    exclusive: bool
    status: str
    status_label: str
    flights: tuple[FlightView, ...]


@dataclasses.dataclass(frozen=True)
class SignatureView:
    """Who signed for which side, when."""

    side: str
    name: str
    at: datetime.datetime


@dataclasses.dataclass(frozen=True)
class RevisionView:
    """A frozen revision with its document and signatures; `rests_on` says why it needs none of its own."""

    id: int
    number: int
    at: datetime.datetime
    by: str
    reason: str
    sha256: str
    document_id: int | None
    signatures: tuple[SignatureView, ...]
    rests_on: str = ""


@dataclasses.dataclass(frozen=True)
class MoneyView:
    """Gross, commission, net; card value and discount are None for clients."""

    currency: str
    gross: Decimal
    commission_pct: Decimal
    commission: Decimal
    net: Decimal
    card: Decimal | None
    discount_pct: Decimal | None


@dataclasses.dataclass(frozen=True)
class CampaignView:
    """The campaign's page."""

    order: Order
    advertiser: str
    agency: str
    lines: tuple[LineView, ...]
    revisions: tuple[RevisionView, ...]
    money: MoneyView

    @property
    def paper(self) -> RevisionView | None:
        """The newest revision in effect that has a document."""
        return next((one for one in self.revisions if one.document_id and one.number <= self.order.revision), None)

    @property
    def units(self) -> int:
        """Impressions promised over all lines that count them."""
        return sum(line.quantity for line in self.lines if line.unit == "impressions" and line.status != "cancelled")
