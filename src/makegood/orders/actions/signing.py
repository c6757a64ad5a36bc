"""Signatures of both sides under one frozen revision."""

import datetime

from django.db import IntegrityError, transaction

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.core.queries import seller
from makegood.orders import papers
from makegood.orders.actions import approval, revising
from makegood.orders.models import Order, Signature

VERBS = {"client": "orders.sign_for_client", "seller": "orders.sign"}


@verbs.whole
def sign(
    order: Order, side: str, name: str, *, by: Person | None, at: datetime.datetime, ip: str | None = None, on_paper: str = ""
) -> Signature:
    """Sign the current revision for one side; when both have, the order is signed and its PDF carries both names.

    A client signs its own orders. `on_paper` says where a client's signature was seen (a countersigned document): then
    one of ours with the right to sign records it. Raises Refused for an order not approved or a side that has signed.
    """
    if side not in VERBS:
        raise Invalid(f"{side!r} is no side.", place="side", remedy="Use client or seller.")
    permissions.check(by, "orders.sign" if on_paper else VERBS[side], order)
    if not name.strip():
        raise Invalid("a signature needs a name.", place="name", remedy="Type first and last name.")
    if revising.lock(order).status != "approved":
        raise Refused(f"it is {order.get_status_display().lower()}.", place=str(order), remedy="Approved orders are signed.")
    revision = approval.current(order)
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                revision=revision, side=side, name=name.strip(), person=by, ip=ip, sha256=revision.sha256, at=at
            )
    except IntegrityError as error:
        raise Refused(f"the {side} has signed.", place=str(revision), remedy="Nothing is left to do for this side.") from error
    activity.record(
        order, f"order.signed_by_{side}", by=by, at=at, why=on_paper, visible_to_client=True,
        after={"name": signature.name, "revision": revision.number, "sha256": revision.sha256},
    )  # fmt: skip
    signatures = list(revision.signatures.order_by("pk"))
    if len(signatures) == len(VERBS):
        approval.attach(revision, papers.pdf(order, revision, seller(), signatures), by=by, at=at)
        transitions.move(order, "signed", by=by, at=at, why=f"revision {revision.number}, both sides", visible_to_client=True)
    return signature
