"""What goes into a comparison and what comes out. Frozen data only."""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Clause:
    """One clause of our paper. `figures` are its figures by code ({"payment_days": 30}); read from its own text when None."""

    code: str
    title: str
    text: str
    figures: Mapping[str, Decimal] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A piece of their text: its number and heading as printed, the words, and the line it begins on (from 1)."""

    number: str
    heading: str
    text: str
    line: int

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        return f"{self.number} {self.heading}".strip() or f"line {self.line}"


@dataclasses.dataclass(frozen=True, slots=True)
class FigureDifference:
    """One figure in both texts; None where a text has none. `worse`: theirs is worse for us, or cannot be judged."""

    code: str
    label: str
    unit: str
    ours: Decimal | None
    theirs: Decimal | None
    worse: bool

    def __str__(self) -> str:
        return f"{self.label} {_figure(self.theirs, self.unit)}, ours {_figure(self.ours, self.unit)}"


@dataclasses.dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the alignment: in both (`same`), only ours (`ours`), only theirs (`theirs`)."""

    kind: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """One clause compared. `status`: same, reworded, figure, missing (of ours), added (by them).

    `likeness` is the share of words in common order, 0 to 1; `points` its severity, 0 when nothing needs a look; `says` why.
    """

    code: str
    title: str
    status: str
    ours: str
    theirs: str
    where: tuple[str, ...]
    likeness: float
    points: int
    says: str
    figures: tuple[FigureDifference, ...] = ()
    stretches: tuple[Stretch, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """All of our clauses in our order, then theirs that we have not. `version` names the paper and policy it was held against."""

    version: str
    clauses: tuple[Compared, ...]

    @property
    def points(self) -> int:
        """Severity of all differences together."""
        return sum(one.points for one in self.clauses)

    @property
    def figures(self) -> tuple[FigureDifference, ...]:
        """Every figure that differs."""
        return tuple(figure for one in self.clauses for figure in one.figures)

    def to_json(self) -> dict[str, Any]:
        """As stored: plain lists, tables and text."""
        return {"version": self.version, "points": self.points, "clauses": [_plain(dataclasses.asdict(one)) for one in self.clauses]}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


def _figure(value: Decimal | None, unit: str) -> str:
    return "none" if value is None else f"{value.normalize():f}{' ' + unit if unit else ''}"
