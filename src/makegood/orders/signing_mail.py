"""The mails of signing by link, in plain words. Text only: no picture tells the sender that it was opened."""

import dataclasses
from decimal import Decimal

from makegood.core.queries import seller
from makegood.orders import signing_links
from makegood.orders.models import Order, Revision, SignatureRequest


@dataclasses.dataclass(frozen=True)
class Mail:
    """A mail to one address."""

    to: str
    subject: str
    body: str
    reply_to: str


def of(request: SignatureRequest, kind: str) -> Mail:
    """The mail of a kind: link, reminder or code."""
    order, house = request.revision.order, seller()
    sender = request.by.email if request.by else house.email
    subject, words = _WORDS[kind](request, house.name)
    return Mail(request.email, " ".join(f"{subject}: {order.name}".split())[:200], f"Dear {request.name},\n\n{words}\n\n{house.name}\n", sender)


def _link(request: SignatureRequest, house: str) -> tuple[str, str]:
    order = request.revision.order
    change = request.revision.changes.first()
    what, subject = (f"a change of the order {order.number} with {house}", "Please sign the change of") if change else (f"the order {order.number} with {house}", "Please sign")
    said = f"\n\n{request.by.name if request.by else house} writes:\n{request.message}" if request.message else ""
    words = (
        f"{what} is ready for you to read and sign{_comes_to(request.revision, order) if change else ''}:\n\n{signing_links.url(request)}\n\n"
        f"The link is for you alone and holds until {request.expires_at:%d %B %Y, %H:%M} UTC. When you open it, we send a code to this address.{said}"
    )
    return subject, words


def _comes_to(revision: Revision, order: Order) -> str:
    """What it does to the money, and that nothing changes before."""
    before, after = (Decimal(one) for one in (order.gross, revision.snapshot["gross"]))
    money = f"the gross stays {order.currency} {after:,.2f}" if before == after else f"the gross goes from {order.currency} {before:,.2f} to {after:,.2f}"
    return f" - {money}. Until both sides have signed, the order runs as it is"


def _reminder(request: SignatureRequest, house: str) -> tuple[str, str]:
    subject, words = _link(request, house)
    return f"Reminder: {subject.lower()}", words


def _code(request: SignatureRequest, house: str) -> tuple[str, str]:
    code = signing_links.code(request)
    return f"Your code is {code}", f"your code to open the order is {code}. It holds for 15 minutes.\n\nIf you did not ask for it, nobody can open the order without it."


_WORDS = {"link": _link, "reminder": _reminder, "code": _code}
