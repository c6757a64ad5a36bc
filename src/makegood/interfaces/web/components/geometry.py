"""Positions as SVG attributes take them: percentages and coordinates as text that no locale can change."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle along one axis: `x` and `width` as percentages of its lane, `fill` one of the f-* classes."""

    x: str
    width: str
    fill: str


def percent(value: float) -> str:
    """A share of the lane (0 to 1, clipped) as "12.34%"."""
    return f"{min(1.0, max(0.0, float(value))) * 100:.2f}%"


def bar(start: float, end: float, fill: str) -> Bar:
    """A bar between two shares of the lane, in either order; never thinner than 0.4 %."""
    low, high = sorted((min(1.0, max(0.0, float(start))), min(1.0, max(0.0, float(end)))))
    return Bar(percent(low), percent(max(high - low, 0.004)), fill)
