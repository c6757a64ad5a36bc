"""Pages without a text layer recognised by an OCR that is an extra (`makegood[ocr]`: RapidOCR, its models in its wheel, nothing from the network).

Gives words with boxes like any page; what they mean is read elsewhere, and never passes without a look.
"""
import functools
import importlib
import importlib.util
import re
from typing import Any

import numpy as np
import pypdfium2

from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.pdf.glyphs import Frame, Word

DOTS_PER_INCH = 200
WIDEST_PX = 4000
LEAST_SURE = 0.5  # of a recognised text; below it is dirt
MODULE = "rapidocr_onnxruntime"


def words_of(page: pypdfium2.PdfPage, name: str) -> tuple[list[Word], Frame]:
    """Words of a page's picture and the frame they are measured in. Raises UnreadableDocument where the extra is missing.

    A recognised text is one drawn string; its words share its width by their letters.
    """
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / 72, WIDEST_PX / max(width, height))
    picture = np.asarray(page.render(scale=scale).to_pil().convert("RGB"))
    found, _ = engine(name)(picture)
    words: list[Word] = []
    for run, (corners, text, sure) in enumerate(found or ()):
        if float(sure) < LEAST_SURE or not text.strip():
            continue
        xs, ys = [corner[0] / scale for corner in corners], [corner[1] / scale for corner in corners]
        words += cut(text, (min(xs), min(ys), max(xs), max(ys)), run)
    return words, Frame(0.0, 0.0, width, height, 0)


def cut(text: str, box: tuple[float, float, float, float], run: int) -> list[Word]:
    """A recognised text as words."""
    x0, top, x1, bottom = box
    letter = (x1 - x0) / len(text)
    return [Word(word[0], x0 + word.start() * letter, top, x0 + word.end() * letter, bottom, run) for word in re.finditer(r"\S+", text)]


def present() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec(MODULE) is not None


def engine(name: str) -> Any:
    """The recogniser. Raises UnreadableDocument with how to install it."""
    if not present():
        raise UnreadableDocument("there is no text in it, only pictures of pages", name, "install the recogniser with `pip install 'makegood[ocr]'`, or ask for the original")
    return loaded()


@functools.cache
def loaded() -> Any:
    """Loaded once: half a second."""
    return importlib.import_module(MODULE).RapidOCR()
