"""What an address of goals asks for, and the grid it gets: by whom, from which month, in which currency, weighted how."""

import dataclasses
import datetime
import zoneinfo
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from makegood.core import queries
from makegood.engine.winning import Chance
from makegood.insight import earning, goals, winning

MONTHS = 6


@dataclasses.dataclass(frozen=True)
class Asked:
    """The choices, with what history says of each open brief."""

    by: str
    start: datetime.date
    currency: str
    weigh: str
    today: datetime.date
    chances: dict[int, Chance]

    @property
    def weights(self) -> dict[int, Decimal]:
        """The pipeline's weights where history is chosen; empty for the sellers' own."""
        return winning.weights(self.chances) if self.weigh == "history" else {}

    @property
    def decided(self) -> int:
        """How many decided briefs history has."""
        return next((one.decided for one in self.chances.values()), 0)

    def query(self, **other: object) -> str:
        """The same choices as a query, some of them others."""
        return "?" + urlencode({"by": self.by, "from": f"{self.start:%Y-%m}", "currency": self.currency, "weigh": self.weigh} | other)


def read(request: HttpRequest) -> Asked:
    """The choices of the address; what it does not say, or says oddly, is as usual."""
    seller, at, got = queries.seller(), timezone.now(), request.GET
    today = at.astimezone(zoneinfo.ZoneInfo(seller.zone)).date()
    chances = winning.chances(at)
    enough = next((one.decided for one in chances.values()), 0) >= winning.ENOUGH
    weigh = got.get("weigh") if got.get("weigh") in ("history", "own") else "history" if enough else "own"
    currency = got.get("currency", "")
    currency = currency if len(currency) == 3 and currency.isalpha() else seller.currency
    start = month(got.get("from")) or earning.add_months(today.replace(day=1), -1)
    by = got.get("by", "")
    if by not in goals.BY:
        by = goals.usual([earning.add_months(start, n) for n in range(MONTHS)], currency)
    return Asked(by, start, currency, str(weigh), today, chances)


def grid(request: HttpRequest, asked: Asked) -> goals.Grid:
    """Its grid."""
    return goals.grid(
        request.user, by=asked.by, start=asked.start, months=MONTHS, currency=asked.currency, today=asked.today, chances=asked.weights  # type: ignore[arg-type]
    )


def month(text: str | None) -> datetime.date | None:
    """The first day of a month written 2026-07."""
    try:
        return datetime.datetime.strptime(text or "", "%Y-%m").date()
    except ValueError:
        return None
