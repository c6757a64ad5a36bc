"""The HTML tag: /tag.js on the publisher's page makes sandboxed frames; /frame is the document in one of them.

The frame's document holds no inline script: what its script needs stands in data attributes.
"""

from __future__ import annotations

import functools
import html
import importlib.resources
import pathlib
from urllib.parse import quote

from makegood.adserver import adrequest, files, offers, urls
from makegood.adserver.http import Request, Response, error, header
from makegood.adserver.offers import Offer
from makegood.adserver.routes import ads
from makegood.adserver.state import Answer, State

_DOCUMENT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Advertisement</title><link rel="stylesheet" href="{base}/frame.css"></head>
<body {data}>{inside}<script src="{base}/frame.js"></script></body></html>
"""


def script(state: State, request: Request) -> Answer:
    """Answer our own scripts and style sheet."""
    name = request.path[1:]
    head = header("content-type", files.media_type(pathlib.Path(name))) + b"cache-control: public, max-age=3600\r\n"
    return Answer(Response(200, _static(name), head + ads.CORS + b"x-content-type-options: nosniff\r\n"))


def frame(state: State, request: Request) -> Answer:
    """Answer the document that shows one ad, or an empty one that asks the page to close the gap."""
    try:
        made = offers.make(state, request, adrequest.from_query(request.query()))
    except adrequest.BadRequest as fault:
        return Answer(error(400, str(fault)))
    offer = made.offers[0]
    if offer.placement.format in ("audio", "video"):
        return Answer(error(400, f"placement: {offer.placement.code!r} is {offer.placement.format}; players ask /vast"))
    head = b"content-type: text/html; charset=utf-8\r\ncache-control: no-store\r\n"
    head += header("content-security-policy", _policy(state, offer)) + ads.cap_cookie(state, made)
    return Answer(Response(200, _document(state, offer).encode(), head), made.events, state.settings.served_waits)


def _policy(state: State, offer: Offer) -> str:
    ours = state.settings.public_url
    return (
        f"sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; default-src 'none'; script-src {ours}; "
        f"style-src {ours}; img-src {ours} https: http:; frame-src {ours}; connect-src {ours}; base-uri 'none'; "
        "form-action 'none'"
    )


def _document(state: State, offer: Offer) -> str:
    base, creative = state.settings.public_url, offer.creative
    if creative is None or creative.kind not in ("image", "html"):
        return _DOCUMENT.format(base=html.escape(base), data='data-empty="1"', inside="")
    width, height = offer.placement.width or creative.width, offer.placement.height or creative.height
    data = {
        "width": str(width or ""),
        "height": str(height or ""),
        "impression": urls.beacon(state, "impression", offer.payload),
        "viewable": urls.beacon(state, "viewable", offer.payload),
        "others": " ".join(creative.third_party_impression_urls),
    }
    attributes = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in data.items())
    click = urls.click(state, offer.payload) if creative.click_url else ""
    inside = _image(state, offer, click) if creative.kind == "image" else _bundle(state, offer, click)
    return _DOCUMENT.format(base=html.escape(base), data=attributes, inside=inside)


def _image(state: State, offer: Offer, click: str) -> str:
    assert offer.creative
    source = html.escape(urls.asset(state, offer.creative))
    image = f'<img id="ad" src="{source}" alt="Advertisement">'
    return f'<a href="{html.escape(click)}" target="_blank" rel="noopener sponsored">{image}</a>' if click else image


def _bundle(state: State, offer: Offer, click: str) -> str:
    """An HTML5 bundle opens `clickTag` (the trade's name) itself, so the signed click URL is handed to it."""
    assert offer.creative
    source = f"{urls.asset(state, offer.creative)}?clickTag={quote(click, safe='')}"
    sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    return f'<iframe id="ad" src="{html.escape(source)}" sandbox="{sandbox}" scrolling="no" title="Advertisement"></iframe>'


@functools.cache
def _static(name: str) -> bytes:
    return importlib.resources.files("makegood.adserver").joinpath(f"static/{name}").read_bytes()
