"""A deck built from blank 16:9 slides: titles, figures, tables and text in our look. No content of its own.

Inches in, python-pptx shapes out. The face is one every machine has, because decks travel without their fonts.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from makegood.documents.charts.palette import LIGHT

FACE = "Arial"
WIDTH, HEIGHT, GUTTER = 13.333, 7.5, 0.6
NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
BLANK_LAYOUT = 6
Box = tuple[float, float, float, float]


def colour(token: str) -> RGBColor:
    """A palette colour (#rrggbb) for a shape."""
    red, green, blue = bytes.fromhex(token.removeprefix("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


class Deck:
    """A presentation being built."""

    def __init__(self, *, title: str, author: str, made_at: datetime, foot: str) -> None:
        self._show = Presentation()
        self._show.slide_width, self._show.slide_height = Inches(WIDTH), Inches(HEIGHT)
        about = self._show.core_properties
        about.title, about.author, about.last_modified_by = title[:255], author[:255], author[:255]
        about.created = about.modified = made_at.replace(tzinfo=None)
        self._foot = foot

    def data(self) -> bytes:
        """The deck as PPTX."""
        out = io.BytesIO()
        self._show.save(out)
        return out.getvalue()

    def slide(self, title: str, subtitle: str = "") -> Any:
        """A blank slide with a finding as title, the foot and its page."""
        made = self._show.slides.add_slide(self._show.slide_layouts[BLANK_LAYOUT])
        block(made, (GUTTER, 0.5, 0.07, 0.5), LIGHT.brand)
        text(made, (GUTTER + 0.2, 0.42, WIDTH - 2 * GUTTER - 0.2, 0.66), title, size=24, bold=True, middle=True)
        if subtitle:
            text(made, (GUTTER + 0.2, 1.06, WIDTH - 2 * GUTTER - 0.2, 0.36), subtitle, size=13, ink=LIGHT.ink_2)
        rule(made, GUTTER, HEIGHT - 0.52, WIDTH - 2 * GUTTER)
        text(made, (GUTTER, HEIGHT - 0.46, 10, 0.28), self._foot, size=9, ink=LIGHT.muted)
        page = str(len(self._show.slides))
        text(made, (WIDTH - GUTTER - 1, HEIGHT - 0.46, 1, 0.28), page, size=9, ink=LIGHT.muted, right=True)
        return made


def text(
    slide: Any, box: Box, words: str, *, size: float = 12, bold: bool = False, ink: str = LIGHT.ink,
    right: bool = False, middle: bool = False,
) -> Any:  # fmt: skip
    """Words in a box without margins; line breaks become paragraphs."""
    frame = slide.shapes.add_textbox(*(Inches(edge) for edge in box)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    for at, line in enumerate(words.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        _write(paragraph, line, size=size, bold=bold, ink=ink, right=right)
        paragraph.space_after = Pt(size * 0.5)
    return frame


def block(slide: Any, box: Box, fill: str | None, edge: str | None = None) -> Any:
    """A rectangle, filled, outlined or both."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(side) for side in box))
    shape.shadow.inherit = False
    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(fill)
    if edge is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb, shape.line.width = colour(edge), Pt(1.25)
    return shape


def rule(slide: Any, x: float, y: float, width: float, ink: str = LIGHT.line) -> None:
    """A thin horizontal line."""
    block(slide, (x, y, width, 0.01), ink)


def stats(slide: Any, top: float, figures: Sequence[tuple[str, str, str]]) -> None:
    """Label, figure and comparison, side by side over the width."""
    wide = (WIDTH - 2 * GUTTER) / max(1, len(figures))
    for at, (label, figure, against) in enumerate(figures):
        x = GUTTER + at * wide
        text(slide, (x, top, wide - 0.15, 0.28), label, size=11, ink=LIGHT.muted)
        text(slide, (x, top + 0.28, wide - 0.15, 0.5), figure, size=24 if wide > 2 else 18, bold=True, middle=True)
        text(slide, (x, top + 0.82, wide - 0.15, 0.45), against, size=11, ink=LIGHT.ink_2)


def table(
    slide: Any, at: tuple[float, float], widths: Sequence[float], rows: Sequence[Sequence[str]], *,
    numbers_from: int = 1, total: bool = False, size: float = 11, row_height: float = 0.36,
) -> None:  # fmt: skip
    """A ruled native table: the first row is its header; columns from `numbers_from` stand right."""
    shape = slide.shapes.add_table(
        len(rows), len(widths), Inches(at[0]), Inches(at[1]), Inches(sum(widths)), Inches(row_height * len(rows))
    )
    grid = shape.table
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = NO_TABLE_STYLE
    grid.first_row = grid.horz_banding = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Inches(width)
    for down, row in enumerate(rows):
        grid.rows[down].height = Inches(row_height)
        head, last = down == 0, total and down == len(rows) - 1
        for across, words in enumerate(row):
            cell = grid.cell(down, across)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = Inches(0 if across == 0 else 0.08)
            cell.margin_right = Inches(0 if across == len(row) - 1 else 0.08)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            _write(cell.text_frame.paragraphs[0], words, size=size - 1 if head else size, bold=last,
                   ink=LIGHT.muted if head else LIGHT.ink, right=across >= numbers_from)  # fmt: skip
            edge = LIGHT.line_2 if head else LIGHT.line
            _underline(cell, LIGHT.ink if total and down == len(rows) - 2 else edge)


def _write(paragraph: Any, words: str, *, size: float, bold: bool, ink: str, right: bool) -> None:
    run = paragraph.add_run()
    run.text = words
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FACE
    run.font.color.rgb = colour(ink)


def _underline(cell: Any, ink: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = etree.SubElement(properties, qn("a:lnB"), w=str(Emu(Pt(0.75))))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=ink.removeprefix("#"))
