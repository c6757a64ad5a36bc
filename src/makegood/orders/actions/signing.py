"""Signatures of both sides under one frozen revision."""

import datetime

from django.db import IntegrityError, transaction

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders.actions import approval, inviting, revising, sealing
from makegood.orders.models import Order, Revision, Signature, SignatureRequest

VERBS = {"client": "orders.sign_for_client", "seller": "orders.sign"}


@verbs.whole
def sign(
    order: Order, side: str, name: str, *, by: Person | None, at: datetime.datetime, ip: str | None = None, on_paper: str = "", title: str = "",
    user_agent: str = "",
) -> Signature:  # fmt: skip
    """Sign the current revision for one side; when both have, the order is signed and its PDF is sealed.

    A client signs its own orders. `on_paper` says where a client's signature was seen (a countersigned document): then
    one of ours with the right to sign records it. Raises Refused for an order not approved or a side that has signed.
    """
    if side not in VERBS:
        raise Invalid(f"{side!r} is no side.", place="side", remedy="Use client or seller.")
    permissions.check(by, "orders.sign" if on_paper else VERBS[side], order)
    title = title or (by.title if by is not None and side == "seller" else "")
    return put(order, side, name, title=title, by=by, at=at, ip=ip, user_agent=user_agent, why=on_paper)


def put(
    order: Order, side: str, name: str, *, title: str, by: Person | None, at: datetime.datetime, ip: str | None, user_agent: str, why: str,
    request: SignatureRequest | None = None,
) -> Signature:  # fmt: skip
    """The signature itself, once somebody has checked who signs. Call inside that check's transaction."""
    if revising.lock(order).status != "approved":
        raise Refused(f"it is {order.get_status_display().lower()}.", place=str(order), remedy="Approved orders are signed.")
    revision = approval.current(order)
    signature = mark(revision, side, name, title=title, by=by, at=at, ip=ip, user_agent=user_agent)
    activity.record(
        order, f"order.signed_by_{side}", by=by, at=at, why=why, visible_to_client=True, side="client" if request is not None else None,
        after={"name": signature.name, "revision": revision.number, "sha256": revision.sha256, "document_sha256": signature.document_sha256},
    )  # fmt: skip
    if side == "client":
        inviting.close(revision, by=by, at=at, why="the client signed otherwise", but=request)
    signatures = list(revision.signatures.order_by("pk"))
    if len(signatures) == len(VERBS):
        sealing.seal(revision, signatures, by=by, at=at)
        transitions.move(order, "signed", by=by, at=at, why=f"revision {revision.number}, both sides", visible_to_client=True)
    return signature


def mark(
    revision: Revision, side: str, name: str, *, title: str, by: Person | None, at: datetime.datetime, ip: str | None, user_agent: str
) -> Signature:  # fmt: skip
    """One name under a revision, with what was signed; Refused when the side has signed. Of two at the same time one is written."""
    if not name.strip():
        raise Invalid("a signature needs a name.", place="name", remedy="Type first and last name.")
    try:
        with transaction.atomic():
            return Signature.objects.create(
                revision=revision, side=side, name=name.strip()[:120], title=title.strip()[:120], person=by, ip=ip, user_agent=user_agent[:300],
                sha256=revision.sha256, document_sha256=revision.document.sha256 if revision.document else "", at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(f"the {side} has signed.", place=str(revision), remedy="Nothing is left to do for this side.") from error
