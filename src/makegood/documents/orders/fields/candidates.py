"""Values that may belong to a label: behind it in the same chunk, to its right, or below it in the same column.

How well each stands to its label; whether the text is a date or an amount is asked in `typed`.
"""
import re
from collections.abc import Iterator
from dataclasses import dataclass

from makegood.documents.orders.fields.hits import Hit
from makegood.documents.orders.fields.neighbours import Page
from makegood.documents.orders.leaf import Chunk, joined, part_of

INLINE, RIGHT, BELOW, BELOW_DESPITE_RIGHT = 1.0, 0.97, 0.9, 0.6
FAR_RIGHT = 30   # units of text height; beyond it every further unit costs
MOST_FAR = 0.25  # and no more than this
LONGEST_REMARK, AFTER_REMARK = 24, 0.05  # 'VAT 20%', 'Commission (15%)': the value may stand behind the remark
CODE_BEFORE_NAME, NEAR_CODE = re.compile(r"[A-Z0-9]{1,5}"), 8  # 'PFC  Preston for Congress'



@dataclass(frozen=True, slots=True)
class Candidate:
    """A text for a label, the chunks it came from and how well it stands to it (0 to 1)."""

    hit: Hit
    text: str
    chunk: Chunk
    fit: float
    relation: str


def of(page: Page, hit: Hit) -> Iterator[Candidate]:
    """Texts for one label, best placed first."""
    chunk = page.leaf.rows[hit.row][hit.column]
    label = part_of(chunk, hit.words) if page.shared(hit) else chunk
    if hit.rest:
        fit = INLINE if hit.marked else INLINE - 0.05 if hit.leading else INLINE - 0.2
        yield Candidate(hit, hit.rest, part_of(chunk, hit.rest), fit, "inline")
    beside = page.beside(hit.row, hit.column) if not page.inside(hit) else []
    if hit.rest and beside:
        whole = joined([part_of(chunk, hit.rest), *beside])
        yield Candidate(hit, whole.text, whole, RIGHT, "on")
    if hit.rest and (len(hit.rest) > LONGEST_REMARK or not hit.leading):
        return
    beside = page.in_columns(hit.row, beside)
    if beside:
        gap = 0.0 if page.aligned(hit.row, beside[0]) else max(0.0, beside[0].x0 - label.x1) / page.leaf.unit
        fit = RIGHT - AFTER_REMARK * bool(hit.rest) - min(MOST_FAR, max(0.0, gap - FAR_RIGHT) * 0.01)
        yield Candidate(hit, beside[0].text, beside[0], fit, "right")
        if len(beside) > 1 and CODE_BEFORE_NAME.fullmatch(beside[0].text) and beside[1].x0 - beside[0].x1 < NEAR_CODE * page.leaf.unit:
            yield Candidate(hit, beside[1].text, beside[1], fit + 0.01, "coded")
        if len(beside) > 1:
            whole = joined(beside)
            yield Candidate(hit, whole.text, whole, fit - 0.02, "row")
    if any(letter.isdigit() for letter in hit.rest) or names_a_party(hit):
        return
    fit = (BELOW_DESPITE_RIGHT if beside else BELOW) - AFTER_REMARK * bool(hit.rest)
    for below in page.below(hit.row, label):
        yield Candidate(hit, below.text, below, fit, "below")
        part = page.under(label, below)
        if part is not None:
            yield Candidate(hit, part.text, part, fit + 0.01, "under")
    for first in page.block(hit.row, label):
        yield Candidate(hit, first.text, first, BELOW, "block")


def names_a_party(hit: Hit) -> bool:
    """Whether the words behind a label can be its value; a date, amount or number would have figures."""
    return bool(hit.rest) and any(meaning.kind in {"name", "block", "reference", "serial"} for meaning in hit.meanings)
