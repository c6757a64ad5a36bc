"""The document inside an ad's frame: a picture, an HTML bundle or a playing spot, with what its script reports.

It holds no inline script: what `static/frame.js` needs stands in data attributes.
"""

from __future__ import annotations

import html
from urllib.parse import quote

from makegood.adserver import urls
from makegood.adserver.events import PLAYED
from makegood.adserver.offers import Offer
from makegood.adserver.state import State

DRAWABLE = ("image", "html", "audio", "video")
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
_DOCUMENT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Advertisement</title><link rel="stylesheet" href="{base}/frame.css"></head>
<body {data}>{inside}<script src="{base}/frame.js"></script></body></html>
"""


def policy(state: State) -> str:
    """Return the Content-Security-Policy of a frame: our own scripts, anybody's counting pixels, no origin to act from."""
    ours = state.settings.public_url
    return (
        f"sandbox {SANDBOX}; default-src 'none'; script-src {ours}; style-src {ours}; img-src {ours} https: http:; "
        f"media-src {ours}; frame-src {ours}; connect-src {ours}; base-uri 'none'; form-action 'none'"
    )


def document(state: State, offer: Offer) -> bytes:
    """Return the document that shows an offer; one that asks the page to close the gap when there is nothing to show."""
    base, creative = html.escape(state.settings.public_url), offer.creative
    if creative is None or creative.kind not in DRAWABLE:
        return _DOCUMENT.format(base=base, data='data-empty="1"', inside="").encode()
    data = " ".join(f'data-{name.lower()}="{html.escape(value)}"' for name, value in _told(state, offer).items())
    click = urls.click(state, offer.payload) if creative.click_url else ""
    draw = {"image": _image, "html": _bundle}.get(creative.kind, _player)
    return _DOCUMENT.format(base=base, data=data, inside=draw(state, offer, click)).encode()


def _told(state: State, offer: Offer) -> dict[str, str]:
    creative = offer.creative
    assert creative
    told = {
        "width": str(offer.placement.width or creative.width or ""),
        "height": str(offer.placement.height or creative.height or ""),
        "impression": urls.beacon(state, "impression", offer.payload),
        "others": " ".join(urls.third_party(state, offer)),
    }
    if creative.kind != "audio":
        told["viewable"] = urls.beacon(state, "viewable", offer.payload)
    if creative.kind in ("audio", "video"):
        told |= {kind: urls.beacon(state, kind, offer.payload) for kind in PLAYED}
        told["error"] = urls.error(state, offer.payload)
    return told


def _image(state: State, offer: Offer, click: str) -> str:
    assert offer.creative
    source = html.escape(urls.asset(state, offer.creative))
    image = f'<img id="ad" src="{source}" alt="Advertisement">'
    return f'<a href="{html.escape(click)}" target="_blank" rel="noopener sponsored">{image}</a>' if click else image


def _bundle(state: State, offer: Offer, click: str) -> str:
    """An HTML5 bundle opens `clickTag` (the trade's name) itself, so the signed click URL is handed to it; SafeFrame's API is too."""
    assert offer.creative
    source = html.escape(f"{urls.asset(state, offer.creative)}?safeframe=1&clickTag={quote(click, safe='')}")
    return f'<iframe id="ad" data-src="{source}" sandbox="{SANDBOX}" scrolling="no" title="Advertisement"></iframe>'


def _player(state: State, offer: Offer, click: str) -> str:
    """Video starts by itself without sound, as browsers allow; audio waits for the listener."""
    assert offer.creative
    source, kind = html.escape(urls.asset(state, offer.creative)), offer.creative.kind
    starts = " autoplay muted playsinline" if kind == "video" else ""
    player = f'<{kind} id="ad" src="{source}" controls{starts} title="Advertisement"></{kind}>'
    more = f'<a class="more" href="{html.escape(click)}" target="_blank" rel="noopener sponsored">Learn more</a>'
    return player + more if click else player
