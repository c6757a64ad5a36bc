"""Labels found on a leaf: which chunk, which part of its text, what it may mean.

No values are read here.
"""
from dataclasses import dataclass

from makegood.documents.orders import lexicon
from makegood.documents.orders.leaf import Chunk, Leaf

LONGEST_LABELLED = 14  # words; a longer chunk is prose and its words are no labels
CLOSING = ": #.|;=\t"


@dataclass(frozen=True, slots=True)
class Hit:
    """A label: `rest` is the text behind it in the same chunk, `marked` that a colon or # closes it,

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
    """Labels of one chunk. In the middle of a text a label counts only when a colon or # closes it."""
    if chunk.native is not None:
        return []
    tokens, mended = lexicon.label_tokens(chunk.text)
    spans = lexicon.spans(tokens, lexicon.labels())
    kept: list[tuple[int, int, tuple[lexicon.Meaning, ...], bool, bool]] = []
    for first, last, meanings in spans:
        after = chunk.text[tokens[last - 1].end:]
        marked = after.lstrip().startswith((":", "=")) or tokens[last - 1].word == "#"
        leading = first == 0 and not any(letter.isalnum() for letter in chunk.text[:tokens[0].start])
        roomy = last - first > 1 or marked
        if marked or leading or (roomy and after.strip()[:1].isdigit()):
            kept.append((tokens[first].start, tokens[last - 1].end, meanings, marked, bool(mended & set(range(first, last)))))
    if len(chunk.text.split()) > LONGEST_LABELLED:
        kept = [entry for entry in kept if entry[3]]
    hits = []
    for index, (start, end, meanings, marked, faint) in enumerate(kept):
        stop = kept[index + 1][0] if index + 1 < len(kept) else len(chunk.text)
        rest = chunk.text[end:stop].lstrip(CLOSING).rstrip(" |[({_\t")
        leading = not any(letter.isalnum() for letter in chunk.text[:start])
        hits.append(Hit(meanings, row, column, start, rest, marked, leading, faint))
    return hits
