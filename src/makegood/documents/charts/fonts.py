"""The one typeface of charts and documents, found inside its own package so that no system font is needed.

Nothing else: what is set in it lives with the chart or the document.
"""

from functools import cache
from importlib import resources
from pathlib import Path

import typst

FAMILY = "Inter"
PACKAGE = "fontpkg_inter"


def folder() -> Path:
    """The folder that holds Inter as variable fonts (weights 100 to 900)."""
    return Path(str(resources.files(PACKAGE))) / "files"


@cache
def book() -> typst.Fonts:
    """Inter and the fonts built into typst (for glyphs Inter lacks); never the machine's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder()])
