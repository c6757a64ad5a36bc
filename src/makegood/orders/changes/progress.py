"""How far an order has come when it is changed: what ran and what is billed, told by whoever knows (delivery, billing)."""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal

BEGUN = ("live", "paused", "completed")


@dataclasses.dataclass(frozen=True)
class Stop:
    """Days on which a flight is not served: the first and the last, None until somebody resumes."""

    first: datetime.date
    last: datetime.date | None = None

    def reaches(self, day: datetime.date) -> bool:
        """Whether it holds on the day or any day after."""
        return self.last is None or self.last >= day

    def meets(self, other: "Stop") -> bool:
        """Whether both hold on some day."""
        return self.reaches(other.first) and other.reaches(self.first)

    def __str__(self) -> str:
        return f"from {self.first:%d %b}" if self.last is None else f"on {self.first:%d %b}" if self.first == self.last else f"{self.first:%d %b} to {self.last:%d %b}"


@dataclasses.dataclass(frozen=True)
class FlightRan:
    """A flight's status, net units so far, and the days it is paused on."""

    status: str = "booked"
    delivered: int = 0
    stops: tuple[Stop, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing of it can change any more."""
        return self.status == "completed"

    @property
    def begun(self) -> bool:
        """Whether it has run."""
        return self.status in BEGUN or self.delivered > 0


@dataclasses.dataclass(frozen=True)
class LineRan:
    """A line's status, net units so far, and what issued bills hold of it: units and gross."""

    status: str = "booked"
    delivered: int = 0
    billed_units: int = 0
    billed: Decimal = Decimal(0)
    flights: Mapping[int, FlightRan] = dataclasses.field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether it has run."""
        return self.status in BEGUN or self.delivered > 0

    @property
    def over(self) -> tuple[int, ...]:
        """Numbers of the flights that are over."""
        return tuple(sorted(number for number, one in self.flights.items() if one.over))

    def flight(self, number: int) -> FlightRan:
        """How far a flight has come; nothing for one that is new."""
        return self.flights.get(number, FlightRan())


@dataclasses.dataclass(frozen=True)
class Progress:
    """The order on `today` in its own zone: its lines by number, the last day of its issued bills (None before the first)."""

    today: datetime.date
    lines: Mapping[int, LineRan] = dataclasses.field(default_factory=dict)
    billed_until: datetime.date | None = None

    def line(self, number: int) -> LineRan:
        """How far a line has come; nothing for one that is new."""
        return self.lines.get(number, LineRan())
