"""Receivables by age: what is not yet due in slate, overdue in amber, long overdue in red."""

from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from makegood.documents.charts import canvas, figures
from makegood.documents.charts.palette import Palette


@dataclass(frozen=True, kw_only=True)
class AgingBucket:
    """An age ("31 to 60 days"), what is owed in it, and its state: empty, watch or risk."""

    label: str
    amount: Decimal
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class AgingBars:
    """Receivables in one currency, youngest first."""

    title: str
    currency: str
    buckets: tuple[AgingBucket, ...]
    subtitle: str = ""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """One row per age, the amount and its share at the right."""
        whole = sum((bucket.amount for bucket in self.buckets), Decimal(0))
        top = max([Decimal(1), *(bucket.amount for bucket in self.buckets)])
        row, left, right = height / len(self.buckets), 110.0, width - 160.0
        names, values, drawn = [], [], []
        for at, bucket in enumerate(self.buckets):
            middle = row * (at + 0.5)
            names.append(canvas.text(bucket.label, 0, middle, colours.ink))
            ink = colours.text(bucket.state)
            values.append(canvas.text(figures.money(bucket.amount, self.currency), width - 56, middle, ink, 500))
            values.append(canvas.text(figures.share(bucket.amount, whole), width, middle, colours.muted))
            end = left + (right - left) * float(bucket.amount / top)
            drawn.append({"x": left, "x2": end, "y": middle - 7, "y2": middle + 7,
                          "colour": colours.fill(bucket.state)})  # fmt: skip
        return alt.layer(canvas.bars(drawn), canvas.texts(names), canvas.texts(values, "right"))
