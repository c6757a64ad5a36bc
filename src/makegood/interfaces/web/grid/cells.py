"""A value as the cell of a grid shows it. Plain functions: a page draws a thousand of them."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from makegood.engine.money import Money
from makegood.interfaces.web import formats
from makegood.interfaces.web.grid.columns import Column, read
from makegood.interfaces.web.tags import explained, pieces, promise

NONE = SafeString('<span class="mu">–</span>')


def show(column: Column, row: Any) -> SafeString:
    """The cell's HTML, with its second line and its explanation."""
    value = column.value(row)
    html = NONE if value is None or value == "" else _SHOWN[column.kind](column, row, value)
    if column.tone and (tone := column.tone(row)):
        html = format_html('<span class="{}">{}</span>', tone, html)
    if column.explain and (explanation := column.explain(row)):
        html = explained.figure(html, explanation)
    if column.second is None:
        return html
    return format_html('<div class="two">{}<span class="s mu">{}</span></div>', html, read(row, column.second) or "")


def td(column: Column, row: Any) -> str:
    """The whole cell."""
    return f'<td class="{column.css}">{show(column, row)}</td>'


def text(column: Column, value: Any, currency: str = "") -> str:
    """A figure of a column as text: cells, sums and sub-sums read alike."""
    if column.kind == "money":
        return formats.money(value, currency, decimals=column.decimals)
    if column.kind == "percent":
        return formats.percent(value, 1 if column.decimals is None else column.decimals)
    return formats.number(value, column.decimals or 0)


def sums(column: Column, found: dict[str, Decimal]) -> SafeString:
    """A sum for each currency, one under the other when there are several."""
    parts = [
        format_html("{}", text(column, value, currency))
        for currency, value in sorted(found.items())
        if value is not None
    ]
    return SafeString("<br>".join(parts))


def plain(column: Column, row: Any) -> Any:
    """The value as an export writes it: numbers as numbers, records and choices by name."""
    value = column.value(row)
    if value is None or isinstance(value, int | Decimal | float | datetime.date | Money):
        return value
    if column.kind == "promise":
        return value.words
    if column.kind == "link":
        return str(value[0])
    return label(column, row, value)


def label(column: Column, row: Any, value: Any) -> str:
    """The name of a choice, else the value as text."""
    source = column.source if column.source is not None else column.key
    if isinstance(source, str) and not isinstance(value, Model):
        *way, last = source.split(".")
        owner = read(row, ".".join(way)) if way else row
        named = getattr(owner, f"get_{last}_display", None)
        if named:
            return str(named())
    return (
        str(dict(column.choices).get(value, value)) if column.choices and not callable(column.choices) else str(value)
    )


def _number(column: Column, row: Any, value: Any) -> SafeString:
    currency = "" if isinstance(value, Money) or column.kind != "money" else str(read(row, column.currency) or "")
    shown = text(column, value, currency)
    return format_html('{} <span class="u">{}</span>', shown, column.unit) if column.unit else conditional_escape(shown)


def _badge(column: Column, row: Any, value: Any) -> SafeString:
    return pieces.badge(label(column, row, value), live=value in column.live)


def _state(column: Column, row: Any, value: Any) -> SafeString:
    return pieces.state(value, "" if value in pieces.STATES else label(column, row, value))


def _due(column: Column, row: Any, value: Any) -> SafeString:
    said = formats.due(value)
    css = "risk m5" if said.endswith("late") else "mu"
    return format_html(
        '<span class="{}" title="{}">{}</span>',
        css,
        formats.moment(value) if hasattr(value, "hour") else formats.day(value),
        said,
    )


_SHOWN = {
    "text": lambda column, row, value: conditional_escape(label(column, row, value)),
    "int": _number,
    "money": _number,
    "percent": _number,
    "date": lambda column, row, value: conditional_escape(formats.day(value)),
    "datetime": lambda column, row, value: conditional_escape(formats.moment(value)),
    "due": _due,
    "state": _state,
    "badge": _badge,
    "promise": lambda column, row, value: promise.promise(value),
    "person": lambda column, row, value: pieces.who(value),
    "link": lambda column, row, value: format_html('<a href="{}">{}</a>', value[1], value[0]),
}
