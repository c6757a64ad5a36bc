"""A chart: one Vega-Lite definition drawn in the browser, with the same picture drawn on the server until then."""

import dataclasses
import functools
import json
import re
from typing import Any

from makegood.documents.charts import rendering

STYLE_ATTRIBUTE = re.compile(r'\sstyle="[^"]*"')


@dataclasses.dataclass(frozen=True)
class Chart:
    """`title` states the finding. `spec` is Vega-Lite as a dictionary; `svg` the server's drawing; `rows` the data in words."""

    title: str
    spec: dict[str, Any] | None = None
    svg: str = ""
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def spec_json(self) -> str:
        """The definition as it may stand inside a script element of data."""
        return json.dumps(self.spec, separators=(",", ":")).replace("<", "\\u003c")

    @property
    def safe_svg(self) -> str:
        """The drawing without style attributes, which the content security policy refuses."""
        return STYLE_ATTRIBUTE.sub("", self.svg)


@functools.lru_cache(maxsize=128)
def drawn(drawable: rendering.Drawable, width: int = 640, height: int = 300, *, live: bool = False) -> Chart:
    """Any chart of `documents.charts` for a page; its colours follow the theme. With `live` the browser redraws it with tooltips."""
    svg = rendering.svg(drawable, theme="page", width=width, height=height, titled=False)
    spec = rendering.to_spec(drawable, theme="page", width=width, height=height, titled=False) if live else None
    return Chart(drawable.title, spec, svg, drawable.subtitle)
