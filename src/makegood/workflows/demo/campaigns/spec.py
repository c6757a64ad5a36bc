"""What a demo campaign is: its parts, its dates from today, and the planted trouble by name."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Part:
    """One line: a product and how much, from day `starts` of the campaign for `days` (0: to its end).

    `off_pct` is the discount. `shots` are day offsets of single-day flights of one unit each (newsletter sends).
    """

    product: str
    quantity: int
    starts: int = 0
    days: int = 0
    off_pct: int = 0
    targeting: dict[str, Any] = dataclasses.field(default_factory=dict)
    shots: tuple[int, ...] = ()
    gap: tuple[int, int] = (0, 0)  # days of the campaign between two flights of this line
    name: str = ""


@dataclasses.dataclass(frozen=True)
class Campaign:
    """`start` counts days from today. `until` stops the story at a state; `trouble` are names the story knows.

    Trouble: late_creative (first creative a few days after launch), no_creative, no_click, paused, disputed, unpaid,
    slow_client, rework, oversold, rejected_once, third_party, half_paid, withheld (parts whose creative never came).
    """

    advertiser: str
    name: str
    start: int
    days: int
    parts: tuple[Part, ...]
    direct: bool = False
    manager: str = "Priya"
    trafficker: str = "Tomas"
    until: str = ""
    trouble: frozenset[str] = frozenset()
    terms: dict[str, Any] = dataclasses.field(default_factory=dict)
    withheld: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        """Names it apart from the others."""
        return f"{self.advertiser}: {self.name}"


def plagued(*names: str) -> frozenset[str]:
    """Trouble, as a set."""
    return frozenset(names)
