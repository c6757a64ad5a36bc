"""Revenue by month of delivery against goal: stacked columns by state, the goal a line over each."""

from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from makegood.documents.charts import canvas
from makegood.documents.charts.palette import Palette
from makegood.documents.charts.revenue import MILLION

FOOT_PX, HEAD_PX = 20, 8


@dataclass(frozen=True, kw_only=True)
class MonthColumn:
    """A month: its goal and its revenue in the order of revenue.STATES."""

    name: str
    goal: Decimal
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, kw_only=True)
class RevenueMonths:
    """Months in order, in millions of one currency."""

    title: str
    months: tuple[MonthColumn, ...]
    subtitle: str = ""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """Columns from zero; sum and difference to goal stand beside each."""
        slot, floor = width / len(self.months), float(height - FOOT_PX)
        top = max([Decimal(1), *(max(month.goal, sum(month.amounts, Decimal(0))) for month in self.months)])
        scale, wide = (floor - HEAD_PX) / float(top), min(64.0, slot * 0.46)
        drawn, rules, words, names = [], [], [], []
        for at, month in enumerate(self.months):
            x, y = at * slot + 6, floor
            for amount, (fill, _) in zip(month.amounts, colours.sequence(), strict=True):
                if amount > 0:
                    high = y - float(amount) * scale
                    drawn.append({"x": x, "x2": x + wide, "y": high, "y2": max(high + 0.5, y - 1), "colour": fill})
                    y = high
            goal = floor - float(month.goal) * scale
            rules.append({"x": x - 6, "x2": x + wide + 6, "y": goal, "y2": goal, "colour": colours.ink})
            words += self._beside(month, x + wide + 10, min(y + 8, floor - 25), colours)
            names.append(canvas.text(month.name, x + wide / 2, height - 7, colours.muted))
        base = {"x": 0, "x2": width, "y": floor, "y2": floor, "colour": colours.line_2}
        return alt.layer(
            canvas.bars(drawn), canvas.lines([base]), canvas.lines(rules, 2), canvas.texts(words),
            canvas.texts(names, "center"),
        )  # fmt: skip

    def _beside(self, month: MonthColumn, x: float, y: float, colours: Palette) -> list[canvas.Row]:
        seen = sum(month.amounts, Decimal(0))
        short = seen - month.goal
        sign, ink = ("−", colours.risk) if short < 0 else ("+", colours.muted)
        return [
            canvas.text(f"{seen / MILLION:.2f}", x, y, colours.ink, 600),
            canvas.text(f"{sign}{abs(short) / MILLION:.2f}", x, y + 15, ink),
        ]
