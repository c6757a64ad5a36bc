"""One small file of each light kind read once, before any stranger's: what readers build at first use is then shared by all forks.
Files live in memory only.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from PIL import Image

from makegood.documents.creatives.probe import load, probe
from makegood.documents.creatives.vast_tag import grammar
from makegood.engine.specs import plain

TAG = b'<VAST version="4.2"><Ad><InLine><AdSystem>-</AdSystem><Impression>https://-</Impression></InLine></Ad></VAST>'
PAGE = b'<html><head><style>a{width:1px}</style><script>var clickTag;</script></head></html>'


def warm() -> None:
    """Import every reader and fill its tables."""
    load()
    Image.init()
    for version in grammar.VERSIONS:
        grammar.of(version)
    for data in (TAG, b'{"title": "-"}', *(_picture(encoding) for encoding in ("PNG", "JPEG", "GIF")), _bundle()):
        _read(data)


def _read(data: bytes) -> None:
    place = os.memfd_create("warming")
    try:
        os.write(place, data)
        plain.to_json(probe(Path(f"/proc/self/fd/{place}"), name="warming"))
    finally:
        os.close(place)


def _picture(encoding: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, encoding)
    return out.getvalue()


def _bundle() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", PAGE)
    return out.getvalue()
