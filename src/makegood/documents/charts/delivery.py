"""Delivery by day, and by creative or placement: plain slate bars, largest first, figures at their end."""

from dataclasses import dataclass
from datetime import date

import altair as alt

from makegood.documents.charts import canvas, figures
from makegood.documents.charts.palette import Palette

LABELS_PX = 62


@dataclass(frozen=True, kw_only=True)
class DeliveryByDay:
    """Net units of each day, and what the traffic curve expected of it (dashed, same days, may be empty)."""

    title: str
    days: tuple[tuple[date, int], ...]
    expected: tuple[tuple[date, float], ...] = ()
    subtitle: str = ""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """Bars from zero; the expected line is labelled at its end."""
        wide = (width - LABELS_PX) / max(1, len(self.days))
        base = alt.Chart(canvas.rows([{"at": f"{at}T12:00:00", "units": units} for at, units in self.days]))
        drawn = [base.mark_bar(color=colours.bar, width=max(1.0, min(26.0, wide * 0.72))).encode(*self._axes(width))]
        if self.expected:
            values = [{"at": f"{at}T12:00:00", "units": units} for at, units in self.expected]
            line = alt.Chart(canvas.rows(values)).mark_line(color=colours.ink_2, strokeDash=[5, 4], strokeWidth=1.5)
            end = alt.Chart(canvas.rows([{**values[-1], "words": "expected"}])).mark_text(
                align="left", dx=wide / 2 + 4, color=colours.muted, fontSize=canvas.SMALL, baseline="middle"
            )
            drawn += [line.encode(*self._axes(width)), end.encode(*self._axes(width), alt.Text("words:N"))]
        return alt.layer(*drawn)

    def _axes(self, width: int) -> tuple[alt.X, alt.Y]:
        first, last = self.days[0][0], self.days[-1][0]
        scale = alt.Scale(domain=[f"{first}T00:00:00", f"{last}T23:59:59"], range=[0, width - LABELS_PX], nice=False)
        axis = alt.Axis(format="%-d %b", grid=False, tickCount=max(2, width // 130))
        top = max([1.0, *(units for _, units in self.days), *(units for _, units in self.expected)])
        return (
            alt.X("at:T", scale=scale, axis=axis),
            alt.Y("units:Q", scale=alt.Scale(domain=[0, top * 1.05]),
                  axis=alt.Axis(format=".2~s", tickCount=4, domain=False)),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DeliveryByPart:
    """Units by creative or by placement: (name, units)."""

    title: str
    parts: tuple[tuple[str, int], ...]
    subtitle: str = ""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """One row each, largest first, with its share of the whole."""
        ranked = sorted(self.parts, key=lambda part: -part[1])
        whole, top = sum(units for _, units in ranked), max([1, *(units for _, units in ranked)])
        row, left, right = height / max(1, len(ranked)), min(230.0, width * 0.38), width - 136
        names, values, shares, drawn = [], [], [], []
        for at, (name, units) in enumerate(ranked):
            middle = row * (at + 0.5)
            names.append(canvas.text(name, 0, middle, colours.ink))
            values.append(canvas.text(figures.count(units), width - 56, middle, colours.ink, 500))
            shares.append(canvas.text(figures.share(units, whole), width, middle, colours.muted))
            drawn.append({"x": left, "x2": left + (right - left) * units / top, "y": middle - 6, "y2": middle + 6,
                          "colour": colours.bar})  # fmt: skip
        return alt.layer(
            canvas.bars(drawn), canvas.texts(names, limit=int(left) - 12), canvas.texts([*values, *shares], "right")
        )
