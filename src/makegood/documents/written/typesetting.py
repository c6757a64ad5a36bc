"""Data and a template to PDF through typst. Templates place; every word and figure comes formatted from Python.

Text reaches the page as strings, never as markup, so a name may hold any character. No network, no system fonts.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import typst

from makegood.documents.charts import fonts
from makegood.documents.written import glyphs

TEMPLATES = Path(__file__).parent / "templates"
NO_PACKAGES = TEMPLATES  # holds no packages: an import of one fails instead of reaching for the network


def pdf(template: str, data: Mapping[str, object], dated: date, *, attached: Mapping[str, bytes] | None = None) -> bytes:
    """The pages of `template` filled with `data` (JSON types only), as PDF/A-2b; with `attached` files by name as PDF/A-3b.

    The same data give the same bytes: the only date in the file is `dated`, the business date of the document. What no
    shipped font can draw stands as its code point, [U+65E5], so that nothing is lost or left blank.
    Raises typst.TypstError when a template and its data do not fit together.
    """
    whole = dict(data) | ({"attached": {name: body.decode() for name, body in attached.items()}} if attached else {})
    text = glyphs.clean(json.dumps(whole, ensure_ascii=False))
    try:
        return _compiled(template, text, dated, "a-3b" if attached else "a-2b")
    except typst.TypstError as error:
        if glyphs.UNDRAWN not in str(error):
            raise
    return _compiled(template, glyphs.drawable(text), dated, "a-3b" if attached else "a-2b")


def _compiled(template: str, data: str, dated: date, standard: Literal["a-2b", "a-3b"]) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=fonts.book(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
        timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
        pdf_standards=[standard],
    )
