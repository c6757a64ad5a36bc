"""Labels found on a leaf: which chunk, which part of its text, what it may mean.

No values are read here.
"""
import re
from dataclasses import dataclass

from makegood.documents.orders import lexicon
from makegood.documents.orders.leaf import Chunk, Leaf
from makegood.documents.orders.lexicon import mending

LONGEST_LABELLED = 14  # words; a longer chunk is prose and its words are no labels
OF_ANOTHER = {"last", "previous", "prior", "old", "former", "prev"}  # 'last contract total' is the total of another revision
CLOSING = ": #.|;=\t"
FIGURES = tuple("$€£0123456789")
SHARE = re.compile(r"\W*(?:less|minus|plus|zzgl|abzgl)?\W*(?:\d{1,2}(?:[.,]\d+)?\s?%)?\W*", re.IGNORECASE)  # 'Less 15% agency commission', 'plus 19% VAT'


@dataclass(frozen=True, slots=True)
class Hit:
    """A label: `words` as written, `rest` the text behind it in the same chunk, `marked` that a colon or # closes it,

    `faint` that a letter of it had to be mended.
    """

    meanings: tuple[lexicon.Meaning, ...]
    row: int
    column: int
    start: int
    rest: str
    marked: bool
    leading: bool
    faint: bool = False
    words: str = ""

    @property
    def alone(self) -> bool:
        return self.leading and not self.rest


def on_leaf(leaf: Leaf) -> list[Hit]:
    """Every label on the leaf in reading order, also with words a letter off, as OCR leaves them."""
    found = []
    for row_index, row in enumerate(leaf.rows):
        for column, chunk in enumerate(row):
            found += in_chunk(chunk, row_index, column)
    return found


def in_chunk(chunk: Chunk, row: int, column: int) -> list[Hit]:
    """Labels of one chunk. In the middle of a text a label counts when a colon or # closes it, when nothing but

    labels stands there, when a bar parts it from a value, or when it ends the text behind one; the others are words of a value.
    """
    if chunk.native is not None:
        return []
    text = chunk.text
    found, mended = mending.label_tokens(text)
    spans = lexicon.spans(found, lexicon.labels())
    if spans and sum(last - first for first, last, _ in spans) < len(found) and (form := mending.nearly_label(text)):
        spans, mended = [(0, len(found), lexicon.labels()[form])], {0}
    only_labels = len(spans) > 1 and sum(last - first for first, last, _ in spans) == len(found)
    kept: list[tuple[int, int, tuple[lexicon.Meaning, ...], bool, bool]] = []
    for first, last, known in spans:
        another = first > 0 and found[first - 1].word in OF_ANOTHER
        first, meanings = (first - 1, ()) if another else (first, known)
        before, after = text[:found[first].start], text[found[last - 1].end:]
        marked = after.lstrip().startswith((":", "=")) or found[last - 1].word == "#"
        leading = SHARE.fullmatch(before) is not None
        roomy = last - first > 1 or marked
        trailing = last == len(found) and any(letter.isdigit() for letter in before)
        divided = before.rstrip().endswith("|") and after.strip()[:1] in FIGURES
        if marked or leading or only_labels or divided or (roomy and (trailing or after.strip()[:1].isdigit())):
            kept.append((found[first].start, found[last - 1].end, meanings, marked, bool(mended & set(range(first, last)))))
    if len(text.split()) > LONGEST_LABELLED:
        kept = [entry for entry in kept if entry[3]]
    return [hit_of(text, kept, index, row, column) for index in range(len(kept))]


def hit_of(text: str, kept: list[tuple[int, int, tuple[lexicon.Meaning, ...], bool, bool]], index: int, row: int, column: int) -> Hit:
    """One of a chunk's labels with the text up to the next one."""
    start, end, meanings, marked, faint = kept[index]
    stop = kept[index + 1][0] if index + 1 < len(kept) else len(text)
    rest = text[end:stop].lstrip(CLOSING).rstrip(" |[({_\t")
    leading = SHARE.fullmatch(text[:start]) is not None
    return Hit(meanings, row, column, start, rest, marked, leading, faint, text[start:end])
