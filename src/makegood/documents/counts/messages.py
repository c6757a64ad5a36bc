"""What a delivery file says: frozen rows, totals and problems, each with its place."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

FIELDS = ("day", "placement_id", "placement", "impressions", "clicks", "cost")
NEEDED = ("day", "impressions")


@dataclasses.dataclass(frozen=True, slots=True)
class Where:
    """A cell: sheet (empty in a csv), row from 1, column letter (empty for the whole row)."""

    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        parts = [f"sheet {self.sheet}" if self.sheet else "", f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else ""]
        return ", ".join(part for part in parts if part)


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands in the way (`error`) or should be known (`warning`)."""

    where: Where
    message: str
    remedy: str
    severity: str = "error"


@dataclasses.dataclass(frozen=True, slots=True)
class CountRow:
    """One row: a placement's day. `cost` is in the file's own currency, None where it gives none."""

    where: Where
    day: datetime.date
    placement_id: str
    placement: str
    impressions: int
    clicks: int = 0
    cost: Decimal | None = None

    @property
    def key(self) -> str:
        """What names the placement: their id, else their name."""
        return self.placement_id or self.placement


@dataclasses.dataclass(frozen=True, slots=True)
class Total:
    """A total row: what it says and what the rows come to."""

    where: Where
    name: str
    said: int
    sum: int

    @property
    def agrees(self) -> bool:
        """Whether they are equal."""
        return self.said == self.sum


@dataclasses.dataclass(frozen=True)
class CountFile:
    """A file as read. `columns` are field -> the header it stood under; `zone` is the zone of its days, "" when not said."""

    name: str
    sheet: str
    header_row: int
    columns: Mapping[str, str]
    zone: str
    rows: tuple[CountRow, ...]
    totals: tuple[Total, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that stand in the way."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def impressions(self) -> int:
        """All rows'."""
        return sum(row.impressions for row in self.rows)

    def placements(self) -> dict[str, tuple[str, int]]:
        """Key of each placement -> its name and impressions, the largest first."""
        names, sums = {row.key: row.placement or row.key for row in self.rows}, Counter[str]()
        for row in self.rows:
            sums[row.key] += row.impressions
        return {key: (names[key], units) for key, units in sums.most_common()}

    def to_json(self) -> dict[str, Any]:
        """Plain values: what the command line prints."""
        return {
            "file": self.name, "sheet": self.sheet or None, "header_row": self.header_row, "columns": dict(self.columns), "zone": self.zone or None,
            "impressions": self.impressions,
            "rows": [
                {"row": one.where.row, "day": one.day.isoformat(), "placement_id": one.placement_id, "placement": one.placement,
                 "impressions": one.impressions, "clicks": one.clicks} | ({"cost": format(one.cost, "f")} if one.cost is not None else {})
                for one in self.rows
            ],
            "totals": [{"name": one.name, "place": str(one.where), "said": one.said, "sum": one.sum, "agrees": one.agrees} for one in self.totals],
            "problems": [
                {"severity": one.severity, "place": str(one.where), "message": one.message, "remedy": one.remedy} for one in self.problems
            ],
        }  # fmt: skip
