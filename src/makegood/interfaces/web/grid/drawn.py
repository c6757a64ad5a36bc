"""The rows of a list as HTML. Plain text joined: a page has a hundred rows of ten cells, more than a template is quick at."""

import dataclasses
import functools
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from makegood.interfaces.web.grid import cells
from makegood.interfaces.web.grid.state import State


@dataclasses.dataclass(frozen=True)
class Drawing:
    """Draws the rows of one page; `picked` when rows can be ticked, `open_row` is the row shown beside the list."""

    state: State
    picked: bool
    open_row: str

    def row(self, record: Any, name: str) -> SafeString:
        """A table row: the box that ticks it, the first cell with the link, the other cells."""
        grid = self.state.grid
        url = grid.link(record) if grid.link else ""
        panel = grid.panel(record) if grid.panel else ""
        first, *others = self.state.columns
        opened = ' class="on" data-open' if str(record.pk) == self.open_row else ""
        leads = f' data-href="{conditional_escape(url)}"' if url or panel else ""
        rest = "".join([cells.td(column, record) for column in others])
        shown = _led(cells.show(first, record), url, panel)
        return SafeString(
            f'<tr data-row="{conditional_escape(record.pk)}"{opened}{leads}>{self._box(record.pk, name)}<td class="{self._css}">{shown}</td>{rest}</tr>'
        )

    def _box(self, pk: Any, name: str) -> str:
        if not self.picked:
            return ""
        said = conditional_escape(self._choose % {"name": name})
        form = f'form="bulk-{self.state.grid.key}"'
        return f'<td class="pick"><label><input type="checkbox" name="ids" value="{conditional_escape(pk)}" {form} aria-label="{said}"></label></td>'

    @functools.cached_property
    def _choose(self) -> str:
        return _("Choose %(name)s")

    @functools.cached_property
    def _css(self) -> str:
        first = self.state.columns[0]
        return f"m5 {'n' if first.number else 'clip' if first.kind == 'text' else ''}"


def _led(html: SafeString, url: str, panel: str) -> SafeString:
    """The first cell as a link: to the panel beside the list, else to the record's page."""
    if panel:
        return format_html('<a data-mg-open href="{}" hx-get="{}" hx-target="#mg-panel" hx-swap="innerHTML">{}</a>', url or panel, panel, html)
    return format_html('<a data-mg-open href="{}">{}</a>', url, html) if url else html
