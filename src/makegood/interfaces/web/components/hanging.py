"""Bars that hang from a running total: the waterfall of causes and the printed sum. Both must add up, to the unit."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry

Number = int | Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One line as drawn."""

    label: str
    figure: str
    bar: geometry.Bar
    kind: str
    tone: str
    joint: str = ""
    op: str = ""


@dataclasses.dataclass(frozen=True)
class Waterfall:
    """From `start` over signed `steps` (label, change) to an end that is their sum. `origin` is where the scale begins.

    Raises ValueError when `end` is given and the steps do not make it.
    """

    start: tuple[str, Number]
    steps: Sequence[tuple[str, Number]]
    end_label: str
    end: Number | None = None
    origin: Number = 0
    unit: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.finish != self.end:
            raise ValueError(f"the steps lead to {self.finish}, not to {self.end}: a waterfall must add up")

    @property
    def finish(self) -> Number:
        """Where the steps lead."""
        return self.start[1] + sum(value for _, value in self.steps)

    @property
    def rows(self) -> list[Row]:
        """Every line with its bar; `joint` is where the connector to the next line stands."""
        levels = [self.start[1]]
        for _, value in self.steps:
            levels.append(levels[-1] + value)
        origin = float(min(self.origin, *levels))
        span = (float(max(levels)) - origin) * 1.02 or 1.0

        def at(value: Number) -> float:
            return (float(value) - origin) / span

        rows = [_total(self.start[0], levels[0], at(levels[0]))]
        for (label, value), before, after in zip(self.steps, levels, levels[1:], strict=False):
            tone = "risk" if value < 0 else "ok"
            joint = geometry.percent(at(after))
            rows.append(
                Row(label, formats.signed(value), geometry.bar(at(before), at(after), f"f-{tone}"), "step", tone, joint)
            )
        return [*rows, _total(self.end_label, levels[-1], at(levels[-1]))]


@dataclasses.dataclass(frozen=True)
class HangingSum:
    """`first` − each of `less` = what is left, printed with bars that hang: matched − reserved − held − caps = available.

    Each of `less` is (label, amount, fill), fill one of bar, bar-2, hatch-watch, risk, watch.
    """

    first: tuple[str, Number]
    less: Sequence[tuple[str, Number, str]]
    result_label: str

    @property
    def result(self) -> Number:
        """What is left; negative when more is taken than there is."""
        return self.first[1] - sum(amount for _, amount, _ in self.less)

    @property
    def rows(self) -> list[Row]:
        """Every line with its operator and bar."""
        span = float(self.first[1] or 1) * 1.02
        level = float(self.first[1])
        rows = [
            Row(self.first[0], formats.integer(self.first[1]), geometry.bar(0, level / span, "f-bar-2"), "", "", op="")
        ]
        for label, amount, fill in self.less:
            shape = geometry.bar((level - float(amount)) / span, level / span, f"f-{fill}")
            rows.append(Row(label, formats.integer(amount), shape, "", "", op=formats.MINUS))
            level -= float(amount)
        tone = "ok" if self.result >= 0 else "risk"
        shape = geometry.bar(0, abs(level) / span, f"f-{tone}")
        return [*rows, Row(self.result_label, formats.integer(self.result), shape, "eq", tone, op="=")]


def _total(label: str, value: Number, at: float) -> Row:
    return Row(label, formats.integer(value), geometry.bar(0, at, "f-bar"), "tot", "", geometry.percent(at))
