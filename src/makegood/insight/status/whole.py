"""Composing the leadership status: one document for page, print and slide, and what each row leads to."""

import dataclasses
import datetime
import zoneinfo

from makegood.billing import papers
from makegood.core import permissions, queries
from makegood.core.models import Person
from makegood.documents.written.leadership import LeadershipDocument
from makegood.insight.status import agreements, figures, money, promises, work


@dataclasses.dataclass(frozen=True)
class Status:
    """The document, and for its rows the records behind them: lines of the risks, subjects of the roadblocks, properties."""

    document: LeadershipDocument
    span: money.Span
    risk_lines: tuple[int, ...]
    blocks: tuple[work.Block, ...]
    properties: tuple[int, ...]


def compose(actor: Person, kind: str = "quarter", *, at: datetime.datetime) -> Status:
    """The status of the quarter (or "year") that holds `at`, in the seller's currency."""
    permissions.check(actor, "insight.leadership")
    own = queries.seller()
    local = at.astimezone(zoneinfo.ZoneInfo(own.zone))
    today, currency = local.date(), own.currency
    seen = money.of(money.span(kind, today), seller=own.name, currency=currency, today=today)
    kept = promises.of(seen.span.start, currency=currency, today=today)
    deals = agreements.of(today=today, at=at)
    late, resolved = work.cases(at=at)
    blocks = work.roadblocks(late, currency, at=at)
    document = LeadershipDocument(
        seller=papers.letterhead(own), headline=money.headline(seen, currency), subtitle=money.subtitle(seen, own.name, currency, today),
        currency=currency, as_of=local, revenue=seen.rows, stats=figures.of(actor, seen, kept, deals.ending, currency, at=at), at_risk=kept.risks,
        at_risk_total=kept.at_risk, roadblocks=tuple(block.row for block in blocks), wins=tuple(work.wins(deals.begun, kept, resolved, currency)),
        months=seen.months, months_finding=seen.months_finding, short=seen.short, short_finding=seen.short_finding,
    )  # fmt: skip
    return Status(document, seen.span, kept.lines, tuple(blocks), seen.properties)
