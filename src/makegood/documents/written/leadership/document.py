"""What the leadership status says, as frozen data: revenue, figures, promises at risk, roadblocks, wins, months."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from makegood.documents.charts.revenue import RevenueBars, RevenueRow
from makegood.documents.written import parties


@dataclass(frozen=True, kw_only=True)
class Stat:
    """A figure, what it is, what it is measured against; `state` colours the comparison."""

    label: str
    figure: str
    against: str
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class RiskRow:
    """A promise at risk: shares are of the goal (0.93), `at_risk` in the document's currency."""

    client: str
    cause: str
    owner: str
    due: str
    state: str
    delivered: float
    projected: float
    at_risk: Decimal


@dataclass(frozen=True, kw_only=True)
class Roadblock:
    """Something only leadership can move, and the one person who owns it."""

    title: str
    detail: str
    owner: str
    due: str


@dataclass(frozen=True, kw_only=True)
class Win:
    """Something that went well."""

    title: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of delivery: goal and revenue in the order of revenue.STATES."""

    name: str
    goal: Decimal
    amounts: tuple[Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True, kw_only=True)
class Short:
    """Where revenue is short of goal, and why."""

    name: str
    amount: Decimal
    why: str


@dataclass(frozen=True, kw_only=True)
class LeadershipDocument:
    """The whole page. The first row of `revenue` is the whole, the others its properties."""

    seller: parties.Seller
    headline: str
    subtitle: str
    currency: str
    as_of: datetime
    revenue: tuple[RevenueRow, ...]
    stats: tuple[Stat, ...] = ()
    at_risk: tuple[RiskRow, ...] = ()
    at_risk_total: Decimal = Decimal(0)
    roadblocks: tuple[Roadblock, ...] = ()
    wins: tuple[Win, ...] = ()
    months: tuple[Month, ...] = ()
    months_finding: str = "By month of delivery"
    short: tuple[Short, ...] = ()
    short_finding: str = "Where it is short"

    def bars(self) -> RevenueBars:
        """The revenue chart of the page."""
        return RevenueBars(title=self.headline, subtitle=self.subtitle, currency=self.currency, rows=self.revenue)
