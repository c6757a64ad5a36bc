"""The pacing curve: what was expected by now, what was delivered, where it ends. Directly labelled, no legend.

Expected is dashed and follows the traffic curve; the projection carries its interval.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import altair as alt

from makegood.documents.charts import canvas
from makegood.documents.charts.palette import Palette

LABELS_PX = 62


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Cumulative units at `at`: the likely value and its interval."""

    at: datetime
    low: float
    likely: float
    high: float


@dataclass(frozen=True, kw_only=True)
class PacingCurve:
    """Cumulative units over time. `expected`, `delivered`: (when, units) in order. `state` colours the projection."""

    title: str
    promised: int
    today: datetime
    expected: tuple[tuple[datetime, float], ...]
    delivered: tuple[tuple[datetime, float], ...]
    projected: tuple[Projection, ...] = ()
    subtitle: str = ""
    state: str = ""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """Band, curves, promise, today, labels."""
        return alt.layer(
            *self._projection(colours, width),
            self._curve(self.expected, width).mark_line(strokeDash=[5, 4], strokeWidth=1.5, color=colours.bar_2),
            *self._rule(colours, width),
            self._curve(self.delivered, width).mark_line(strokeWidth=2.5, color=colours.ink),
            *self._promise(colours, width),
            *self._labels(colours, width),
        )

    def _x(self, width: int) -> alt.X:
        ends = [one[0] for one in (*self.expected, *self.delivered)]
        first, last = min(ends), max([*ends, *(one.at for one in self.projected)])
        domain = [_local(first), _local(max(last, first + timedelta(hours=1)))]
        axis = alt.Axis(format="%-d %b", grid=False, tickCount=max(2, width // 130), labelFlush=True)
        return alt.X("at:T", scale=alt.Scale(domain=domain, range=[0, width - LABELS_PX], nice=False), axis=axis)

    def _y(self, field: str = "units") -> alt.Y:
        units = (one[1] for one in (*self.expected, *self.delivered))
        top = max([1.0, self.promised, *units, *(one.high for one in self.projected)]) * 1.03
        axis = alt.Axis(format=".2~s", tickCount=4, domain=False)
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis)

    def _curve(self, points: tuple[tuple[datetime, float], ...], width: int) -> alt.Chart:
        values = [{"at": _local(at), "units": units} for at, units in points]
        curve: alt.Chart = alt.Chart(canvas.rows(values)).mark_line().encode(self._x(width), self._y())
        return curve

    def _projection(self, colours: Palette, width: int) -> list[alt.Chart]:
        if not self.projected:
            return []
        values = [
            {"at": _local(one.at), "units": one.likely, "low": one.low, "high": one.high} for one in self.projected
        ]
        base = alt.Chart(canvas.rows(values)).encode(self._x(width))
        band = base.mark_area(opacity=0.25, color=colours.fill(self.state), line=False)
        line = base.mark_line(strokeWidth=2, color=colours.text(self.state))
        return [band.encode(self._y("low"), alt.Y2("high")), line.encode(self._y())]

    def _running(self) -> bool:
        """Whether today lies inside the picture."""
        return self.expected[0][0] <= self.today <= self.expected[-1][0]

    def _rule(self, colours: Palette, width: int) -> list[alt.Chart]:
        if not self._running():
            return []
        points = [{"at": _local(self.today)}]
        rule = alt.Chart(canvas.rows(points)).mark_rule(color=colours.brand, strokeWidth=1.5)
        return [rule.encode(self._x(width))]

    def _promise(self, colours: Palette, width: int) -> list[alt.Chart]:
        last = max([self.expected[-1][0], *(one.at for one in self.projected)])
        ends = [{"at": _local(at), "units": self.promised} for at in (self.expected[0][0], last)]
        line = alt.Chart(canvas.rows(ends)).mark_line(color=colours.ink, strokeWidth=1.5)
        words = f"{self.promised:,} promised"
        return [
            line.encode(self._x(width), self._y()),
            self._label(ends[0], words, colours.ink, width, weight=500, align="left", dx=4, dy=11),
        ]

    def _labels(self, colours: Palette, width: int) -> list[alt.Chart]:
        behind = not self.delivered or _at(self.expected, 0.45)["units"] >= _near(self.delivered, self.expected, 0.45)
        over: dict[str, Any] = {"align": "right", "dx": -9, "dy": -7}
        under: dict[str, Any] = {"align": "left", "dx": 9, "dy": 11}
        late = self.today > self._midpoint(0.82)
        today: dict[str, Any] = {"align": "right", "dx": -6} if late else {"align": "left", "dx": 6}
        words = "expected on the curve"
        spot, place = (_at(self.expected, 0.45), over) if behind else (_at(self.expected, 0.7), under)
        drawn = [self._label(spot, words, colours.muted, width, **place)]
        if self._running():
            foot = {"at": _local(self.today), "units": 0}
            drawn.append(self._label(foot, "today", colours.brand, width, weight=500, dy=-9, **today))
        if self.delivered:
            end = {"at": _local(self.delivered[-1][0]), "units": self.delivered[-1][1]}
            dot = alt.Chart(canvas.rows([end])).mark_circle(size=46, color=colours.ink, opacity=1)
            words = f"delivered {canvas.compact(self.delivered[-1][1])}"
            drawn += [
                dot.encode(self._x(width), self._y()),
                self._label(_at(self.delivered, 0.72), words, colours.ink, width, weight=600,
                            **(under if behind else over)),
            ]  # fmt: skip
        if self.projected:
            final = {"at": _local(self.projected[-1].at), "units": self.projected[-1].likely}
            words = canvas.compact(self.projected[-1].likely)
            drawn.append(self._label(final, words, colours.text(self.state), width, weight=600, align="left", dx=7))
        return drawn

    def _midpoint(self, share: float) -> datetime:
        first, last = self.expected[0][0], self.expected[-1][0]
        return first + (last - first) * share

    def _label(self, point: dict[str, Any], words: str, colour: str, width: int, weight: canvas.Weight = 400,
               **place: Any) -> alt.Chart:  # fmt: skip
        chart = alt.Chart(canvas.rows([{**point, "words": words}]))
        marked = chart.mark_text(fontSize=canvas.SMALL, color=colour, fontWeight=weight, baseline="middle", **place)
        placed: alt.Chart = marked.encode(self._x(width), self._y(), alt.Text("words:N"))
        return placed


def _local(at: datetime) -> str:
    """Wall time without a zone: it is read and drawn in the same one, so a day never slips."""
    return at.replace(tzinfo=None).isoformat(timespec="seconds")


def _at(points: tuple[tuple[datetime, float], ...], share: float) -> dict[str, Any]:
    at, units = points[int((len(points) - 1) * share)]
    return {"at": _local(at), "units": units}


def _near(points: tuple[tuple[datetime, float], ...], curve: tuple[tuple[datetime, float], ...], share: float) -> float:
    at = curve[int((len(curve) - 1) * share)][0]
    return min(points, key=lambda one: abs(one[0] - at))[1]
