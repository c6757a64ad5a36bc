"""CSV files: encoding and separator found from the content.

Every cell stays text; its kind is decided where it is read.
"""
import csv
import io
import pathlib
import statistics

from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.sheet import grid

SEPARATORS = ",;\t|"


def leaves(path: pathlib.Path) -> tuple[Leaf, ...]:
    """The file as one leaf. Raises UnreadableDocument when there is no table in it."""
    found = grid.leaf_of(rows(path), 1, None)
    if not any(len(row) > 1 for row in found.rows):
        raise UnreadableDocument("the text has no columns", path.name, "send it as CSV, XLSX or PDF")
    return (found,)


def rows(path: pathlib.Path) -> list[list[str]]:
    """Cells as text."""
    text = decoded(path.read_bytes())
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text)))
    except csv.Error as error:
        raise UnreadableDocument(f"the text cannot be read as CSV ({error})", path.name, "send it as XLSX") from error


def decoded(content: bytes) -> str:
    """Text by byte order mark, else UTF-8, else Windows-1252 (what spreadsheets save in the west)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator(text: str) -> str:
    """The separator that cuts the most lines into the same, largest number of columns."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]

    def evenness(mark: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        wide = [width for width in widths if width > 1]
        return (len(wide) * statistics.median(wide) if wide else 0.0, len(wide))

    return max(SEPARATORS, key=evenness)
