"""Any chart to a Vega-Lite specification, to SVG and to PNG. The only caller of the renderers.

SVG comes from vl-convert; PNG is set from that SVG by typst, which knows the weights of a variable font.
"""

import json
from functools import cache
from typing import Any, Protocol

import altair as alt
import typst
import vl_convert

from makegood.documents.charts import canvas, fonts
from makegood.documents.charts.palette import THEMES, Palette, Theme

POINTS_PER_PIXEL = 0.75


class Drawable(Protocol):
    """A chart: frozen data that can draw itself into a width and a height in pixels."""

    @property
    def title(self) -> str:
        """The finding."""

    @property
    def subtitle(self) -> str:
        """Unit, scope, and where bars start when that is not zero."""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """The marks, without title and size."""


def to_spec(
    chart: Drawable, *, theme: Theme = "light", width: int = 640, height: int = 300, titled: bool = True
) -> dict[str, Any]:
    """`chart` as a Vega-Lite specification whose plot is `width` by `height` pixels; the title stands above it."""
    colours = THEMES[theme]
    drawn = chart.draw(colours, width, height).properties(width=width, height=height)
    if titled:
        drawn = drawn.properties(title=alt.TitleParams(chart.title, subtitle=chart.subtitle))
    spec: dict[str, Any] = drawn.to_dict(validate=False)
    spec["config"] = canvas.config(colours)
    spec["padding"] = 0
    return spec


@cache
def _prepare() -> None:
    vl_convert.register_font_directory(str(fonts.folder()))


def svg(chart: Drawable, *, theme: Theme = "light", width: int = 640, height: int = 300, titled: bool = True) -> str:
    """`chart` as SVG. With theme "page" its colours are the page's CSS variables: place it inline."""
    _prepare()
    made: str = vl_convert.vegalite_to_svg(
        json.dumps(to_spec(chart, theme=theme, width=width, height=height, titled=titled)), allowed_base_urls=[]
    )
    return made


def png(
    chart: Drawable,
    *,
    theme: Theme = "light",
    width: int = 640,
    height: int = 300,
    titled: bool = True,
    scale: float = 2.0,
) -> bytes:
    """`chart` as PNG on the surface of `theme`, `scale` pixels for one of the drawing's."""
    source = (
        f'#set page(width: auto, height: auto, margin: 6pt, fill: rgb("{THEMES[theme].surface}"))\n'
        '#image(bytes(sys.inputs.svg), format: "svg")'
    )
    drawing = svg(chart, theme=theme, width=width, height=height, titled=titled)
    return typst.compile(
        source.encode(), font_paths=fonts.book(), ignore_system_fonts=True, sys_inputs={"svg": drawing},
        format="png", ppi=72 / POINTS_PER_PIXEL * scale,
    )  # fmt: skip
