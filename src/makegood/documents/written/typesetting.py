"""Data and a template to PDF through typst. Templates place; every word and figure comes formatted from Python.

Text reaches the page as strings, never as markup, so a name may hold any character. No network, no system fonts.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import typst

from makegood.documents.charts import fonts

TEMPLATES = Path(__file__).parent / "templates"
NO_PACKAGES = TEMPLATES  # holds no packages: an import of one fails instead of reaching for the network


def pdf(template: str, data: Mapping[str, object], dated: date) -> bytes:
    """The pages of `template` filled with `data` (JSON types only).

    The same data give the same bytes: the only date in the file is `dated`, the business date of the document.
    Raises typst.TypstError when a template and its data do not fit together.
    """
    stamp = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=fonts.book(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
        timestamp=stamp,
        pdf_standards=["a-2b"],
    )
