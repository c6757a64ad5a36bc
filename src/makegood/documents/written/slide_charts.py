"""Native charts for slides: the reader can open and edit their numbers. Columns, bars, hanging bars."""

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from makegood.documents.charts.counting import CountStep
from makegood.documents.charts.palette import LIGHT
from makegood.documents.written.slides import FACE, Box, colour

WHOLE = "#,##0"


def columns(slide: Any, box: Box, names: Sequence[str], values: Sequence[int], series: str) -> Any:
    """Upright columns from zero."""
    chart = _chart(slide, box, XL_CHART_TYPE.COLUMN_CLUSTERED, names, [(series, values)])
    chart.plots[0].gap_width = 35
    _fill(chart.plots[0].series[0], LIGHT.bar)
    axis = chart.value_axis
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = colour(LIGHT.line)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = WHOLE, False
    axis.minimum_scale = 0
    _label_every(chart, max(1, len(names) // 9))
    return chart


def bars(slide: Any, box: Box, parts: Sequence[tuple[str, int]], series: str) -> Any:
    """Lying bars, largest on top, each with its figure."""
    ranked = sorted(parts, key=lambda part: part[1])
    chart = _chart(
        slide, box, XL_CHART_TYPE.BAR_CLUSTERED, [part[0] for part in ranked],
        [(series, [part[1] for part in ranked])],
    )  # fmt: skip
    chart.plots[0].gap_width = 60
    _fill(chart.plots[0].series[0], LIGHT.bar)
    _figures(chart.plots[0].series[0], XL_LABEL_POSITION.OUTSIDE_END)
    _without_scale(chart)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.maximum_scale = max([1, *(units for _, units in parts)]) * 1.25  # room for the figures
    return chart


def hanging(slide: Any, box: Box, steps: Sequence[CountStep], start: float, *, neutral: bool = False) -> Any:
    """Changes hanging between totals: an invisible series carries the visible one. `start` is where bars begin."""
    base, shown, running = [], [], 0.0
    for step in steps:
        before, running = (start, float(step.units)) if step.total else (running, running + step.units)
        base.append(start if step.total else min(before, running))
        shown.append(running - start if step.total else abs(step.units))
    names = [step.label for step in steps][::-1]
    chart = _chart(slide, box, XL_CHART_TYPE.BAR_STACKED, names, [("Below", base[::-1]), ("Units", shown[::-1])])
    chart.plots[0].gap_width, chart.plots[0].overlap = 45, 100
    hidden, visible = chart.plots[0].series
    hidden.format.fill.background()
    for at, step in enumerate(reversed(steps)):
        point = visible.points[at]
        point.format.fill.solid()
        lost = LIGHT.bar_2 if neutral else LIGHT.risk_fill
        change = LIGHT.ok_fill if step.units > 0 else lost
        point.format.fill.fore_color.rgb = colour(LIGHT.bar if step.total else change)
    _without_scale(chart)
    chart.value_axis.minimum_scale = start
    return chart


def _chart(
    slide: Any, box: Box, kind: XL_CHART_TYPE, names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]
) -> Any:
    data: Any = CategoryChartData(number_format=WHOLE)  # type: ignore[no-untyped-call]
    data.categories = names
    for name, values in series:
        data.add_series(name, values)
    chart = slide.shapes.add_chart(kind, *(Inches(edge) for edge in box), data).chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.name = Pt(12), FACE
    chart.font.color.rgb = colour(LIGHT.ink_2)
    for axis in (chart.category_axis, chart.value_axis):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.format.line.color.rgb = colour(LIGHT.line_2)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    return chart


def _fill(series: Any, token: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(token)
    series.invert_if_negative = False


def _figures(series: Any, position: XL_LABEL_POSITION) -> None:
    labels = series.data_labels
    labels.show_value, labels.position = True, position
    labels.number_format, labels.number_format_is_linked = WHOLE, False
    labels.font.size, labels.font.name = Pt(12), FACE
    labels.font.color.rgb = colour(LIGHT.ink)
    labels._element.find(f".//{qn('a:bodyPr')}").set("wrap", "none")


def _without_scale(chart: Any) -> None:
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False


def _label_every(chart: Any, names: int) -> None:
    axis = chart.category_axis._element
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = etree.Element(qn(tag), val=str(names))
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def stacked(
    slide: Any, box: Box, names: Sequence[str], series: Sequence[tuple[str, Sequence[float], str | None]]
) -> Any:
    """Lying stacked bars; a series without a fill is an empty red box (a gap). Names of series stand below."""
    chart = _chart(slide, box, XL_CHART_TYPE.BAR_STACKED, names, [(name, values) for name, values, _ in series])
    chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
    for drawn, (_, _, fill) in zip(chart.plots[0].series, series, strict=True):
        if fill is None:
            drawn.format.fill.background()
            drawn.format.line.color.rgb, drawn.format.line.width = colour(LIGHT.risk_fill), Pt(1.25)
        else:
            _fill(drawn, fill)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size, chart.legend.font.name = Pt(10), FACE
    _without_scale(chart)
    chart.value_axis.minimum_scale = 0
    return chart
