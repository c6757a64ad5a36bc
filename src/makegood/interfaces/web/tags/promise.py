"""The promise bar as text: a page of lines draws a hundred of them, for which a template each is too slow."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from makegood.interfaces.web import components as c
from makegood.interfaces.web.components import geometry


def promise(value: c.Promise, height: int = 8) -> SafeString:
    """The promise bar: 8 px in lists, 16 px in headers, 12 px in the portal."""
    said = conditional_escape(value.words)
    bars = [_rect(bar, height, 1 if n else 2) for n, bar in enumerate(value.bars)]
    return SafeString(
        f'<svg class="mg-promise" height="{height}" role="img" aria-label="{said}"><title>{said}</title>\n'
        f"{_rect(value.track, height, 2)}{''.join(bars)}\n{_whisker(value, height)}\n"
        f'<rect class="g" x="{value.tick}" y="-3" width="2" height="{height + 6}"/></svg>'
    )


def _rect(bar: geometry.Bar, height: int, radius: int) -> str:
    return f'<rect class="{conditional_escape(bar.fill)}" x="{bar.x}" width="{bar.width}" height="{height}" rx="{radius}"/>'


def _whisker(value: c.Promise, height: int) -> str:
    """The interval: a line between two ends."""
    if value.whisker is None:
        return ""
    start, width, end = value.whisker
    tall = f'y="{height / 2 - 3.25:.2f}" width="1.5" height="6.5"'
    return (
        f'<rect class="i" x="{start}" y="{height / 2 - 0.75:.2f}" width="{width}" height="1.5"/>'
        f'<rect class="i" x="{start}" {tall}/><rect class="i" x="{end}" {tall} transform="translate(-1.5)"/>'
    )
