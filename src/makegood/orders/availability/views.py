"""The answer as shown: the sum, who holds the rest, what would free more. Frozen values only."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.engine.avails import Relaxation


@dataclasses.dataclass(frozen=True)
class Holder:
    """Who has units that the line asks for, and until when; a hold also says who placed it."""

    name: str
    units: int
    held: bool
    until: datetime.date | datetime.datetime | None = None
    owner: str = ""
    share_pct: int | None = None
    hold_id: int | None = None


@dataclasses.dataclass(frozen=True)
class Loser:
    """A line (or a hold, without a line) that would lose `units` of the `promised`, `amount` of its price."""

    name: str
    line: str
    units: int
    promised: int
    held: bool
    priority: str
    amount: Decimal | None = None
    currency: str = ""

    @property
    def loss(self) -> int:
        """The units as a change."""
        return -self.units

    @property
    def share(self) -> float:
        """What part of the promise that is."""
        return self.units / self.promised if self.promised else 0.0


@dataclasses.dataclass(frozen=True)
class Avails:
    """matched − reserved − held − caps = available, in `unit`. `limited` is false where nothing runs out (spots, flat fees).

    `exclusive` is what is sold by the day, whole or a `share_pct` of its voice.
    `known` is false where too little was ever counted to say; then nothing is claimed and nothing is short. A what-if also
    has who would lose were it booked all the same and served, and the bounds that hold what matches 80 times in 100.
    """

    line_id: int
    wanted: int
    unit: str
    limited: bool = True
    known: bool = True
    matched: int = 0
    reserved: int = 0
    held: int = 0
    caps: int = 0
    available: int = 0
    possible: int = 0
    short: int = 0
    exclusive: bool = False
    share_pct: int | None = None
    holders: tuple[Holder, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    losers: tuple[Loser, ...] = ()
    within: tuple[int, int] | None = None

    @property
    def taken(self) -> int:
        """What the losers would lose together."""
        return sum(one.units for one in self.losers)

    @property
    def unserved(self) -> int:
        """What no taking from others would serve either; available + taken + unserved is what is wanted."""
        return self.short - self.taken

    @property
    def says(self) -> str:
        """The answer in a sentence."""
        if not self.limited:
            return "Not limited by inventory"
        if not self.known:
            return "Not enough counted to say"
        if self.exclusive:
            return self._by_the_day()
        if self.short:
            return f"Short by {self.short:,}: {self.available:,} of {self.wanted:,} available"
        return f"{self.available:,} available"

    def _by_the_day(self) -> str:
        share = self.share_pct or 100
        if not self.short:
            return "Free, exclusive" if share == 100 else f"{share} % of every day is free"
        if share < 100:
            return f"{self.holders[0].name} and others leave too little of {self.short} of {self.wanted} days" if len(self.holders) > 1 else (
                f"{self.holders[0].name} leaves too little of {self.short} of {self.wanted} days")  # fmt: skip
        return f"{self.holders[0].name} has {self.short} of {self.wanted} days"

    @property
    def sum(self) -> str:
        """The sum as printed: matched − reserved − held − caps = available."""
        return f"{self.matched:,} − {self.reserved:,} − {self.held:,} − {self.caps:,} = {self.available:,}"
