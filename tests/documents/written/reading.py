"""What the tests read back: the words of a PDF, by pdfplumber, which knows nothing of how it was made."""

import io

import pdfplumber


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        return "\n".join(page.extract_text() for page in book.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())
