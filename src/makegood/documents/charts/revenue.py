"""Revenue against goal: one stacked bar by state, the gap an empty red box, properties on the same scale."""

from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from makegood.documents.charts import canvas, figures
from makegood.documents.charts.palette import Palette

STATES = ("recognised", "pacing", "committed", "pipeline")
MILLION = Decimal(1_000_000)


@dataclass(frozen=True, kw_only=True)
class RevenueRow:
    """One property: its goal and its revenue in the order of STATES, in whole currency."""

    name: str
    goal: Decimal
    amounts: tuple[Decimal, Decimal, Decimal, Decimal]

    @property
    def seen(self) -> Decimal:
        """All revenue in sight, pipeline included as weighted by the caller."""
        return sum(self.amounts, Decimal(0))

    @property
    def gap(self) -> Decimal:
        """What is missing to the goal; zero when it is reached."""
        return max(Decimal(0), self.goal - self.seen)


@dataclass(frozen=True, kw_only=True)
class RevenueBars:
    """The whole first, then its properties."""

    title: str
    currency: str
    rows: tuple[RevenueRow, ...]
    subtitle: str = ""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """The first row is twice as high and names the states."""
        slot = height / (len(self.rows) + 1.2)
        left, right = 92.0, width - 170.0
        scale = (right - left) / float(max(max(row.goal, row.seen) for row in self.rows) or 1)
        drawn, boxes, words, sums = [], [], [], []
        for at, row in enumerate(self.rows):
            y, deep = (0.0, slot * 2.0) if at == 0 else (slot * (1.2 + at), slot * 0.8)
            x = left
            shades = colours.sequence()
            for amount, state, (fill, ink) in zip(row.amounts, STATES, shades, strict=True):
                x2 = x + float(amount) * scale
                if amount > 0:
                    drawn.append({"x": x, "x2": max(x + 1, x2 - 2), "y": y, "y2": y + deep, "colour": fill})
                    words += self._inside(amount, state, at == 0, (x, x2, y, deep), ink)
                x = x2
            if row.gap > 0:
                end = x + float(row.gap) * scale
                boxes.append({"x": x + 1, "x2": max(end, x + 3), "y": y + 1, "y2": y + deep - 1})
                words += self._inside(row.gap, "gap", at == 0, (x, end, y, deep), colours.risk)
            sums += self._sums(row, at, width, y + deep / 2, colours)
        empty = alt.Chart(canvas.rows(boxes)).mark_rect(fill=None, stroke=colours.risk_fill, strokeWidth=1.5)
        gaps = empty.encode(canvas.pixel(alt.X, "x"), alt.X2("x2"), canvas.pixel(alt.Y, "y"), alt.Y2("y2"))
        names = [text for text in sums if text["x"] == 0]
        values = [text for text in sums if text["x"] != 0]
        layers = [canvas.bars(drawn), *([gaps] if boxes else []), canvas.texts(words), canvas.texts(names, limit=84)]
        return alt.layer(*layers, canvas.texts(values, "right"))

    def _inside(
        self, amount: Decimal, state: str, first: bool, box: tuple[float, float, float, float], ink: str
    ) -> list[canvas.Row]:
        x, x2, y, deep = box
        millions = f"{amount / MILLION:.2f}"
        big = f"{figures.SYMBOLS.get(self.currency, '')}{millions}M"
        if first and x2 - x >= max(len(big) * 7.2, len(state) * 6.2) + 12:
            inked = canvas.text(state, x + 7, y + deep * 0.68, ink)
            return [canvas.text(big, x + 7, y + deep * 0.33, ink, 600), inked]
        if x2 - x < 36:
            return []
        return [canvas.text(millions, x + 7, y + deep / 2, ink, 600 if first or state == "gap" else 400)]

    def _sums(self, row: RevenueRow, at: int, width: int, middle: float, colours: Palette) -> list[canvas.Row]:
        weight = 400 if at else 600
        seen = f"{figures.SYMBOLS.get(self.currency, '')}{row.seen / MILLION:.2f}M"
        share = f"{figures.share(row.seen, row.goal)} of {row.goal / MILLION:.2f}"
        return [
            canvas.text(row.name, 0, middle, colours.ink, weight),
            canvas.text(seen, width - 100, middle, colours.ink, weight),
            canvas.text(share, width, middle, colours.muted),
        ]
