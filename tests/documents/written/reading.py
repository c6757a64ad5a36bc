"""What the tests read back: the words of a PDF, by pdfplumber, which knows nothing of how it was made."""

import io
import re
import zipfile

import pdfplumber


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        return "\n".join(page.extract_text() for page in book.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def formulas(xlsx: bytes) -> list[str]:
    """Every formula element in the sheets of a workbook, read from its XML."""
    with zipfile.ZipFile(io.BytesIO(xlsx)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    return [found for sheet in sheets for found in re.findall(r"<f[ >].*?</f>", sheet)]
