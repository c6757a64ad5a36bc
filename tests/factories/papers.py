"""Orders on their way to signatures by link, made by the actions people use."""

import datetime
from collections.abc import Sequence

from makegood.accounts.actions import contacts
from makegood.accounts.models import Contact
from makegood.catalog.actions import clauses
from makegood.core.models import Person
from makegood.orders import signing_links
from makegood.orders.actions import approval, by_link, inviting
from makegood.orders.models import Order, SignatureRequest
from tests.factories import accounts, orders
from tests.factories.accounts import NOW

MINUTE = datetime.timedelta(minutes=1)


def contact(order: Order, name: str = "Lena Ortiz") -> Contact:
    """A contact of the order's payer with an address."""
    return contacts.add_contact(order.bill_to, name, by=None, at=NOW, email=f"{name.lower().replace(' ', '.')}@client.example")


def approved(made: Order | None = None, *, codes: Sequence[str] = ("en",), **facts: object) -> Order:
    """Submitted with the standard clauses in force, nothing left to approve."""
    accounts.seller()
    for code in codes:
        clauses.adopt(code, by=None, at=NOW)
    return approval.submit(made or orders.drafted(**facts), by=None, at=NOW)


def sent(order: Order, *, by: Person | None = None, **more: object) -> SignatureRequest:
    """Mailed to the contact."""
    made = inviting.send(order, contact(order), by=by, at=NOW, **more)
    return signing_links.find(signing_links.token(made))


def opened(order: Order) -> SignatureRequest:
    """The link opened with its code."""
    request = sent(order)
    by_link.send_code(request, at=NOW + MINUTE)
    request.refresh_from_db()
    return by_link.enter(request, signing_links.code(request), at=NOW + 2 * MINUTE, ip="203.0.113.7")


def signed(request: SignatureRequest, name: str = "Lena Ortiz", **more: object):
    """Signed by the link's holder."""
    facts = {"title": "Head of media", "agreed": True, "at": NOW + 3 * MINUTE, "ip": "203.0.113.7", "user_agent": "Firefox/140"} | more
    return by_link.sign(request, name, **facts)
