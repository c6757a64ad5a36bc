"""Pages without a text layer recognised by an OCR that is an extra (`makegood[ocr]`: RapidOCR, its models in its wheel, nothing from the network).

Gives words with boxes like any page; what they mean is read elsewhere, and never passes without a look.
"""
import functools
import importlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.pdf import spacing, straight
from makegood.documents.orders.pdf.glyphs import Frame, Word

DOTS_PER_INCH = 200
LONGEST_PX = 2000  # what the recogniser works on at most; pages drawn at a point a pixel would be far larger
LEAST_SURE = 0.5  # of a recognised text; below it is dirt
MODULE = "rapidocr_onnxruntime"
WIDE_SIGNS = str.maketrans({"：": ":", "，": ",", "（": "(", "）": ")", "；": ";", "－": "-", "／": "/", "。": ".", "＃": "#", "＄": "$", "？": "?", "！": "!", "～": "~", "【": "[", "】": "]"})  # its alphabet is wider than ours

ZERO_FIRST, ZERO_WITHIN = re.compile(r"(?<!\w)0(?=[A-Za-z][a-z]+(?!\w))"), re.compile(r"(?<![A-Za-z0-9])([A-Za-z]+)0(?=[a-z]+(?!\w))")  # 0rtega, B0x

Quad = Sequence[Sequence[float]]


def words_of(page: pypdfium2.PdfPage, name: str) -> tuple[list[Word], Frame, float]:
    """Words of a page's picture made level, the frame they are measured in, and the degrees it was turned by.

    Raises UnreadableDocument where the extra is missing. A recognised text is one drawn string; its words share its width by their letters.
    """
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / 72, LONGEST_PX / max(width, height))
    read = engine(name)
    picture = page.render(scale=scale).to_pil().convert("L")
    lean = straight.lean_of(picture)
    words = [word for run, (quad, text) in enumerate(texts(straight.turned(picture, lean), read))
             for word in cut(text, tuple(edge / scale for edge in bounds(quad)), run)]
    return words, Frame(0.0, 0.0, width, height, 0), lean


def texts(picture: Image.Image, read: Any) -> Iterator[tuple[Quad, str]]:
    """(corners, text with its spaces) of everything recognised surely enough."""
    grey = np.asarray(picture)
    found, _ = read(np.repeat(grey[:, :, None], 3, axis=2), return_word_box=True)
    for quad, text, sure, letters, *_ in found or ():
        if float(sure) < LEAST_SURE or not text.strip():
            continue
        x0, top, x1, bottom = (max(0, round(edge)) for edge in bounds(quad))
        middles = sorted((letter[0][0] + letter[1][0]) / 2 - x0 for letter in letters or ())
        yield quad, lettered(spacing.spaced(text.translate(WIDE_SIGNS), middles, grey[top:bottom, x0:x1]))


def lettered(text: str) -> str:
    """The text with noughts in words of letters read as the letter."""
    return ZERO_WITHIN.sub(r"\1o", ZERO_FIRST.sub("O", text))


def bounds(quad: Quad) -> tuple[float, float, float, float]:
    """The upright box around four corners."""
    xs, ys = [corner[0] for corner in quad], [corner[1] for corner in quad]
    return min(xs), min(ys), max(xs), max(ys)


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
    """Loaded once: half a second. Which way up a text stands is not asked: pages are upright."""
    return importlib.import_module(MODULE).RapidOCR(use_cls=False)
