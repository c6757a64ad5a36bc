"""A demo HTML5 bundle: drawn background, animated words, click tag, ad.size, zipped.
Byte for byte the same for the same brand, size and seed.
"""

from __future__ import annotations

import io
import zipfile
from html import escape
from pathlib import Path

import numpy as np
from PIL import Image

from makegood.documents.creatives.samples import drawing
from makegood.documents.creatives.samples.brand import Brand, known, pixels

FAULTS = ("too_heavy", "wrong_size", "missing_clicktag", "outside_request", "endless", "missing_file", "cookies")
STAMP = (2026, 1, 1, 0, 0, 0)

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="ad.size" content="width={width},height={height}">
<title>{name}</title>
<link rel="stylesheet" href="style.css">
{extra}</head>
<body>
<div id="ad" role="link" aria-label="{name}: {button}">
<img src="background.jpg" alt="">
<p id="sheen"></p>
</div>
<script src="ad.js"></script>
</body>
</html>
"""
STYLE = """html, body {{ margin: 0; }}
#ad {{ position: relative; width: {width}px; height: {height}px; overflow: hidden; cursor: pointer; }}
#ad img {{ display: block; width: 100%; height: 100%; }}
#sheen {{ position: absolute; inset: 0 auto 0 0; width: 30%; margin: 0; background: rgba(255, 255, 255, .18);
  transform: translateX(-120%) skewX(-18deg); animation: sheen 2.5s ease-in-out 1s {times}; }}
@keyframes sheen {{ to {{ transform: translateX(460%) skewX(-18deg); }} }}
"""
CLICK = """var clickTag = "";
document.getElementById("ad").addEventListener("click", function () {
  window.open(window.clickTag);
});
"""
NO_CLICK = """document.getElementById("ad").classList.add("ready");
"""


def bundle(target: Path, brand: Brand, *, size: str = "300x250", seed: int = 0, fault: str | None = None) -> Path:
    """Write the zip to ``target``; it moves for 11 s. Returns ``target``.

    Faults: too_heavy, wrong_size, missing_clicktag, outside_request, endless, missing_file, cookies. Raises UnknownFault.
    """
    known(fault, *FAULTS)
    width, height = pixels(size)
    shown = (width - 20, height) if fault == "wrong_size" else (width, height)
    outside = '<script src="https://cdn.widgets.example/slider.js"></script>\n'
    words = {
        "width": shown[0], "height": shown[1], "name": escape(brand.name), "button": escape(brand.button),
        "extra": outside if fault == "outside_request" else "", "times": "infinite" if fault == "endless" else "4",
    }  # fmt: skip
    script = NO_CLICK if fault == "missing_clicktag" else CLICK
    if fault == "cookies":
        script += 'document.cookie = "seen=1";\n'
    files = {
        "index.html": PAGE.format(**words).encode(),
        "style.css": STYLE.format(**words).encode(),
        "ad.js": script.encode(),
        "background.jpg": _background(brand, width, height, seed, heavy=fault == "too_heavy"),
    }
    if fault == "missing_file":
        del files["background.jpg"]
    target.write_bytes(packed(files))
    return target


def packed(files: dict[str, bytes]) -> bytes:
    """The files as a zip with a fixed time stamp."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _background(brand: Brand, width: int, height: int, seed: int, *, heavy: bool) -> bytes:
    picture = drawing.draw(brand, width, height, seed=seed)
    if heavy:
        grain = np.random.default_rng(seed).integers(0, 255, (height * 2, width * 2, 3), dtype=np.uint8)
        picture = Image.fromarray(grain)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=100 if heavy else 82)
    return out.getvalue()
