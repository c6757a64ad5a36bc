"""Characters that no shipped font can draw. An archival PDF may not hold one, and a name may not simply lose it."""

import functools
import json
import re

import typst

from makegood.documents.charts import fonts

UNDRAWN = "could not be displayed"
SURELY = 0x250  # Latin with its accents: in Inter
PROBE = b'#set text(font: "Inter")\n#json(bytes(sys.inputs.data))'
CONTROLS = re.compile(r"(\\\\)|\\u00(?:0[0-8bcef]|1[0-9a-f])|\\[bf]")
"""Controls as JSON writes them; a backslash of the text itself is two, and stays."""


def clean(text: str) -> str:
    """JSON `text` without control characters and halves of surrogate pairs, which no page shows."""
    return CONTROLS.sub(lambda found: found[1] or "", text).encode("utf-8", "replace").decode()


def drawable(text: str) -> str:
    """`text` with every character that cannot be drawn as its code point in brackets."""
    missing = {ord(one): f"[U+{ord(one):04X}]" for one in set(text) if ord(one) >= SURELY and not _drawn(one)}
    return text.translate(missing)


@functools.lru_cache(maxsize=20_000)
def _drawn(character: str) -> bool:
    try:
        typst.compile(PROBE, font_paths=fonts.book(), ignore_system_fonts=True, sys_inputs={"data": json.dumps(character)}, pdf_standards=["a-2b"])
    except typst.TypstError:
        return False
    return True
