"""The text of each kind of tag. What a page, a player and a server send is docs/adserver.md, "Routes"."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote

from django.conf import settings

from makegood.catalog.models import Placement

KINDS = {"script": "HTML tag", "iframe": "Iframe", "vast": "VAST URL", "openrtb": "OpenRTB", "native": "Native assets"}
MACROS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "vast": {"consent": "[GDPRCONSENT]", "cb": "[CACHEBUSTING]"},
    "gam": {"cb": "%%CACHEBUSTER%%"},
}
"""What another system writes in place of these before it asks: VAST 4 players, Google Ad Manager."""
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


@dataclasses.dataclass(frozen=True)
class Options:
    """What the publisher knows of the page, and how the tag behaves; empty is the usual."""

    section: str = ""
    key_values: tuple[tuple[str, str], ...] = ()
    macros: str = ""
    refresh_s: int = 0
    ads: int = 0
    token: str = ""
    test: bool = False


def query(place: Placement, options: Options) -> str:
    """The query of a request for a placement."""
    given = [("placement", place.code), ("section", options.section), *((f"kv.{k}", v) for k, v in options.key_values)]
    given += [("test", "1" if options.test else "")]
    parts = [f"{quote(name, safe='.')}={quote(value, safe='')}" for name, value in given if value]
    return "&".join(parts + [f"{name}={macro}" for name, macro in MACROS[options.macros].items()])


def script(place: Placement, options: Options) -> str:
    """A slot and the loader."""
    given = [("data-makegood", place.code), ("data-width", place.width), ("data-height", place.height), ("data-section", options.section)]
    given += [(f"data-kv-{key}", value) for key, value in options.key_values]
    given += [("data-refresh", options.refresh_s), ("data-test", "1" if options.test else "")]
    inside = " ".join(f'{name}="{escape(str(value), quote=True)}"' for name, value in given if value)
    return f'<div {inside}></div>\n<script async src="{settings.ADSERVER_URL}/tag.js"></script>'


def frame(place: Placement, options: Options) -> str:
    """A frame without any script on the page."""
    width, height = place.width or 300, place.height or (54 if place.format == "audio" else 250)
    source = escape(f"{settings.ADSERVER_URL}/frame?{query(place, options)}", quote=True)
    return (
        f'<iframe src="{source}" width="{width}" height="{height}" sandbox="{SANDBOX}" scrolling="no" frameborder="0" '
        'title="Advertisement"></iframe>'
    )


def vast(place: Placement, options: Options) -> str:
    """The address a player asks; with several ads, of a break."""
    pod = f"&pod={options.ads}" if options.ads > 1 else ""
    return f"{settings.ADSERVER_URL}/vast?{query(place, options)}{pod}"


def native(place: Placement, options: Options) -> str:
    """The address that answers native assets as JSON."""
    return f"{settings.ADSERVER_URL}/native?{query(place, options)}"


def openrtb(place: Placement, options: Options) -> str:
    """The endpoint and the smallest bid request for the placement."""
    data = {"section": options.section} if options.section else {}
    site = {"site": {"ext": {"data": data | dict(options.key_values)}}} if data or options.key_values else {}
    body = {"id": "1", "imp": [{"id": "1", "tagid": place.code, **_imp(place)}]} | site
    body |= {"cur": ["USD", "EUR", "GBP"], "device": {"ua": "the person's user agent", "ip": "the person's address"}}
    body |= {"test": 1} if options.test else {}
    address = f"{settings.ADSERVER_URL}/openrtb?caller={options.token or 'TOKEN'}"
    return f"POST {address}\n{json.dumps(body, indent=1, ensure_ascii=False)}"


def _imp(place: Placement) -> dict[str, object]:
    if place.format == "native":
        assets = [{"id": 1, "required": 1, "title": {"len": 90}}, {"id": 2, "data": {"type": 1}}]
        return {"native": {"request": json.dumps({"ver": "1.2", "assets": assets})}}
    if place.format == "audio":
        return {"audio": {"mimes": ["audio/mpeg"], "protocols": [13, 14]}}
    if place.format == "video":
        return {"video": {"mimes": ["video/mp4"], "protocols": [13, 14]}}
    return {"banner": {"format": [{"w": place.width, "h": place.height}]} if place.width else {}}


TEXTS: Mapping[str, Callable[[Placement, Options], str]] = {
    "script": script, "iframe": frame, "vast": vast, "openrtb": openrtb, "native": native,
}  # fmt: skip
