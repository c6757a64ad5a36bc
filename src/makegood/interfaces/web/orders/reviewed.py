"""What the review page places: figures of the head, approvals with their stages, clauses beside ours. Computes no rule."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from makegood.accounts.exclusivity import Kept
from makegood.core.models import Person
from makegood.insight.review import LineFacts, ReviewPage
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.orders import asked as plain
from makegood.orders.availability import Avails
from makegood.orders.models import Line, OrderTerms
from makegood.orders.protected import Card
from makegood.orders.queries import steps
from makegood.work import queries as work
from makegood.work.approving import kinds
from makegood.work.models import Approval, Vote

TONE = {"same": "ok", "reworded": "watch", "figure": "watch", "missing": "risk", "added": "risk"}
WORD = {"same": "The same", "reworded": "Reworded", "figure": "Other figure", "missing": "Missing", "added": "Added by them"}
HEAVY = 6


@dataclasses.dataclass(frozen=True)
class Asked:
    """An approval: facts in words, its stages with where it is, who said what, and whether this person may decide it now."""

    approval: Approval
    kind: str
    facts: list[tuple[str, str]]
    course: list[tuple[str, str]]
    votes: list[Vote]
    may: bool
    needs: str

    @classmethod
    def of(cls, one: Approval, actor: Person, at: datetime.datetime) -> "Asked":
        """As `actor` sees it at a moment."""
        pending = one.status == "pending"
        seen = plain.Asked.of(one, actor, at)
        stages = work.course(one) if pending else []
        where = [("done" if n < one.stage else "now" if n == one.stage else "then", words) for n, words in enumerate(stages)]
        votes = sorted(one.votes.all(), key=lambda vote: vote.pk) if pending else []
        return cls(one, kinds.title(one.kind), seen.facts, where, votes, pending and not seen.needs, seen.needs or steps.who(one))


@dataclasses.dataclass(frozen=True)
class ClauseRow:
    """A clause of the comparison: what it is, its weight as tone, both wordings as stretches, its figures."""

    title: str
    word: str
    tone: str
    points: int
    says: str
    where: str
    stretches: list[dict[str, Any]]
    ours: str
    theirs: str
    figures: list[dict[str, Any]]


@dataclasses.dataclass(frozen=True)
class TermsView:
    """The newest terms: the differing clauses first, those that are the same counted."""

    record: OrderTerms
    points: int
    differing: list[ClauseRow]
    same: int


def terms(record: OrderTerms | None) -> TermsView | None:
    """The comparison as the page shows it; None where nothing was received."""
    if record is None:
        return None
    rows = [_row(one) for one in record.compared["clauses"]]
    differing = sorted((row for row in rows if row.word != WORD["same"]), key=lambda row: -row.points)
    return TermsView(record, record.compared["points"], differing, len(rows) - len(differing))


def _row(one: dict[str, Any]) -> ClauseRow:
    tone = "risk" if one["points"] >= HEAVY else TONE[one["status"]] if one["points"] else "mu"
    figures = [figure | {"ours": _figure(figure, "ours"), "theirs": _figure(figure, "theirs")} for figure in one["figures"]]
    return ClauseRow(one["title"], WORD[one["status"]], tone, one["points"], one["says"], ", ".join(one["where"]), one["stretches"], one["ours"], one["theirs"], figures)


def _figure(figure: dict[str, Any], side: str) -> str:
    return "none" if figure[side] is None else f"{figure[side]} {'' if figure['unit'] == 'money' else figure['unit']}".strip()


@dataclasses.dataclass(frozen=True)
class LineRow:
    """A line with its rates as text, whole cents at least."""

    line: Line
    card: Card | None
    rate: str
    card_rate: str
    floor: str
    discount_pct: Decimal | None
    below_floor: bool
    margin_pct: Decimal | None
    avails: Avails | None
    kept: tuple[Kept, ...]

    @classmethod
    def of(cls, one: LineFacts) -> "LineRow":
        """As placed."""
        card = _rate(one.line.card_rate) if one.line.card_rate is not None else ""
        floor = _rate(one.card.floor) if one.card else ""
        return cls(one.line, one.card, _rate(one.line.rate), card, floor, one.discount_pct, one.below_floor, one.margin_pct, one.avails, one.kept)


def _rate(value: Decimal) -> str:
    """Two decimals, more only where they say something."""
    plain = f"{value.normalize():f}"
    return f"{value:.2f}" if len(plain.partition(".")[2]) <= 2 else plain


def stats(seen: ReviewPage) -> list[c.Stat | None]:
    """Money, margin, discount, what is short, what fires."""
    order = seen.order
    deepest = max((one.discount_pct for one in seen.lines if one.discount_pct is not None), default=None)
    short = sum(1 for one in seen.lines if one.avails and one.avails.short)
    fired = [one for one in seen.would if one.rule]
    return [
        c.Stat("Gross", formats.money(order.gross, order.currency, decimals=0), f"net {formats.money(order.net, order.currency, decimals=0)}"),
        c.Stat("Margin", "–" if seen.margin_pct is None else f"{seen.margin_pct}{formats.SPACE}%", "no cost is known" if seen.margin_pct is None else "of net"),
        c.Stat("Deepest discount", "–" if deepest is None else f"{deepest:.1f}{formats.SPACE}%", "off the card"),
        None,
        c.Stat("Short", str(short), f"of {len(seen.lines)} lines", tone="risk" if short else ""),
        c.Stat("Terms", str(seen.terms.compared["points"]) if seen.terms else "–", "points unlike our paper" if seen.terms else "our paper"),
        c.Stat("Rules that fire", str(len(fired)), "of " + str(len(seen.would)) + " measured", tone="watch" if fired else ""),
    ]
