"""A paper's pages as pictures, for where a browser shows no PDF: phones, and pages under a strict content policy."""

import io

import pypdfium2


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    book = pypdfium2.PdfDocument(pdf)
    try:
        return len(book)
    finally:
        book.close()


def picture(pdf: bytes, page: int, *, width_px: int) -> bytes:
    """Page `page` (from 1) as PNG, `width_px` wide. Raises IndexError when there is no such page."""
    book = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(book):
            raise IndexError(f"it has {len(book)} pages, not {page}")
        found, out = book[page - 1], io.BytesIO()
        found.render(scale=width_px / found.get_width()).to_pil().save(out, "PNG")
        return out.getvalue()
    finally:
        book.close()
