"""What every chart stands on: type, axes without noise, and text set from data. No chart of its own.

Charts that are rows of label, bar and figure place them by pixel, so that the whole picture keeps its width.
"""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from makegood.documents.charts import fonts
from makegood.documents.charts.palette import Palette

FONT = f"{fonts.FAMILY}, Inter Variable, sans-serif"
SMALL, MEDIUM = 12, 14
Row = dict[str, Any]
Drawing = alt.LayerChart | alt.FacetChart
Align = Literal["left", "right", "center"]
Weight = Literal[400, 500, 600]


def config(colours: Palette) -> dict[str, Any]:
    """The Vega-Lite configuration shared by all charts."""
    axis = {
        "labelColor": colours.muted, "labelFontSize": SMALL, "domainColor": colours.line_2, "gridColor": colours.line,
        "tickColor": colours.line_2, "ticks": False, "labelPadding": 6, "title": None,
    }  # fmt: skip
    title = {
        "anchor": "start", "frame": "bounds", "color": colours.ink, "fontSize": MEDIUM, "fontWeight": 600,
        "subtitleColor": colours.muted, "subtitleFontSize": SMALL, "subtitlePadding": 5, "offset": 12,
    }  # fmt: skip
    return {"font": FONT, "background": "transparent", "axis": axis, "title": title, "view": {"stroke": None}}


def rows(values: Sequence[Row]) -> alt.InlineData:
    """Inline data."""
    return alt.InlineData(list(values))


def compact(value: float) -> str:
    """4,800,000 becomes 4.80M, 112,300 becomes 112.3K, 940 stays."""
    size = abs(value)
    text = f"{size / 1e6:.2f}M" if size >= 1e6 else f"{size / 1e3:.1f}K" if size >= 1e4 else f"{size:,.0f}"
    return f"−{text}" if value < 0 else text


def pixel(axis: type[alt.X] | type[alt.Y], field: str) -> Any:
    """A position given in pixels by the data."""
    return axis(f"{field}:Q", scale=None, axis=None)


def texts(values: Sequence[Row], align: Align = "left", limit: int = 0, size: int = SMALL) -> alt.Chart:
    """Text at pixel x, y from rows with text, colour and weight; longer than `limit` pixels ends in an ellipsis."""
    mark = alt.Chart(rows(values)).mark_text(
        align=align, baseline="middle", fontSize=size, limit=limit, fontWeight=alt.expr("datum.weight")
    )
    encoded: alt.Chart = mark.encode(
        pixel(alt.X, "x"), pixel(alt.Y, "y"), alt.Color("colour:N", scale=None), alt.Text("text:N")
    )
    return encoded


def text(words: str, x: float, y: float, colour: str, weight: int = 400) -> Row:
    """One row for `texts`."""
    return {"text": words, "x": x, "y": y, "colour": colour, "weight": weight}


def bars(values: Sequence[Row]) -> alt.Chart:
    """Bars between pixels x..x2 and y..y2 in the colour of their row."""
    mark = alt.Chart(rows(values)).mark_rect(cornerRadius=1)
    encoded: alt.Chart = mark.encode(
        pixel(alt.X, "x"), alt.X2("x2"), pixel(alt.Y, "y"), alt.Y2("y2"), alt.Color("colour:N", scale=None)
    )
    return encoded


def lines(values: Sequence[Row], width: float = 1) -> alt.Chart:
    """Straight lines between pixels in the colour of their row."""
    mark = alt.Chart(rows(values)).mark_rule(strokeWidth=width)
    encoded: alt.Chart = mark.encode(
        pixel(alt.X, "x"), alt.X2("x2"), pixel(alt.Y, "y"), alt.Y2("y2"), alt.Color("colour:N", scale=None)
    )
    return encoded
