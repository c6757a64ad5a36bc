"""Values that may belong to a label: behind it in the same chunk, to its right, or below it in the same column.

Geometry only; whether the text is a date or an amount is asked in `typed`.
"""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from makegood.documents.orders.fields.hits import Hit
from makegood.documents.orders.leaf import Chunk, Leaf, joined, part_of
from makegood.documents.orders.lexicon import mending

INLINE, RIGHT, BELOW, BELOW_DESPITE_RIGHT = 1.0, 0.97, 0.9, 0.6
FAR_RIGHT = 30   # units of text height; beyond it every further unit costs
MOST_FAR = 0.25  # and no more than this
LONGEST_REMARK, AFTER_REMARK = 24, 0.05  # 'VAT 20%', 'Commission (15%)': the value may stand behind the remark
WIDEST_INDENT, DEEPEST_BLOCK = 14, 6
CODE_BEFORE_NAME, NEAR_CODE = re.compile(r"[A-Z0-9]{1,5}"), 8  # 'PFC  Preston for Congress'
DEEPEST = 2.4    # units between a label and the value under it


Span = tuple[int, float, float]  # the header's row, left and right edge of a column


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text for a label, the chunks it came from and how well it stands to it (0 to 1)."""

    hit: Hit
    text: str
    chunk: Chunk
    fit: float
    relation: str


class Page:
    """A leaf with its labels indexed, so that neighbours can be asked whether they are labels."""

    def __init__(self, leaf: Leaf, found: list[Hit], amounts: Sequence[Span] = ()) -> None:
        self.leaf = leaf
        self.amounts = amounts
        self.hits = found
        self.leads = {(hit.row, hit.column): hit for hit in found if hit.leading}

    def is_label(self, row: int, column: int) -> bool:
        """A chunk that opens with a label: nothing before it reads on into it."""
        lead = self.leads.get((row, column))
        if lead is not None and (lead.marked or not lead.rest):
            return True
        return mending.nearly_label(self.leaf.rows[row][column].text) is not None

    def candidates(self, hit: Hit) -> Iterator[Candidate]:
        """Texts for one label, best placed first."""
        chunk = self.leaf.rows[hit.row][hit.column]
        label = part_of(chunk, hit.words) if self.shared(hit) else chunk
        if hit.rest:
            fit = INLINE if hit.marked else INLINE - 0.05 if hit.leading else INLINE - 0.2
            yield Candidate(hit, hit.rest, part_of(chunk, hit.rest), fit, "inline")
            if len(hit.rest) > LONGEST_REMARK or not hit.leading:
                return
        beside = self.beside(hit.row, hit.column) if not self.inside(hit) else []
        beside = self.in_columns(hit.row, beside)
        if beside:
            gap = 0.0 if self.aligned(hit.row, beside[0]) else max(0.0, beside[0].x0 - label.x1) / self.leaf.unit
            fit = RIGHT - AFTER_REMARK * bool(hit.rest) - min(MOST_FAR, max(0.0, gap - FAR_RIGHT) * 0.01)
            yield Candidate(hit, beside[0].text, beside[0], fit, "right")
            if len(beside) > 1 and CODE_BEFORE_NAME.fullmatch(beside[0].text) and beside[1].x0 - beside[0].x1 < NEAR_CODE * self.leaf.unit:
                yield Candidate(hit, beside[1].text, beside[1], fit + 0.01, "coded")
            if len(beside) > 1:
                whole = joined(beside)
                yield Candidate(hit, whole.text, whole, fit - 0.02, "row")
        if any(letter.isdigit() for letter in hit.rest) or self.names_a_party(hit):
            return
        fit = (BELOW_DESPITE_RIGHT if beside else BELOW) - AFTER_REMARK * bool(hit.rest)
        for below in self.below(hit.row, label):
            yield Candidate(hit, below.text, below, fit, "below")
        for first in self.block(hit.row, label):
            yield Candidate(hit, first.text, first, BELOW, "block")

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

    def names_a_party(self, hit: Hit) -> bool:
        """Whether the words behind a label can be its value; a date, amount or number would have figures."""
        return bool(hit.rest) and any(meaning.kind in {"name", "block", "reference"} for meaning in hit.meanings)

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
            if any(letter.isalnum() for letter in row[index].text):
                found.append(row[index])
        return found

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
            found = [row[under[0]]]
            for column in range(under[0] + 1, len(row)):
                if row[column].x0 - found[-1].x1 > 1.5 * unit or self.is_label(index, column):
                    break
                found.append(row[column])
            return [found[0]] if len(found) == 1 else [found[0], joined(found)]
        return []

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
