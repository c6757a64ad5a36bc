"""What stands in the way, each with one owner and one date; and what went well. From cases, tasks, approvals, activity."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import F, Q

from makegood.accounts.models import Contract
from makegood.documents.charts import figures
from makegood.documents.written.leadership import Roadblock, Win
from makegood.insight.status.promises import Promises
from makegood.work.models import Approval, Case, Task

MOST = 4
LATELY = datetime.timedelta(days=28)


@dataclasses.dataclass(frozen=True)
class Block:
    """A roadblock and the record it is about."""

    row: Roadblock
    subject_type: str
    subject_id: int
    weight: Decimal


def cases(*, at: datetime.datetime) -> tuple[list[Case], list[Case]]:
    """Those overdue, the most money first, and those resolved in the last four weeks; one query."""
    late, lately = Q(status__in=["open", "waiting"], due_at__lt=at), Q(resolved_at__gte=at - LATELY)
    found = list(Case.objects.filter(late | lately).select_related("owner").order_by(F("amount").desc(nulls_last=True), "pk"))
    return [one for one in found if one.resolved_at is None], [one for one in found if one.resolved_at is not None]


def roadblocks(late: Sequence[Case], currency: str, *, at: datetime.datetime) -> list[Block]:
    """Overdue cases, tasks and approvals, the most money first; two queries."""
    found = [
        Block(_row(one.title, _late(one.get_kind_display(), one.amount, currency, one.due_at, at), one.owner.name, one.due_at), "work.case", one.pk, one.amount or Decimal(0))
        for one in late[:MOST]
    ]  # fmt: skip
    tasks = Task.objects.filter(status="open", due_at__lt=at, owner__isnull=False, amount__gt=0).select_related("owner", "owed_by").order_by("-amount")
    found += [
        Block(
            _row(one.title, _late(f"{one.root_label}{f', {one.owed_by} owes it' if one.owed_by else ''}", one.amount, currency, one.due_at, at), one.owner.name, one.due_at),
            one.root_type, one.root_id, one.amount or Decimal(0),
        )
        for one in tasks[:MOST]
        if one.owner
    ]  # fmt: skip
    approvals = Approval.objects.filter(status="pending", due_at__lt=at).select_related("requested_by").order_by(F("amount").desc(nulls_last=True))
    found += [
        Block(
            _row(one.title, _late("Approval waits", one.amount, currency, one.due_at, at), one.requested_by.name if one.requested_by else "nobody", one.due_at),
            one.root_type, one.root_id, one.amount or Decimal(0),
        )
        for one in approvals[:MOST]
    ]  # fmt: skip
    return sorted(found, key=lambda block: -block.weight)[:MOST]


def wins(begun: Sequence[Contract], promises: Promises, resolved: Sequence[Case], currency: str) -> list[Win]:
    """Contracts begun lately, lines that ended with their promise kept, cases all resolved in time."""
    found = [
        Win(title=f"{one.account} signed for {one.end.year}", detail=f"{figures.money(one.commitment, one.currency, 0)} committed to {one.end.day} {one.end:%b %Y}")
        for one in begun[:3]
    ]  # fmt: skip
    found += [
        Win(
            title=f"{pace.line.order.advertiser}: promise kept",
            detail=f"{pace.line.name}, {pace.delivered:,} of {pace.goal:,}, {figures.money(pace.line.amount, currency, 0)}",
        )
        for pace in promises.kept
    ]  # fmt: skip
    if resolved and all(one.resolved_at <= one.due_at for one in resolved if one.resolved_at):
        many = f"{len(resolved)} case{'' if len(resolved) == 1 else 's'}"
        found.append(Win(title="Every case resolved in time", detail=f"{many} in four weeks, none after its clock ran out"))
    return found


def _row(title: str, detail: str, owner: str, due_at: datetime.datetime) -> Roadblock:
    return Roadblock(title=title, detail=detail, owner=owner, due=f"{due_at:%a} {due_at.day} {due_at:%b}")


def _late(what: str, amount: Decimal | None, currency: str, due_at: datetime.datetime, at: datetime.datetime) -> str:
    days = (at - due_at).days
    late = f"{days} day{'' if days == 1 else 's'} late" if days else "late today"
    return f"{what}. {figures.money(amount, currency, 0)} held back, {late}" if amount else f"{what}, {late}"
