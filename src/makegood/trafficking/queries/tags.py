"""Tags a publisher pastes: an HTML tag for places on a page, a VAST address for players. Text only; nothing is published."""

import dataclasses
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from django.conf import settings

from makegood.catalog.models import Placement


@dataclasses.dataclass(frozen=True)
class Tag:
    """What to paste for one placement, and what it is."""

    placement: Placement
    kind: str
    text: str


def of(places: Iterable[Placement]) -> list[Tag]:
    """A tag for each placement, in order of name, once."""
    unique = {place.pk: place for place in places}
    return [tag(place) for place in sorted(unique.values(), key=lambda place: place.name)]


def tag(place: Placement) -> Tag:
    """The ad server's tag for a placement (docs/adserver.md)."""
    base, code = settings.ADSERVER_URL, escape(place.code, quote=True)
    if place.format in ("audio", "video"):
        return Tag(place, "VAST URL", f"{base}/vast?placement={quote(place.code)}")
    size = f' data-width="{place.width}" data-height="{place.height}"' if place.width and place.height else ""
    return Tag(
        place, "HTML tag", f'<div data-makegood="{code}"{size}></div>\n<script async src="{base}/tag.js"></script>'
    )
