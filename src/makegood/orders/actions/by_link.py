"""What the holder of a link does: proves the address is theirs by a code, signs, or declines with a reason."""

import datetime
import secrets
from typing import Any

from django.utils.crypto import constant_time_compare

from makegood.core import activity, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.orders import mailing, signing_links
from makegood.orders.actions import agreeing, changing, inviting, revising, signing
from makegood.orders.models import Signature, SignatureRequest

WORDS = {
    "expired": "this link has expired.", "signed": "this order is signed.", "declined": "this order was declined.", "withdrawn": "this link was taken back.",
    "superseded": "this version is not the one to sign any more.", "locked": "too many wrong codes were tried.",
}  # fmt: skip
ONE_MINUTE = datetime.timedelta(minutes=1)


@verbs.whole
def send_code(request: SignatureRequest, *, at: datetime.datetime) -> None:
    """Mail six digits to the address the link was sent to, at most once a minute."""
    _open(request, at)
    if request.code_at and request.code_at > at - ONE_MINUTE:
        raise Refused("a code was sent a moment ago.", place="the code", remedy="Look into your mail, or ask again in a minute.")
    SignatureRequest.objects.filter(pk=request.pk).update(code_nonce=secrets.token_hex(16), code_at=at)
    activity.record(request, "signing.code_sent", by=None, at=at, why=f"to {request.email}", side="machine")
    mailing.mail_signing.defer(request_id=request.pk, kind="code")


def enter(request: SignatureRequest, code: str, *, at: datetime.datetime, ip: str | None) -> SignatureRequest:
    """Open the paper with the code. A wrong one counts, and stays counted when it is refused: so this is no whole verb."""
    if not _matches(request, code, at):
        raise Invalid("that is not the code we sent, or it is older than 15 minutes.", place="the code", remedy="Type the newest one, or ask for another.")
    return _opened(request, at, ip)


@verbs.whole
def sign(request: SignatureRequest, name: str, *, title: str, agreed: bool, at: datetime.datetime, ip: str | None, user_agent: str) -> Signature:
    """The client's signature by the holder of an opened link. Of two at the same time one signs. Refused for a link that is not open."""
    _open(request, at)
    if request.status != "opened":
        raise Refused("the code was not entered.", place="the code", remedy="Open the link and type the code from your mail.")
    if not agreed:
        raise Invalid("you have not said that you may sign.", place="the order", remedy="Tick the box and sign again.")
    if not title.strip():
        raise Invalid("your title is missing.", place="title", remedy="Type what you are at the company.")
    by, why, change = request.contact.person, f"by link, as {request.email}", signing_links.change_of(request.revision)
    who: dict[str, Any] = {"title": title, "by": by, "at": at, "ip": ip, "user_agent": user_agent, "why": why, "request": request}
    made = agreeing.put(change, "client", name, **who) if change else signing.put(request.revision.order, "client", name, **who)
    transitions.move(request, "signed", by=by, at=at, visible_to_client=True, signature=made)
    inviting.tell(request, f"{made.name} signed", by=by, at=at)
    return made


@verbs.whole
def decline(request: SignatureRequest, reason: str, *, at: datetime.datetime, ip: str | None) -> SignatureRequest:
    """The client says no, and why: the order goes back to a draft with the reason, its change to those who collect it."""
    _open(request, at)
    if request.status != "opened":
        raise Refused("the code was not entered.", place="the code", remedy="Open the link and type the code from your mail.")
    if not reason.strip():
        raise Invalid("the reason is missing.", place="reason", remedy="Say what would have to change.")
    by, words = request.contact.person, " ".join(reason.split())[:300]
    transitions.move(request, "declined", by=by, at=at, why=f"{words} (from {ip or 'an unknown address'})", visible_to_client=True)
    said, change = f"declined by {request.name}: {words}", signing_links.change_of(request.revision)
    if change:
        changing.take_up(change, by=None, at=at, why=said)
    else:
        revising.reopen(request.revision.order, by=by, at=at, why=said)
    inviting.tell(request, f"{request.name} declined: {words}", by=by, at=at)
    return request


@verbs.whole
def _matches(request: SignatureRequest, code: str, at: datetime.datetime) -> bool:
    _open(request, at)
    fresh = request.code_at is not None and request.code_at > at - signing_links.CODE_LASTS
    if fresh and constant_time_compare(signing_links.code(request), "".join(code.split())):
        return True
    SignatureRequest.objects.filter(pk=request.pk).update(code_tries=request.code_tries + 1)
    return False


@verbs.whole
def _opened(request: SignatureRequest, at: datetime.datetime, ip: str | None) -> SignatureRequest:
    _open(request, at)
    SignatureRequest.objects.filter(pk=request.pk).update(code_at=None)  # a code opens once
    if request.status == "sent":
        transitions.move(request, "opened", by=request.contact.person, at=at, why=f"from {ip or 'an unknown address'}", visible_to_client=True)
    return request


def _open(request: SignatureRequest, at: datetime.datetime) -> None:
    """The request's row and its order's as they are now, locked, order first. Refused when it cannot be signed any more."""
    revising.lock(request.revision.order)
    now = SignatureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    for field in ("status", "code_nonce", "code_at", "code_tries", "expires_at"):
        setattr(request, field, getattr(now, field))
    if (state := signing_links.standing(request, at)) != "open":
        raise Refused(WORDS[state], place=str(request.revision), remedy="Ask your contact at the seller for a new link.")
