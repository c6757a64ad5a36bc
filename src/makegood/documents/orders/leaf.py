"""A page or a sheet as both readers see it: rows of chunks of text with positions.

Nothing here knows PDF or spreadsheets, labels or tables.
"""
import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from makegood.documents.orders.messages import Place


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that belong together (a drawn string, a cell). `native` is the cell's own typed value if it has one."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    place: Place
    native: Decimal | date | None = None

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


Row = tuple[Chunk, ...]


@dataclass(frozen=True)
class Leaf:
    """One page (number from 1) or sheet; `unit` is the usual height of a line of text in its coordinates.

    `recognised` where the text was made of a picture here.
    """

    number: int
    rows: tuple[Row, ...]
    unit: float
    sheet: str | None = None
    recognised: bool = False

    @cached_property
    def text(self) -> str:
        """All the text, row by row."""
        return "\n".join("  ".join(chunk.text for chunk in row) for row in self.rows)


def joined(chunks: tuple[Chunk, ...] | list[Chunk]) -> Chunk:
    """One chunk over several on the same leaf, in the given order; a single cell keeps its native value."""
    if len(chunks) == 1:
        return chunks[0]
    x0, top = min(chunk.x0 for chunk in chunks), min(chunk.top for chunk in chunks)
    x1, bottom = max(chunk.x1 for chunk in chunks), max(chunk.bottom for chunk in chunks)
    place = chunks[0].place
    boxes = [chunk.place.box for chunk in chunks if chunk.place.box is not None]
    if boxes:  # not the chunk's own edges: those of a scan are of the page made level
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        place = dataclasses.replace(place, box=(min(lefts), min(tops), max(rights), max(bottoms)))
    return Chunk(" ".join(chunk.text for chunk in chunks), x0, top, x1, bottom, place)


def part_of(chunk: Chunk, text: str) -> Chunk:
    """The part of a chunk that holds the text, its box estimated by the share of letters."""
    at = chunk.text.find(text)
    if chunk.place.box is None or at < 0:
        return Chunk(text, chunk.x0, chunk.top, chunk.x1, chunk.bottom, chunk.place)
    first, last = at / max(1, len(chunk.text)), (at + len(text)) / max(1, len(chunk.text))
    left, top, right, bottom = chunk.place.box
    place = dataclasses.replace(chunk.place, box=(left + first * (right - left), top, left + last * (right - left), bottom))
    wide = chunk.x1 - chunk.x0
    return Chunk(text, chunk.x0 + first * wide, chunk.top, chunk.x0 + last * wide, chunk.bottom, place)
