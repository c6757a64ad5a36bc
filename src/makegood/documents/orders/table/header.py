"""Which row is the header of a table of lines, and where its columns stand.

Scores header words from columns.toml; rows under it are read in `rows`.
"""
import functools
from dataclasses import dataclass

from makegood.documents.orders import lexicon
from makegood.documents.orders.leaf import Chunk, Leaf, Row

FEWEST = 3         # different known columns that make a header
NEAR = 1.9         # rows of one header are no farther apart than this many text heights
WORTH = {"amount", "rate", "quantity", "spots_per_week"}  # one of these is in every table of lines


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the fact it holds, its header words, the interval it covers."""

    name: str
    kind: str
    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its rows on the leaf and its columns from left to right."""

    leaf: int
    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def signature(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.name != "other")

    @property
    def names(self) -> set[str]:
        return {column.name for column in self.columns}


def headers(leaf: Leaf) -> list[Header]:
    """Headers on the leaf from top to bottom; two rows set close together are read as one where that knows more."""
    found: list[Header] = []
    for index, row in enumerate(leaf.rows):
        best = columns_of((row,))
        first = index
        if index and close(leaf, index):
            both = columns_of((leaf.rows[index - 1], row))
            if header_like(best) + header_like(both) and known(both) > known(best):
                best, first = both, index - 1
        if not header_like(best):
            continue
        header = Header(leaf.number, first, index, tuple(best))
        if found and found[-1].last >= first:
            if known(found[-1].columns) >= known(best):
                continue
            found.pop()
        found.append(header)
    return found


def close(leaf: Leaf, index: int) -> bool:
    """Whether a row is set right under the one before."""
    above, row = leaf.rows[index - 1], leaf.rows[index]
    return min(chunk.top for chunk in row) - min(chunk.top for chunk in above) <= NEAR * leaf.unit


def known(columns: list[Column] | tuple[Column, ...]) -> int:
    """How many different facts the columns hold; weekdays count once."""
    return len({column.name for column in columns} - {"other", "unknown"})


def header_like(columns: list[Column]) -> bool:
    """Enough different known columns, one of them of worth, and most of the row understood."""
    names = {column.name for column in columns}
    strange = sum(column.name == "unknown" for column in columns)
    return known(columns) >= FEWEST and bool(names & WORTH) and strange <= len(columns) / 2


def columns_of(rows: tuple[Row, ...]) -> list[Column]:
    """Columns of a header given as one row or two; texts above each other are joined before they are looked up."""
    pieces: list[Chunk] = [chunk for chunk in rows[-1] if chunk.native is None]
    above = [chunk for row in rows[:-1] for chunk in row if chunk.native is None]
    columns: list[Column] = []
    for chunk in pieces:
        over = [other for other in above if other.x0 < chunk.x1 and chunk.x0 < other.x1]
        text = " ".join([*(other.text for other in over), chunk.text])
        whole = lookup(text) if over else None
        if whole:
            columns.append(Column(*whole, text, min(chunk.x0, *(o.x0 for o in over)), max(chunk.x1, *(o.x1 for o in over))))
        else:
            columns += split(chunk)
    used = list(columns)
    for chunk in above:
        if not any(column.x0 < chunk.x1 and chunk.x0 < column.x1 for column in used):
            columns += split(chunk)
    return sorted(columns, key=lambda column: column.x0)


@functools.lru_cache(maxsize=8192)
def lookup(text: str) -> tuple[str, str] | None:
    """(fact, kind) of header words read as a whole, with anything in brackets left out if need be."""
    for form in (text, text.split("(")[0], text.split("[")[0], text.replace("*", "")):
        words = tuple(token.word for token in lexicon.tokens(form))
        meanings = lexicon.columns().get(words)
        if meanings:
            best = max(meanings, key=lambda meaning: meaning.weight)
            return best.name, best.kind
        bare = tuple(word for word in words if word not in {"in", "usd", "eur", "gbp", "chf", "$", "€", "£", "net", "(net)"})
        if bare and bare in lexicon.columns():
            best = lexicon.columns()[bare][0]
            return best.name, best.kind
    return None


def split(chunk: Chunk) -> list[Column]:
    """A chunk as one column, or as several where it holds several header words one after another."""
    whole = lookup(chunk.text)
    if whole:
        return [Column(*whole, chunk.text, chunk.x0, chunk.x1)]
    tokens = lexicon.tokens(chunk.text)
    spans = lexicon.spans(tokens, lexicon.columns())
    if not spans or sum(last - first for first, last, _ in spans) < len(tokens) or len(spans) < 2:
        return [Column("unknown", "text", chunk.text, chunk.x0, chunk.x1)]
    wide = (chunk.x1 - chunk.x0) / max(1, len(chunk.text))
    return [Column(meanings[0].name, meanings[0].kind, chunk.text[tokens[first].start:tokens[last - 1].end],
                   chunk.x0 + wide * tokens[first].start, chunk.x0 + wide * tokens[last - 1].end)
            for first, last, meanings in spans]
