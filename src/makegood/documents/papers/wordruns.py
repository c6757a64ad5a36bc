"""Words, cells and fields of a Word document: what blocks are drawn with."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from makegood.documents.papers import blocks as b

MUTED, RED, GREEN = RGBColor(0x5F, 0x6C, 0x78), RGBColor(0xB0, 0x31, 0x1D), RGBColor(0x1F, 0x70, 0x39)
BEFORE_TRACKING = ("writeProtection", "view", "zoom", "proofState")
"""What stands before it in settings, in the order Word's schema asks for (ECMA-376, 17.15.1.78)."""


def track(document: Any) -> None:
    """Word tracks every change from the first key on."""
    settings = document.settings.element
    at = sum(1 for one in settings if one.tag.rpartition("}")[2] in BEFORE_TRACKING)
    settings.insert(at, OxmlElement("w:trackRevisions"))


def fill(cell: Any, lines: b.Cell, *, right: bool = False) -> None:
    """Put the lines of a cell into one of Word's."""
    for number, runs in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in runs:
            write(paragraph, run)


def line(document: Any, run: b.Run, *, right: bool = False) -> None:
    """A paragraph of one run."""
    paragraph = document.add_paragraph()
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    write(paragraph, run)


def write(paragraph: Any, run: b.Run) -> None:
    """Add a run in its style."""
    made = paragraph.add_run(plain(run.text))
    if run.style == "small":
        made.font.size, made.font.color.rgb = Pt(7.5), MUTED
    made.bold = True if run.style == "strong" else None
    if run.style == "cut":
        made.font.strike, made.font.color.rgb = True, RED
    if run.style == "new":
        made.underline, made.font.color.rgb = True, GREEN


def repeat(row: Any) -> None:
    """Word repeats this row on top of every page the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def field(paragraph: Any, instruction: str) -> None:
    """A figure Word works out, like PAGE."""
    made = OxmlElement("w:fldSimple")
    made.set(qn("w:instr"), instruction)
    paragraph._p.append(made)


def plain(text: str) -> str:
    """Without the control characters XML cannot hold."""
    return "".join(one for one in text if one in "\t\n" or (ord(one) >= 0x20 and not 0xD800 <= ord(one) <= 0xDFFF and ord(one) not in (0xFFFE, 0xFFFF)))
