"""Characters of a PDF page into words with positions, as drawn and turned upright.

Only pdfium calls and geometry; rows and meaning are decided elsewhere.
"""
import ctypes
import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MOST_CHARACTERS = 200_000  # one page; a real order has under 10,000


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `run` is the same for words drawn by one string of the PDF."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    run: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns points of the page's own space into upright ones with the origin at the top left."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Upright (x0, top, x1, bottom) in points of a box given in page space (y grows upwards)."""
        x0, x1, y0, y1 = x0 - self.left, x1 - self.left, y0 - self.bottom, y1 - self.bottom
        if self.turns == 1:
            return y0, x0, y1, x1
        if self.turns == 2:
            return self.width - x1, y0, self.width - x0, y1
        if self.turns == 3:
            return self.height - y1, self.width - x1, self.height - y0, self.width - x0
        return x0, self.height - y1, x1, self.height - y0

    @property
    def size(self) -> tuple[float, float]:
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)


def words_of(page: pypdfium2.PdfPage) -> tuple[list[Word], Frame]:
    """Words in drawing order and the frame they are measured in. A page without text gives no words."""
    left, bottom, right, top = page.get_cropbox()
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), MOST_CHARACTERS)
        turns = turns_of(page, textpage.raw, count)
        frame = Frame(left, bottom, right - left, top - bottom, turns)
        return list(collect(textpage.raw, count, frame)), frame
    finally:
        textpage.close()


def turns_of(page: pypdfium2.PdfPage, textpage: ctypes.c_void_p, count: int) -> int:
    """Clockwise quarter turns that make the text upright; the page's own rotation where there is too little text."""
    step = max(1, count // 60)
    angles = Counter(round(pdfium.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2)) % 4
                     for index in range(0, count, step) if chr(pdfium.FPDFText_GetUnicode(textpage, index)).isalnum())
    if sum(angles.values()) < 10:
        return int(page.get_rotation()) // 90
    return int(-angles.most_common(1)[0][0] % 4)  # pdfium counts angles the other way round


def collect(textpage: ctypes.c_void_p, count: int, frame: Frame) -> list[Word]:
    """Characters gathered into words: a word ends at white space or where the next drawn string begins."""
    rect = pdfium.FS_RECTF()
    words: list[Word] = []
    letters: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)
    run, drawn = 0, 0
    for index in range(count):
        letter = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        made_up = pdfium.FPDFText_IsGenerated(textpage, index) == 1
        string = drawn if made_up else ctypes.cast(
            pdfium.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value or 0
        if letters and (made_up or string != drawn or letter.isspace()):
            words.append(Word("".join(letters), *box, run))
            letters = []
        if made_up or string != drawn:
            run, drawn = run + 1, string
        if letter.isspace() or not letter.isprintable():
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, index, rect)
        here = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        box = here if not letters else (min(box[0], here[0]), min(box[1], here[1]),
                                        max(box[2], here[2]), max(box[3], here[3]))
        letters.append(letter)
    if letters:
        words.append(Word("".join(letters), *box, run))
    return words
