"""Two revisions of an order on one paper: what was struck, what is new, and the money between them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.documents.charts import figures
from makegood.documents.papers import blocks as b
from makegood.documents.papers import comparing
from makegood.documents.written import parties


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One thing that differs, already in words; empty where there was nothing or is nothing any more."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class LineEdit:
    """A line that was "added", "cut" or "changed": how it reads, and what of it differs."""

    how: str
    number: int
    name: str
    edits: tuple[Edit, ...]
    delta: Decimal


@dataclass(frozen=True, kw_only=True)
class Redline:
    """Revision `before` against `after`. Deltas are after − before in `currency`; each line's gross delta adds up to `gross_delta`."""

    seller: parties.Seller
    number: str
    campaign: str
    advertiser: str
    before: int
    after: int
    dated: date
    currency: str
    terms: tuple[Edit, ...]
    lines: tuple[LineEdit, ...]
    clauses: tuple[Edit, ...]
    gross_delta: Decimal
    net_delta: Decimal
    net: Decimal


LONG = 80  # letters beyond which a reader looks for the words that changed
WORDS = {"added": "Added", "cut": "Cut", "changed": "Changed"}


def compose(doc: Redline) -> b.Paper:
    """The blocks of a redline. Struck words are struck through, new ones underlined: never told by colour alone."""
    title = f"{doc.number}: revision {doc.before} to {doc.after}"
    facts = (("Campaign", doc.campaign), ("Advertiser", doc.advertiser), ("Dated", figures.day(doc.dated)))
    found: list[b.Block] = [
        b.Head(parties.letterhead(doc.seller), "Changes", title, "Tax id"), b.Facts(tuple(pair for pair in facts if pair[1])),
        b.Table((("How to read it", "l", 1),), ((((b.Run("what is struck through no longer holds", "cut"), b.Run("   "), b.Run("what is underlined is new", "new")),),),)),
    ]  # fmt: skip
    if doc.terms:
        found += [b.Heading("Terms"), _edits(doc.terms)]
    if doc.lines:
        columns = (("#", "l", 0), ("Line", "l", 3), ("What changes", "l", 4), (f"Gross, {doc.currency}", "r", 0))
        found += [b.Heading("Lines"), b.Table(columns, tuple(_line(one, doc.currency) for one in doc.lines))]
    if doc.clauses:
        found += [b.Heading("Clauses"), _edits(doc.clauses)]
    if not (doc.terms or doc.lines or doc.clauses):
        found.append(b.Passage("", "", ("Nothing differs between these revisions.",)))
    deltas = (("Gross changes by", _delta(doc.gross_delta, doc.currency)), ("Net changes by", _delta(doc.net_delta, doc.currency)))
    found.append(b.Sums(deltas, f"Net of revision {doc.after}, {doc.currency}", figures.amount(doc.net, doc.currency)))
    return b.Paper(f"Changes {title}", doc.seller.name, f"Changes {title}", "en", doc.seller.paper, "Page", "of", tuple(found))


def _edits(edits: tuple[Edit, ...]) -> b.Table:
    return b.Table((("What", "l", 1), ("Before and after", "l", 3)), tuple((b.cell(one.what), (_runs(one),)) for one in edits))


def _line(one: LineEdit, currency: str) -> tuple[b.Cell, ...]:
    style = {"added": "new", "cut": "cut"}.get(one.how, "strong")
    changes = tuple((b.Run(f"{edit.what}: ", "small"), *_runs(edit)) for edit in one.edits)
    return (b.cell(str(one.number)), ((b.Run(one.name, style),), (b.Run(WORDS[one.how], "small"),)), changes, b.cell(_delta(one.delta, currency)))


def _runs(edit: Edit) -> tuple[b.Run, ...]:
    """Struck and underlined as a whole; long texts word by word."""
    if edit.before and edit.after and len(edit.before) > LONG:
        return tuple(b.Run(text, style) for style, text in comparing.changed(edit.before, edit.after))
    found = [b.Run(edit.before, "cut")] * bool(edit.before) + [b.Run(" ")] * bool(edit.before and edit.after) + [b.Run(edit.after, "new")] * bool(edit.after)
    return tuple(found) or (b.Run("–"),)


def _delta(value: Decimal, currency: str) -> str:
    written = figures.amount(value, currency)
    return f"+{written}" if value > 0 else written
