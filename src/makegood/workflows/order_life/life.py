"""What is known of one life while it runs: its records, its own time, and the figures for the summary."""

import dataclasses
import datetime
import pathlib
from typing import Any

from makegood.orders.models import Order, OrderImport
from makegood.workflows.order_life.crew import Crew

LEAD = datetime.timedelta(days=21)
LEAST = datetime.timedelta(days=14)


@dataclasses.dataclass
class Life:
    """`moment` is the order's own time: it starts before the flight and moves on with every step."""

    path: pathlib.Path
    out: pathlib.Path
    crew: Crew
    moment: datetime.datetime
    seed: int
    requests: int
    received: OrderImport | None = None
    made: Order | None = None
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
    files: dict[str, str] = dataclasses.field(default_factory=dict)
    notes: list[str] = dataclasses.field(default_factory=list)

    @property
    def order(self) -> Order:
        """The order once it is there, as the database has it now."""
        assert self.made is not None
        return self.made

    def refresh(self) -> Order:
        """The order read again: actions changed it."""
        self.made = Order.objects.select_related("advertiser__party", "agency__party", "campaign_manager", "trafficker", "account_manager").get(
            pk=self.order.pk
        )
        return self.made

    def later(self, **by: float) -> datetime.datetime:
        """Move the order's time on and return it."""
        self.moment += datetime.timedelta(**by)
        return self.moment

    def until(self, moment: datetime.datetime) -> datetime.datetime:
        """Move on to `moment` when it lies ahead."""
        self.moment = max(self.moment, moment)
        return self.moment

    def keep(self, name: str, content: bytes, what: str) -> pathlib.Path:
        """Write a file into the folder of results."""
        self.out.mkdir(parents=True, exist_ok=True)
        target = self.out / name
        target.write_bytes(content)
        self.files[what] = name
        return target


def begins(start: datetime.date | None, now: datetime.datetime) -> datetime.datetime:
    """When an order of that first day is read: today, or as long before the flight as such work takes."""
    if start is None:
        return now
    launch = datetime.datetime.combine(start, datetime.time(14), datetime.UTC)
    return now if now <= launch - LEAST else launch - LEAD
