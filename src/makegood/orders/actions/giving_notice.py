"""Cancelling a booked or running order by the notice and the fee that were agreed."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from makegood.accounts.models import Contract
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person, Role
from makegood.orders import cancellation, changes, editors, snapshots
from makegood.orders.actions import (
    agreeing,
    changing,
    refusing,
    rehearsing,
    revising,
    sending,
)
from makegood.orders.changes import notice
from makegood.orders.changes.progress import Progress
from makegood.orders.models import CancellationTerms, ChangeOrder, Order, Revision
from makegood.work.actions import approvals
from makegood.work.approving.stages import Stage

KIND = "cancellation_fee"


@verbs.whole
def give(
    order: Order, *, by: Person | None, at: datetime.datetime, ran: Progress, source: str, why: str, fee: Decimal | None = None
) -> ChangeOrder:  # fmt: skip
    """Lines run until the notice ends, the rest falls away, the fee becomes a line that is billed.

    `source` says where the notice is (a letter, an e-mail). A `fee` below what is owed waits for a lead; else it takes
    effect at once, as the contract gives the right to. Raises Invalid, Refused.
    """
    permissions.check(by, "orders.cancel", order)
    if not source.strip() or not why.strip():
        raise Invalid("a cancellation says where the notice is and why.", place="source" if not source.strip() else "why", remedy="Write a sentence.")
    if fee is not None and fee < 0:
        raise Invalid("a fee is not below zero.", place="fee", remedy="Give what is billed, or leave it empty.")
    before, terms = snapshots.working(order), cancellation.terms_of(order)
    found = notice.of(before, ran, terms, fee=fee)
    if not found.ends:
        raise Refused("everything ends within the notice.", place=str(order), remedy="Nothing is to be cancelled.")
    said = {
        "given": found.given.isoformat(), "source": source.strip()[:200], "owed": str(found.owed), "fee": str(found.fee),
        "notice_days": terms.notice_days, "other_notice_days": terms.other_notice_days, "fee_pct": str(terms.fee_pct),
    }  # fmt: skip
    change = changing.begin(order, by=by, at=at, reason=why, kind=ChangeOrder.Kind.CANCELLATION, notice=said)
    number = max(order.lines.aggregate(last=Max("number"))["last"] or 0, 0) + 1
    operations = changes.written(notice.operations(found, before, number, ran))
    ChangeOrder.objects.filter(pk=change.pk).update(operations=operations)
    change.operations = operations
    target = sending.numbered(change, revising.next_number(order))
    refusing.problems(change.base, target, ran)
    rehearsing.rehearse(order, change.base, target, ran, by=by, at=at)
    revision = sending.record(order, target, Revision.Kind.NOTICE, by=by, at=at, reason=f"cancelled: {why}")
    transitions.move(change, "pending", by=by, at=at, why=source, revision=revision)
    if found.waived:
        _ask(change, revision, found, by, at)
        return change
    return agreeing.take_effect(change, by=by, at=at, ran=ran)


def _ask(change: ChangeOrder, revision: Revision, found: notice.Notice, by: Person | None, at: datetime.datetime) -> None:
    """Letting off a fee is decided as the seller's rules say, by a lead where no rule does: never by nobody."""
    order = change.order
    asked: dict[str, Any] = {
        "title": f"{order.currency} {found.waived:,.2f} of the cancellation fee let off", "measure": found.waived, "binds_to": revision.sha256,
        "facts": {"owed": f"{found.owed:.2f}", "fee": f"{found.fee:.2f}"}, "makers": editors.of(order), "by": by, "at": at,
        "amount": found.waived, "currency": order.currency,
    }  # fmt: skip
    if approvals.request(change, KIND, **asked) is None:
        approvals.begin(change, KIND, [Stage((str(Role.LEAD),))], **asked)


@verbs.whole
def agree_terms(
    terms: notice.Terms, *, by: Person | None, at: datetime.datetime, order: Order | None = None, contract: Contract | None = None
) -> CancellationTerms:  # fmt: skip
    """Keep the terms of cancelling of an order, of a contract, or (neither) what the seller asks for otherwise.

    An order's are agreed in its draft: they are frozen with the revision, and what was signed holds whatever the house or the agreement says later.
    """
    permissions.check(by, "orders.submit" if order else "accounts.activate_contract", order or contract)  # the house's own terms are a lead's
    if order is not None and contract is not None:
        raise Invalid("terms belong to an order or to a contract.", place="order", remedy="Name one.")
    if not 0 <= terms.fee_pct <= 100 or not 0 <= min(terms.notice_days, terms.other_notice_days) <= max(terms.notice_days, terms.other_notice_days) <= 365:
        raise Invalid("notice is 0 to 365 days, a fee 0 to 100 per cent.", place="fee_pct", remedy="Look at the figures again.")
    if order is not None and order.status != "draft":
        remedy = "Withdraw it first: they are frozen with its revision." if order.status in revising.SETTLED else "They are what was signed."
        raise Refused(f"it is {order.get_status_display().lower()}.", place=str(order), remedy=remedy)
    facts = dataclasses.asdict(terms)
    kept, _ = CancellationTerms.objects.update_or_create(order=order, contract=contract, defaults=facts)
    activity.record(kept, "cancellation_terms.agreed", by=by, at=at, after={name: str(value) for name, value in facts.items()})
    return kept
