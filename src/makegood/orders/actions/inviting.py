"""Sending a revision to one contact to sign by link; reminding, taking back, letting it expire."""

import datetime
import secrets

from makegood.accounts.models import Contact
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Notification, Person
from makegood.orders import mailing, signing_links
from makegood.orders.actions import approval, revising
from makegood.orders.models import ChangeOrder, Order, Revision, SignatureRequest

DAYS = 14
REMIND_AFTER, LAST_CALL = datetime.timedelta(days=3), datetime.timedelta(days=1)
OPEN = ("sent", "opened")


@verbs.whole
def send(
    order: Order, contact: Contact, *, by: Person | None, at: datetime.datetime, days: int = DAYS, message: str = ""
) -> SignatureRequest:
    """Mail the contact a link to what waits for the client's signature, good for `days`. One link is open at a time: an earlier one ends.

    That is the current revision of an approved order, or the revision of its change that is out for signature. Raises Refused when
    there is neither, Invalid for a contact of another client or without address.
    """
    permissions.check(by, "orders.send_paper", order)
    revision = _to_sign(order)
    if revision.signatures.filter(side="client").exists():
        raise Refused("the client has signed.", place=str(revision), remedy="Nothing is left to do for the client.")
    _check(order, contact, days)
    close(revision, by=by, at=at, why="a new link was sent")
    made = SignatureRequest.objects.create(
        revision=revision, contact=contact, email=contact.email.lower(), name=contact.name, message=message.strip()[:2000], nonce=secrets.token_hex(16),
        expires_at=at + datetime.timedelta(days=days), by=by, at=at,
    )  # fmt: skip
    transitions.start(made, by=by, at=at, why=f"to {made.name}, {made.email}", visible_to_client=True)
    mailing.mail_signing.defer(request_id=made.pk, kind="link")
    return made


def _to_sign(order: Order) -> Revision:
    status = revising.lock(order).status
    if status == "approved":
        return approval.current(order)
    change = ChangeOrder.objects.select_related("revision__order", "revision__document").filter(order=order, status="approved").first()
    if change is None or change.revision is None:
        raise Refused(f"it is {order.get_status_display().lower()}.", place=str(order), remedy="Approved orders and changes are sent to sign.")
    return change.revision


@verbs.whole
def remind(request: SignatureRequest, *, by: Person | None, at: datetime.datetime) -> SignatureRequest:
    """Mail the link again."""
    permissions.check(by, "orders.send_paper", request.revision.order)
    if request.status not in OPEN or request.expires_at <= at:
        raise Refused("it is not open any more.", place=str(request), remedy="Send it anew.")
    activity.change(request, "signing.reminded", by=by, at=at, why=f"to {request.email}", reminded_at=at)
    mailing.mail_signing.defer(request_id=request.pk, kind="reminder")
    return request


@verbs.whole
def withdraw(request: SignatureRequest, *, by: Person | None, at: datetime.datetime, why: str) -> SignatureRequest:
    """Take the link back."""
    permissions.check(by, "orders.send_paper", request.revision.order)
    return transitions.move(request, "withdrawn", by=by, at=at, why=why)


def close(revision: Revision, *, by: Person | None, at: datetime.datetime, why: str, but: SignatureRequest | None = None) -> None:
    """End the open links of a revision. Call inside the transaction of what makes them needless."""
    for request in revision.requests.filter(status__in=OPEN).exclude(pk=but.pk if but else None).select_related("revision__order"):
        transitions.move(request, "withdrawn", by=by, at=at, why=why)


def tell(request: SignatureRequest, what: str, *, by: Person | None, at: datetime.datetime) -> None:
    """Notify whoever sent the link of how it ended. Call inside the transaction of the end."""
    if request.by is not None:
        said = activity.record(request, "signing.answered", by=by, at=at, why=what)
        Notification.objects.create(person=request.by, activity=said, urgency=Notification.Urgency.NOW)


@verbs.whole
def chase(*, at: datetime.datetime) -> int:
    """Whatever is due: a reminder after three days and on the last; links past their end or of an older version end. Returns how many."""
    done = 0
    for request in SignatureRequest.objects.filter(status__in=OPEN).select_related("revision__order", "by").order_by("pk"):
        if signing_links.standing(request, at) == "superseded":
            transitions.move(request, "withdrawn", by=None, at=at, why="a newer version is there")
        elif request.expires_at <= at:
            _expire(request, at)
        elif _due(request, at):
            remind(request, by=None, at=at)
        else:
            continue
        done += 1
    return done


def _due(request: SignatureRequest, at: datetime.datetime) -> bool:
    if request.reminded_at is None:
        return at >= request.at + REMIND_AFTER or at >= request.expires_at - LAST_CALL
    return request.reminded_at < request.expires_at - LAST_CALL <= at


def _expire(request: SignatureRequest, at: datetime.datetime) -> None:
    transitions.move(request, "expired", by=None, at=at, why=f"not signed by {request.expires_at:%d %b %Y %H:%M} UTC", visible_to_client=True)
    tell(request, f"{request.name} did not sign in time", by=None, at=at)


def _check(order: Order, contact: Contact, days: int) -> None:
    if contact.account_id not in (order.advertiser_id, order.agency_id):
        raise Invalid(f"{contact} is no contact of {order.bill_to}.", place="contact", remedy="Choose one of its advertiser or agency.")
    if not contact.email:
        raise Invalid(f"{contact} has no e-mail address.", place="contact", remedy="Add the address to the contact first.")
    if not 1 <= days <= 90:
        raise Invalid(f"a link for {days} days cannot be.", place="days", remedy="Give 1 to 90.")
