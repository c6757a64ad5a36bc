"""The order behind a sample document. The documents differ; this is their common truth."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.documents.charts import counting


@dataclass(frozen=True, kw_only=True)
class SampleLine:
    """One line: `units` at `rate` per `per` units is `amount`, gross. `size` is pixels or a spot length."""

    placement: str
    starts_on: date
    ends_on: date
    units: int
    rate: Decimal
    amount: Decimal
    unit: str = "impressions"
    rate_unit: str = "CPM"
    per: int = 1000
    size: str = ""


@dataclass(frozen=True, kw_only=True)
class SampleOrder:
    """An insertion order. `commission_rate` is a fraction of gross; `terms` are printed as given."""

    number: str
    revision: int
    dated: date
    agency: str
    advertiser: str
    seller: str
    campaign: str
    currency: str
    lines: tuple[SampleLine, ...]
    commission_rate: Decimal = Decimal(0)
    agency_address: tuple[str, ...] = ()
    buyer: str = ""
    po_number: str = ""
    product: str = ""
    estimate: str = ""
    terms: tuple[str, ...] = ()

    @property
    def gross(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def commission(self) -> Decimal:
        """Commission on gross, to the cent."""
        return (self.gross * self.commission_rate).quantize(Decimal("0.01"))

    @property
    def net(self) -> Decimal:
        """What the agency will pay."""
        return self.gross - self.commission

    @property
    def runs(self) -> tuple[date, date]:
        """First and last day of all lines."""
        return min(line.starts_on for line in self.lines), max(line.ends_on for line in self.lines)

    def check(self) -> None:
        """Raise FiguresDisagree unless every line's units at its rate give its amount."""
        for at, line in enumerate(self.lines, 1):
            due = (line.rate * line.units / line.per).quantize(Decimal("0.01"))
            problem = f"{self.number}, line {at}: units at rate give {due}, the line says {line.amount}"
            counting.demand(due == line.amount, problem)
