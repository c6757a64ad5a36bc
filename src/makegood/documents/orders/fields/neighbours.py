"""Texts near a label: to its right up to the next label, below it in its column, an address under it.

Geometry only; how well a text stands to its label is said in `candidates`.
"""
import re
from collections.abc import Sequence

from makegood.documents.orders.fields.hits import Hit
from makegood.documents.orders.leaf import Chunk, Leaf, joined, part_of
from makegood.documents.orders.lexicon import mending

WIDEST_INDENT, DEEPEST_BLOCK = 14, 6
UNKNOWN_LABEL = re.compile(r"[A-Za-z][A-Za-z.#/&-]*(?: [A-Za-z.#/&-]+){0,3} ?:")
OVERHANG = 3.0   # units a text may begin left of its label; beyond, its first words are another column's
DEEPEST = 2.4    # units between a label and the value under it

Span = tuple[int, float, float]  # the header's row, left and right edge of a column


class Page:
    """A leaf with its labels indexed, so that neighbours can be asked whether they are labels."""

    def __init__(self, leaf: Leaf, found: list[Hit], amounts: Sequence[Span] = ()) -> None:
        self.leaf = leaf
        self.amounts = amounts
        self.hits = found
        self.cuts = {(hit.row, hit.column): hit.start for hit in reversed(found) if not hit.leading}
        self.leads = {(hit.row, hit.column): hit for hit in found if hit.leading}

    def is_label(self, row: int, column: int) -> bool:
        """A chunk that opens with a label: nothing before it reads on into it. A few words closed by a colon are one, known or not."""
        if UNKNOWN_LABEL.fullmatch(self.leaf.rows[row][column].text):
            return True
        lead = self.leads.get((row, column))
        if lead is not None and (lead.marked or not lead.rest):
            return True
        return mending.nearly_label(self.leaf.rows[row][column].text) is not None

    def in_columns(self, row_index: int, beside: list[Chunk]) -> list[Chunk]:
        """Of several figures beside a label under a table, those in its columns of amounts (a total row)."""
        found = [chunk for chunk in beside if self.aligned(row_index, chunk)]
        return found if len(beside) > 1 and found else beside

    def aligned(self, row_index: int, chunk: Chunk) -> bool:
        """Whether the chunk stands under the header of a column of amounts."""
        return any(first < row_index and chunk.x0 < x1 and x0 < chunk.x1 for first, x0, x1 in self.amounts)

    def shared(self, hit: Hit) -> bool:
        """Whether other labels stand in the same chunk."""
        return any(other is not hit and (other.row, other.column) == (hit.row, hit.column) for other in self.hits)

    def inside(self, hit: Hit) -> bool:
        """Another label follows in the same chunk, so what stands right of the chunk is the other one's."""
        return any(other.row == hit.row and other.column == hit.column and other.start > hit.start for other in self.hits)

    def beside(self, row_index: int, column: int) -> list[Chunk]:
        """Chunks to the right up to the next label; a bare 'Name:' between label and value is stepped over."""
        row, found = self.leaf.rows[row_index], []
        for index in range(column + 1, len(row)):
            lead = self.leads.get((row_index, index))
            if lead is not None and index == column + 1 and any(meaning.name == "stop" for meaning in lead.meanings) \
                    and row[index].text.strip(" :").casefold() == "name":
                continue
            if self.is_label(row_index, index):
                break
            value = self.value(row_index, index)
            if any(letter.isalnum() for letter in value.text):
                found.append(value)
            if value is not row[index]:
                break
        return found

    def value(self, row: int, column: int) -> Chunk:
        """A chunk up to the next label in it, which has a value of its own."""
        chunk = self.leaf.rows[row][column]
        cut = self.cuts.get((row, column))
        return chunk if cut is None else part_of(chunk, chunk.text[:cut].rstrip())

    def below(self, row_index: int, label: Chunk) -> list[Chunk]:
        """The nearest text under the label in its column, unless that is a label itself."""
        unit = self.leaf.unit
        for index in range(row_index + 1, min(row_index + 4, len(self.leaf.rows))):
            row = self.leaf.rows[index]
            under = [column for column, chunk in enumerate(row) if beneath(label, chunk, unit)]
            if not under:
                continue
            if self.is_label(index, under[0]):
                return []
            found = [self.value(index, under[0])]
            if found[0] is not row[under[0]]:
                return found
            for column in range(under[0] + 1, len(row)):
                if row[column].x0 - found[-1].x1 > 1.5 * unit or self.is_label(index, column):
                    break
                found.append(row[column])
            return [found[0]] if len(found) == 1 else [found[0], joined(found)]
        return []

    def under(self, label: Chunk, chunk: Chunk) -> Chunk | None:
        """The words of a text that stand under the label, where the text begins far to the left of it."""
        if chunk.x0 > label.x0 - OVERHANG * self.leaf.unit or not chunk.text:
            return None
        at = round((label.x0 - self.leaf.unit - chunk.x0) / (chunk.x1 - chunk.x0) * len(chunk.text))
        start = chunk.text.rfind(" ", 0, max(0, at) + 1) + 1
        return part_of(chunk, chunk.text[start:]) if 0 < start < len(chunk.text) else None

    def block(self, row_index: int, label: Chunk) -> list[Chunk]:
        """The first line of an address under a label, indented or not."""
        unit = self.leaf.unit
        for row in self.leaf.rows[row_index + 1:row_index + 8]:
            for chunk in row:
                near = label.x0 - unit <= chunk.x0 <= label.x0 + WIDEST_INDENT * unit
                if near and 0 < chunk.top - label.top <= DEEPEST_BLOCK * unit and any(letter.isalpha() for letter in chunk.text):
                    return [chunk]
        return []


def beneath(label: Chunk, chunk: Chunk, unit: float) -> bool:
    """Whether the chunk stands just under the label, overlapping it or starting where it starts."""
    if not 0 < chunk.top + chunk.height / 2 - label.bottom + unit / 4 <= DEEPEST * unit:
        return False
    return chunk.x0 < label.x1 + unit / 2 and chunk.x1 > label.x0 - unit / 2
