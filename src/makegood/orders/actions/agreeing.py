"""A change order that was sent: what its approvals came to, its signatures, and coming into effect."""

import datetime
from collections.abc import Mapping

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders.actions import (
    applying,
    changing,
    inviting,
    refusing,
    rehearsing,
    revising,
    sealing,
    sending,
    signing,
    telling,
)
from makegood.orders.availability import Avails
from makegood.orders.changes.progress import Progress
from makegood.orders.errors import NotEnough
from makegood.orders.given import given
from makegood.orders.models import ChangeOrder, Revision, Signature, SignatureRequest
from makegood.work.models import Approval


@verbs.whole
def settle(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, ran: Progress) -> ChangeOrder:
    """After a decision: on its way when all are approved, being collected again when one was rejected, else still pending.

    A cancellation whose fee is let off comes into effect, or is withdrawn.
    """
    revising.lock(change.order)
    change.refresh_from_db()
    if change.status != "pending" or change.revision is None:
        return change
    decided = Approval.objects.filter(subject_type="orders.changeorder", subject_id=change.pk, binds_to=change.revision.sha256)
    states = list(decided.exclude(status="void").values_list("status", "reason"))
    rejected = [reason for status, reason in states if status == "rejected"]
    notice = change.kind == ChangeOrder.Kind.CANCELLATION
    if rejected:
        back = changing.withdraw if notice else changing.take_up
        return back(change, by=None, at=at, why=f"rejected: {rejected[0]}")
    if not all(status == "approved" for status, _ in states):
        return change
    return take_effect(change, by=None, at=at, ran=ran) if notice else sending.approved(change, by=by, at=at, ran=ran)


@verbs.whole
def sign(
    change: ChangeOrder, side: str, name: str, *, by: Person | None, at: datetime.datetime, ip: str | None = None, on_paper: str = "", title: str = "",
    user_agent: str = "",
) -> Signature:  # fmt: skip
    """Sign the change's revision for one side; when both have, it is signed and may take effect. Errors as signing.sign."""
    if side not in signing.VERBS:
        raise Invalid(f"{side!r} is no side.", place="side", remedy="Use client or seller.")
    permissions.check(by, "orders.sign" if on_paper else signing.VERBS[side], change.order)
    return put(change, side, name, title=title, by=by, at=at, ip=ip, user_agent=user_agent, why=on_paper)


def put(
    change: ChangeOrder, side: str, name: str, *, title: str, by: Person | None, at: datetime.datetime, ip: str | None, user_agent: str, why: str,
    request: SignatureRequest | None = None,
) -> Signature:  # fmt: skip
    """The signature itself, once somebody has checked who signs. Call inside that check's transaction."""
    revising.lock(change.order)
    change.refresh_from_db()
    revision = change.revision
    if change.status != "approved" or revision is None:
        raise Refused(f"it is {change.get_status_display().lower()}.", place=str(change), remedy="What is out for signature is signed.")
    refusing.stale(change)
    made = signing.mark(revision, side, name, title=title, by=by, at=at, ip=ip, user_agent=user_agent)
    activity.record(
        change, f"change_order.signed_by_{side}", by=by, at=at, why=why, visible_to_client=True,
        after={"name": made.name, "revision": revision.number, "sha256": revision.sha256, "document_sha256": made.document_sha256},
    )  # fmt: skip
    if side == "client":
        inviting.close(revision, by=by, at=at, why="the client signed otherwise", but=request)
    signatures = list(revision.signatures.order_by("pk"))
    if len(signatures) == len(signing.VERBS):
        sealing.seal(revision, signatures, by=by, at=at)
        transitions.move(change, "signed", by=by, at=at, why=f"revision {revision.number}, both sides", visible_to_client=True)
    return made


@verbs.whole
def take_effect(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, ran: Progress) -> ChangeOrder:
    """Bring a signed change (or an approved cancellation) into effect; the caller publishes afterwards.

    Checked against the book and against what ran until now. Raises NotEnough, AlreadyTaken, Invalid, Refused; it stays
    signed then, and the order runs on as it was.
    """
    permissions.check(by, "orders.book", change.order)
    revising.lock(change.order)
    change.refresh_from_db()
    order = change.order
    revision, ready = change.revision, "pending" if change.kind == ChangeOrder.Kind.CANCELLATION else "signed"
    if change.status != ready or revision is None:
        raise Refused(f"it is {change.get_status_display().lower()}.", place=str(change), remedy="Both sides sign it first.")
    refusing.state(order, *(one["op"] for one in change.operations if change.kind == ChangeOrder.Kind.CHANGE))
    refusing.stale(change)
    target = sending.numbered(change, revision.number)
    refusing.problems(change.base, target, ran)
    applying.bring(order, target, by=by, at=at, why=str(change))
    if change.kind == ChangeOrder.Kind.CHANGE and order.status != "signed":  # what is not booked yet is held against the book when it is
        _refuse_oversold(change, revision, rehearsing.capacity(order, change.base, target, ran, at=at))
    transitions.move(change, "applied", by=by, at=at, why=f"revision {revision.number}", visible_to_client=True)
    telling.tell(change, "change_order.in_effect", by=by, at=at)
    return change


def blocked(change: ChangeOrder, error: Refused, *, at: datetime.datetime) -> None:
    """Log that what both sides signed could not take effect, and tell who looks after it."""
    telling.tell(change, "change_order.blocked", by=None, at=at, why=str(error), urgent=True)


def _refuse_oversold(change: ChangeOrder, revision: Revision, found: Mapping[int, Avails]) -> None:
    """What is short by now needs an approval of exactly this revision; refused, all of it is undone."""
    short = {number: one for number, one in found.items() if one.short}
    if short and not given(change.order, revision, "overbooking"):
        number, answer = min(short.items())
        raise NotEnough(
            f"short by {answer.short:,}: {answer.sum}, {answer.wanted:,} wanted.", place=f"{change}, line {number}",
            remedy="Free the inventory, or take the change up again for over-booking.",
        )  # fmt: skip
