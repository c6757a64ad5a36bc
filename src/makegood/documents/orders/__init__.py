"""Insertion orders, contracts and invoices read from PDF, XLSX, XLS, CSV and the trade's JSON: `read`, and two views for the viewer.

No database, no framework; what cannot be read at all raises UnreadableDocument.
"""
import pathlib
from collections.abc import Sequence

from makegood.documents.orders import assemble, confidence, learning, second, sniff, standard
from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.learning import Learnt
from makegood.documents.orders.messages import (
    Field,
    OrderDocument,
    OrderLine,
    Place,
    Problem,
    Severity,
    UnreadableDocument,
)
from makegood.documents.orders.pdf import document
from makegood.documents.orders.sheet import delimited, workbook

__all__ = ["Field", "OrderDocument", "OrderLine", "Place", "Problem", "Severity", "UnreadableDocument",
           "page_image", "pages", "passes", "read", "sheet_cells"]

READERS = {sniff.PDF: document.leaves, sniff.XLSX: workbook.leaves, sniff.XLS: workbook.leaves, sniff.CSV: delimited.leaves}


def read(path: pathlib.Path, *, name: str | None = None, layouts: Sequence[Learnt] = (), twice: bool = True) -> OrderDocument:
    """The document with its fields, lines and problems; `name` is what the sender called the file, `layouts` what was
    learnt from others, of which the one most like the document is applied if it is like enough. `twice`: a doubtful scan is
    read a second time from its picture where the recogniser is installed, some fifteen seconds a page.

    Dates are ISO dates, amounts Decimals in the document's currency, places in sheet cells or points on a page.
    Raises UnreadableDocument (reason, place, remedy) when nothing can be read.
    """
    name = name or path.name
    try:
        media_type = sniff.media_type(path)
        if media_type == sniff.JSON:
            said = standard.read(path)
            return OrderDocument(name, sniff.sha256(path), media_type, "table", None, said.fields, said.lines, said.problems, said.extent)
        leaves: tuple[Leaf, ...] = READERS[media_type](path)
    except UnreadableDocument as error:
        raise UnreadableDocument(error.reason, error.place.replace(path.name, name), error.remedy) from error
    layout = learning.closest(leaves, layouts) if layouts else None
    found, again = assemble.content(leaves, layout), 0
    if media_type == sniff.PDF and twice:
        found, again = second.look(path, len(leaves), found, layout)
    pages = leaves[-1].number if media_type == sniff.PDF else None
    return OrderDocument(name, sniff.sha256(path), media_type, found.layout, pages, found.fields, found.lines, found.problems,
                         found.extent, effect_of(layout, found), again or sum(leaf.recognised for leaf in leaves))


def effect_of(layout: Learnt | None, found: assemble.Content) -> dict[str, object] | None:
    """Which layout was applied, and what each field it changed was read as before."""
    if layout is None:
        return None
    return {"layout": layout.key, "columns": dict(layout.columns), "fields": {name: str(field.value) if field else None for name, field in found.changed.items()}}


def pages(path: pathlib.Path) -> tuple[tuple[Leaf, ...], Manner]:
    """The document's texts with their places, and how it writes dates and figures: what a layout is learnt from.

    Raises UnreadableDocument; a standard's JSON has no layout and is refused.
    """
    media_type = sniff.media_type(path)
    if media_type == sniff.JSON:
        raise UnreadableDocument("JSON of a standard has no layout to learn", path.name, "correct it where it is written")
    leaves: tuple[Leaf, ...] = READERS[media_type](path)
    return leaves, assemble.manner_of("\n".join(leaf.text for leaf in leaves))


def passes(confidence_of_value: float) -> bool:
    """Whether a value of this confidence may pass without a person's look; the threshold is fitted with the confidence itself."""
    return confidence_of_value >= confidence.threshold()


def page_image(path: pathlib.Path, page: int, *, width_px: int) -> bytes:
    """Page `page` (from 1) of a PDF as PNG, `width_px` wide; places lie on it scaled by width_px / page_width."""
    return document.picture(path, page, width_px)


def sheet_cells(path: pathlib.Path, sheet: str | None) -> tuple[tuple[str, ...], ...]:
    """Rows of a sheet (or of a CSV or JSON file, where `sheet` is not asked) as text, from A1."""
    media_type = sniff.media_type(path)
    if media_type == sniff.JSON:
        return tuple(tuple(row) for row in standard.rows(path))
    if media_type == sniff.CSV:
        return tuple(tuple(row) for row in delimited.rows(path))
    if sheet is None:
        sheet = workbook.opened(path).sheet_names[0]
    return workbook.rows(path, sheet)
