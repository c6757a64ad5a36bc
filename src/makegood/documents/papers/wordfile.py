"""Blocks as a Word document that a client can edit with changes tracked: real headings, tables with repeated headers."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import docx
from docx.shared import Mm, Pt

from makegood.documents.papers import blocks as b
from makegood.documents.papers import wordruns

SIZES = {"us-letter": (Mm(215.9), Mm(279.4)), "a4": (Mm(210), Mm(297))}


def _document(paper: b.Paper, dated: date) -> Any:
    """The document, not yet bytes."""
    document = docx.Document()
    wordruns.track(document)
    _page(document, paper)
    moment = datetime(dated.year, dated.month, dated.day)
    core = document.core_properties
    core.title, core.author, core.created, core.modified, core.last_modified_by = wordruns.plain(paper.title)[:255], wordruns.plain(paper.sender)[:255], moment, moment, ""
    for block in paper.blocks:
        _DRAWS[type(block)](document, block)
    return document


def written(paper: b.Paper, dated: date) -> bytes:
    """The same blocks give the same bytes: no clock is written into the archive."""
    raw, out = io.BytesIO(), io.BytesIO()
    _document(paper, dated).save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            fixed.writestr(zipfile.ZipInfo(name, datetime(1980, 1, 1, tzinfo=UTC).timetuple()[:6]), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _page(document: Any, paper: b.Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = SIZES.get(paper.size, SIZES["us-letter"])
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin, section.bottom_margin = Mm(16), Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.space_after = "Arial", Pt(9), Pt(4)
    foot = section.footer.paragraphs[0]
    wordruns.write(foot, b.Run(f"{paper.sender}   {paper.reference}   {paper.page} ", "small"))
    for instruction, after in (("PAGE", f" {paper.of} "), ("NUMPAGES", "")):
        wordruns.field(foot, instruction)
        wordruns.write(foot, b.Run(after, "small"))


def _head(document: Any, block: b.Head) -> None:
    seller: dict[str, Any] = block.seller
    wordruns.line(document, b.Run(seller["name"], "strong"))
    wordruns.line(document, b.Run(", ".join(seller["lines"]), "small"))
    wordruns.line(document, b.Run("   ".join([*seller["reach"], *([f"{block.tax_label} {seller['tax']}"] if seller["tax"] else [])]), "small"))
    document.add_heading(wordruns.plain(block.title), level=1)
    wordruns.line(document, b.Run(block.number))


def _sides(document: Any, block: b.Sides) -> None:
    table = document.add_table(rows=1, cols=len(block.parties) + 1)
    for at, (label, party) in enumerate(block.parties):
        rows: dict[str, Any] = party
        tax = [f"{block.tax_label} {rows['tax']}"] if rows["tax"] else []
        runs = [b.Run(label, "small"), b.Run(rows["name"], "strong"), *(b.Run(one) for one in rows["lines"]), *(b.Run(one, "small") for one in tax)]
        wordruns.fill(table.cell(0, at), tuple((run,) for run in runs))
    wordruns.fill(table.cell(0, len(block.parties)), tuple((b.Run(f"{label}: ", "small"), b.Run(value)) for label, value in block.facts))


def _heading(document: Any, block: b.Heading) -> None:
    if block.fresh_page:
        document.add_page_break()
    document.add_heading(wordruns.plain(block.text), level=2)


def _table(document: Any, block: b.Table) -> None:
    table = document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    for at, (label, side, _) in enumerate(block.columns):
        wordruns.fill(table.rows[0].cells[at], ((b.Run(label, "strong"),),), right=side == "r")
    wordruns.repeat(table.rows[0])
    for row in block.rows:
        cells = table.add_row().cells
        for at, cell in enumerate(row):
            wordruns.fill(cells[at], cell, right=block.columns[at][1] == "r")


def _sums(document: Any, block: b.Sums) -> None:
    for label, value in block.rows:
        wordruns.line(document, b.Run(f"{label}   {value}"), right=True)
    wordruns.line(document, b.Run(f"{block.label}   {block.total}", "strong"), right=True)


def _facts(document: Any, block: b.Facts) -> None:
    for label, value in block.rows:
        paragraph = document.add_paragraph()
        wordruns.write(paragraph, b.Run(f"{label}: ", "small"))
        wordruns.write(paragraph, b.Run(value))


def _passage(document: Any, block: b.Passage) -> None:
    if block.title:
        document.add_heading(wordruns.plain(f"{block.number} {block.title}".strip()), level=3)
    for text in block.paragraphs:
        wordruns.line(document, b.Run(text))


def _places(document: Any, block: b.Places) -> None:
    document.add_heading(wordruns.plain(block.heading), level=2)
    table = document.add_table(rows=1, cols=len(block.sides))
    for at, one in enumerate(block.sides):
        runs = [b.Run(one.party, "small"), b.Run(one.name or "_" * 28, "strong"), b.Run(one.signed or block.blank, "small")]
        runs += [b.Run(one.title, "small")] if one.title else []
        wordruns.fill(table.cell(0, at), tuple((run,) for run in [*runs, *(b.Run(f"{label} {value}", "small") for label, value in one.hashes)]))


_DRAWS: dict[type, Callable[[Any, Any], None]] = {
    b.Head: _head, b.Sides: _sides, b.Heading: _heading, b.Table: _table, b.Sums: _sums, b.Facts: _facts, b.Passage: _passage, b.Places: _places,
}  # fmt: skip
