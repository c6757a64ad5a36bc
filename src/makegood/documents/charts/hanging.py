"""Hanging bars: the causes waterfall and the gross-to-net bridge. Steps must sum, to the unit.

First and last are bold; where bars do not start at zero the subtitle says so.
"""

from dataclasses import dataclass

import altair as alt

from makegood.documents.charts import canvas, counting, figures
from makegood.documents.charts.palette import Palette

FIGURES_PX = 92


@dataclass(frozen=True, kw_only=True)
class HangingBars:
    """Changes hanging between totals. `neutral` draws losses in grey (a cap is not a fault)."""

    title: str
    steps: tuple[counting.CountStep, ...]
    note: str = ""
    neutral: bool = False

    def __post_init__(self) -> None:
        counting.check(self.steps, self.title)

    @property
    def subtitle(self) -> str:
        """The note, and where the bars start."""
        start = self.start()
        said = f"Bars start at {canvas.compact(start)}" if start else ""
        return ". ".join(words for words in (self.note, said) if words)

    def start(self) -> float:
        """Zero, or a round figure below every bar where the changes would be too small to see."""
        spans = self._spans()
        low = min(span[1] for span in spans)
        top = max(max(span) for span in spans)
        if low <= 0.6 * top:
            return 0
        grain: int = 10 ** (len(str(int(top - low))) - 1) * 5
        return float(max(0.0, (low - 0.5 * (top - low)) // grain * grain))

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """Labels left, bars, signed figures right, one row per step."""
        row = height / len(self.steps)
        left = min(230.0, width * 0.42)
        start, spans = self.start(), self._spans()
        scale = (width - left - FIGURES_PX) / max(1.0, max(max(span) for span in spans) - start)
        names, values, drawn, links = [], [], [], []
        for at, (step, span) in enumerate(zip(self.steps, spans, strict=True)):
            middle, weight = row * (at + 0.5), 600 if step.total else 400
            low, high = (left + max(0.0, edge - start) * scale for edge in (min(span), max(span)))
            names.append(canvas.text(step.label, 0, middle, colours.ink, weight))
            written = figures.count(step.units) if step.total else figures.signed(step.units)
            values.append(canvas.text(written, width, middle, self._ink(step, colours), weight))
            drawn.append({"x": low, "x2": max(high, low + 1), "y": middle - 6, "y2": middle + 6,
                          "colour": self._fill(step, colours)})  # fmt: skip
            if at + 1 < len(self.steps):
                edge = left + max(0.0, span[1] - start) * scale
                links.append({"x": edge, "x2": edge, "y": middle, "y2": middle + row, "colour": colours.line_2})
        return alt.layer(
            canvas.lines(links), canvas.bars(drawn), canvas.texts(names, limit=int(left) - 12),
            canvas.texts(values, "right"),
        )  # fmt: skip

    def _spans(self) -> list[tuple[float, float]]:
        """From and to of each bar, in units."""
        spans: list[tuple[float, float]] = []
        running = 0.0
        for step in self.steps:
            before, running = (0.0, float(step.units)) if step.total else (running, running + step.units)
            spans.append((before, running))
        return spans

    def _fill(self, step: counting.CountStep, colours: Palette) -> str:
        if step.total:
            return colours.bar
        lost = colours.bar_2 if self.neutral else colours.risk_fill
        return colours.ok_fill if step.units > 0 else lost

    def _ink(self, step: counting.CountStep, colours: Palette) -> str:
        return colours.ok if step.units > 0 and not step.total else colours.ink
