"""What papers are made of: blocks in their order, every word and figure already written out. No typesetting here."""

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Run:
    """Words in one style: "", "small", "strong", "cut" (struck through) or "new" (underlined)."""

    text: str
    style: str = ""


Cell = tuple[tuple[Run, ...], ...]
"""Lines of runs, one under another."""


@dataclass(frozen=True)
class Head:
    """Whose paper it is, what it is and its number."""

    seller: dict[str, object]
    title: str
    number: str
    tax_label: str


@dataclass(frozen=True)
class Sides:
    """The parties beside one another, and facts about the whole."""

    parties: tuple[tuple[str, dict[str, object]], ...]
    facts: Pairs
    tax_label: str


@dataclass(frozen=True)
class Heading:
    """Begins a part."""

    text: str
    fresh_page: bool = False


@dataclass(frozen=True)
class Table:
    """Columns are (label, "l" or "r", share of the width, 0 for as wide as needed); the header stands on every page."""

    columns: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Sums:
    """Sums under a table, the last one bold."""

    rows: Pairs
    label: str
    total: str


@dataclass(frozen=True)
class Facts:
    """Labels with values."""

    rows: Pairs


@dataclass(frozen=True)
class Passage:
    """A clause or condition: its number (may be empty), title (may be empty) and paragraphs."""

    number: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where one side signs or has signed; `hashes` are (label, hexadecimal)."""

    party: str
    name: str
    title: str
    signed: str
    hashes: Pairs


@dataclass(frozen=True)
class Places:
    """The signature block."""

    heading: str
    blank: str
    sides: tuple[Place, ...]


Block = Head | Sides | Heading | Table | Sums | Facts | Passage | Places


@dataclass(frozen=True)
class Paper:
    """A whole paper. `reference` and `sender` stand at the foot of every page with "`page` 1 `of` 2"."""

    title: str
    sender: str
    reference: str
    language: str
    size: str
    page: str
    of: str
    blocks: tuple[Block, ...]


def cell(text: str, under: str = "") -> Cell:
    """A line, and a small one under it when there is one."""
    return ((Run(text),), *([(Run(under, "small"),)] if under else []))
