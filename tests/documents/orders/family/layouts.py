"""Layouts of broadcast orders as text pictures (layouts/*.txt): what people read in each, and the picture as a PDF.

A picture's columns and lines are places on the page; two spaces or more part what is drawn apart.
"""
import pathlib
import re
from dataclasses import dataclass

import typst

FOLDER = pathlib.Path(__file__).parent / "layouts"
WIDE, HIGH = 4.3, 9.6  # points a character and a line
PIECE = re.compile(r"\S+(?: \S+)*")
WORD = re.compile(r"\S+")


@dataclass(frozen=True, eq=False)
class Layout:
    """One document: {fact: what people read}, pages of lines, and how it is drawn."""

    name: str
    truth: dict[str, str]
    pages: tuple[tuple[str, ...], ...]
    turned: bool
    scanned: bool


def layouts() -> list[Layout]:
    """All of them, by name."""
    return [layout(path) for path in sorted(FOLDER.glob("*.txt"))]


def layout(path: pathlib.Path) -> Layout:
    """A picture read: `name: value` lines, a line of dashes, pages parted by lines of equal signs."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    said = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    drawn = said.pop("drawn", "")
    pages = tuple(tuple(page.splitlines()) for page in re.split(r"^====+\n", body, flags=re.MULTILINE))
    return Layout(path.stem, said, pages, "turned" in drawn, "scanned" in drawn)


def pdf(path: pathlib.Path, drawn: Layout) -> pathlib.Path:
    """The layout as a PDF with a text layer; a scan's words are drawn one by one, a turned page lies on its side."""
    columns = max(len(line) for page in drawn.pages for line in page)
    width, height = columns * WIDE + 60, max(len(page) for page in drawn.pages) * HIGH + 60
    paper = (height, width) if drawn.turned else (width, height)
    source = (f'#set page(width: {paper[0]}pt, height: {paper[1]}pt, margin: 0pt)\n'
              '#set text(font: "DejaVu Sans Mono", size: 7pt)\n')
    pages = ["\n".join(f"#place(dx: {x:.1f}pt, dy: {y:.1f}pt, {quoted(text)})" for x, y, text in pieces(page, drawn.scanned))
             for page in drawn.pages]
    if drawn.turned:
        pages = [f"#place(top + left, dx: {height}pt, rotate(90deg, origin: top + left, block(width: {width}pt, height: {height}pt, [{page}])))"
                 for page in pages]
    path.write_bytes(typst.compile((source + "\n#pagebreak()\n".join(pages)).encode()))
    return path


def pieces(page: tuple[str, ...], scanned: bool) -> list[tuple[float, float, str]]:
    """(x, y, text) of everything drawn by one string."""
    return [(30 + found.start() * WIDE, 30 + line * HIGH, found[0]) for line, text in enumerate(page)
            for found in (WORD if scanned else PIECE).finditer(text)]


def quoted(text: str) -> str:
    """A text as a typst string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
