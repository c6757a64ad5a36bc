"""The leadership status as one slide: a native stacked chart of revenue, figures, and three columns of words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from makegood.documents.charts import figures
from makegood.documents.charts.palette import LIGHT
from makegood.documents.charts.revenue import MILLION, STATES
from makegood.documents.written import slide_charts, slides
from makegood.documents.written.leadership.document import LeadershipDocument
from makegood.documents.written.leadership.pages import STATE_WORDS
from makegood.documents.written.slides import GUTTER, WIDTH, Deck

WIDE = WIDTH - 2 * GUTTER
Lines = list[tuple[str, str]]


def pptx(doc: LeadershipDocument) -> bytes:
    """The status as PPTX with one slide."""
    foot = f"{doc.seller.name}. As of {figures.moment(doc.as_of)}"
    deck = Deck(title=doc.headline, author=doc.seller.name, made_at=doc.as_of, foot=foot)
    slide = deck.slide(doc.headline, doc.subtitle)
    rows = list(reversed(doc.revenue))
    series: list[tuple[str, Sequence[float], str | None]] = [
        (state, [_millions(row.amounts[at]) for row in rows], shade)
        for at, (state, (shade, _)) in enumerate(zip(STATES, LIGHT.sequence(), strict=True))
    ]
    series.append(("gap", [_millions(row.gap) for row in rows], None))
    slide_charts.stacked(slide, (GUTTER - 0.1, 1.42, WIDE - 1.5, 1.75), [row.name for row in rows], series)
    for at, row in enumerate(doc.revenue):
        box = (WIDTH - GUTTER - 1.9, 1.47 + at * 1.42 / len(doc.revenue), 1.9, 1.42 / len(doc.revenue))
        said = f"{_millions(row.seen):.2f} of {_millions(row.goal):.2f}M, {figures.share(row.seen, row.goal)}"
        slides.text(slide, box, said, size=10.5, bold=at == 0, right=True, middle=True)
    slides.rule(slide, GUTTER, 3.3, WIDE)
    slides.stats(slide, 3.38, [(one.label, one.figure, one.against) for one in doc.stats[:7]])
    slides.rule(slide, GUTTER, 4.6, WIDE)
    third = WIDE / 3
    risks = [
        (f"{row.client}, {figures.money(row.at_risk, doc.currency, 0)}",
         f"{STATE_WORDS[row.state]}. {row.owner}, {row.due}. {row.cause}") for row in doc.at_risk[:4]
    ]  # fmt: skip
    blocks = [(one.title, f"{one.owner}, {one.due}. {one.detail}") for one in doc.roadblocks[:4]]
    wins = [(one.title, one.detail) for one in doc.wins[:4]]
    total = figures.money(doc.at_risk_total, doc.currency, 0)
    _column(slide, GUTTER, third - 0.3, f"Promises at risk, {total}", risks or [("No promise is at risk", "")])
    _column(slide, GUTTER + third, third - 0.3, "Roadblocks", blocks or [("Nothing waits for a decision", "")])
    _column(slide, GUTTER + 2 * third, third, "Wins", wins)
    return deck.data()


def _column(slide: Any, x: float, width: float, title: str, lines: Lines) -> None:
    slides.text(slide, (x, 4.7, width, 0.28), title, size=13, bold=True)
    for at, (head, detail) in enumerate(lines):
        top = 5.04 + at * 0.48
        slides.text(slide, (x, top, width, 0.22), figures.short(head, 50), size=10.5, bold=True)
        slides.text(slide, (x, top + 0.2, width, 0.22), figures.short(detail, 62), size=9, ink=LIGHT.ink_2)


def _millions(amount: Decimal) -> float:
    return float(amount / MILLION)
