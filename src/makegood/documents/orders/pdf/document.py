"""A PDF file into leaves, and one page of it into a picture for the viewer.

Opening and refusing; geometry is in `glyphs` and `rows`.
"""
import dataclasses
import io
import pathlib
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from makegood.documents.orders.leaf import Chunk, Leaf
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.pdf import glyphs, layers, rows, scan, straight

MOST_PAGES = 300
FEWEST_LETTERS = 20  # in the whole document; a scan without OCR has none
FEWEST_ON_PAGE, MOST_SCANNED = 8, 40  # letters of a page that has text; pages that are recognised, at some ten seconds each
WIDEST_PX = 4000


@contextmanager
def opened(path: pathlib.Path) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed afterwards. Raises UnreadableDocument when it is encrypted or damaged."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument("the PDF is encrypted", path.name, "send it without a password") from error
        raise UnreadableDocument("the PDF is cut off or damaged", path.name, "ask for it again") from error
    try:
        yield document
    finally:
        document.close()


def leaves(path: pathlib.Path) -> tuple[Leaf, ...]:
    """Every page as a leaf; pages that are pictures are recognised where the extra for it is installed.

    Raises UnreadableDocument for too many pages and for a document of pictures that cannot be recognised.
    """
    with opened(path) as document:
        if len(document) > MOST_PAGES:
            raise UnreadableDocument(f"the PDF has {len(document)} pages, more than {MOST_PAGES}", path.name,
                                     "send the order alone")
        found = tuple(leaf(document, index + 1, path.name) for index in range(len(document)))
        silent = sum(letters_of(page) for page in found) < FEWEST_LETTERS
        if silent or scan.present():
            found = tuple(recognised(document, page, path.name) if letters_of(page) < FEWEST_ON_PAGE else page for page in found[:MOST_SCANNED]) + found[MOST_SCANNED:]
    if sum(letters_of(page) for page in found) < FEWEST_LETTERS:
        raise UnreadableDocument("no text could be recognised on its pages", path.name, "ask for the original or type it in")
    return found


def pictured(path: pathlib.Path) -> tuple[Leaf, ...]:
    """The first and the last page read from their pictures, where their text is only another machine's reading of those; () without

    the extra for it or for pages that are no scans.
    """
    if not scan.present():
        return ()
    with opened(path) as document:
        ends = sorted({1, len(document)})
        return tuple(recognised(document, leaf(document, number, path.name), path.name) for number in ends if layers.is_recognised(document[number - 1]))


def letters_of(page: Leaf) -> int:
    """How many letters and figures a page has."""
    return sum(letter.isalnum() for letter in page.text)


def recognised(document: pypdfium2.PdfDocument, page: Leaf, name: str) -> Leaf:
    """A page read from its picture, its places on the page as it lies; a blank one stays as it is."""
    drawn = document[page.number - 1]
    if not any(True for _ in drawn.get_objects()):
        return page
    words, frame, lean = scan.words_of(drawn, name)
    level = rows.leaf_of(words, frame, page.number)
    return dataclasses.replace(level, recognised=True, rows=tuple(tuple(leaning(chunk, lean) for chunk in row) for row in level.rows))


def leaning(chunk: Chunk, lean: float) -> Chunk:
    """A chunk of the page made level with its place on the page as it lies."""
    place = chunk.place
    if place.box is None or place.page_width is None or place.page_height is None:
        return chunk
    return dataclasses.replace(chunk, place=dataclasses.replace(place, box=straight.back(place.box, lean, (place.page_width, place.page_height))))


def leaf(document: pypdfium2.PdfDocument, number: int, name: str) -> Leaf:
    """One page (from 1) as a leaf. Raises UnreadableDocument when it is damaged; the others are not taken without it."""
    try:
        page = document[number - 1]
        words, frame = glyphs.words_of(page)
        page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument("the page is damaged", f"{name}, page {number}", "ask for the document again") from error
    return rows.leaf_of(words, frame, number)


def picture(path: pathlib.Path, number: int, width_px: int) -> bytes:
    """The page (from 1) as PNG, turned as its places are measured, `width_px` wide.

    Raises UnreadableDocument when there is no such page.
    """
    with opened(path) as document:
        if not 1 <= number <= len(document):
            raise UnreadableDocument(f"there is no page {number}", path.name, f"choose a page from 1 to {len(document)}")
        try:
            page = document[number - 1]
            _, frame = glyphs.words_of(page)
            turn = (frame.turns - page.get_rotation() // 90) % 4 * 90
            scale = min(width_px, WIDEST_PX) / frame.size[0]
            image = page.render(scale=scale, rotation=turn).to_pil()
        except pypdfium2.PdfiumError as error:
            raise UnreadableDocument("the page is damaged", f"{path.name}, page {number}", "ask for the document again") from error
    stream = io.BytesIO()
    image.save(stream, format="PNG")
    return stream.getvalue()
