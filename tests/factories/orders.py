"""Orders for tests in any state, made by the actions people use; people are given or made."""

import datetime
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core.models import Person, Role
from makegood.orders.actions import approval, booking, drafting, lines, signing
from makegood.orders.models import Line, Order
from makegood.work.approving import stages
from makegood.work.models import ApprovalRule
from tests import personas
from tests.factories import accounts, catalog
from tests.factories.accounts import NOW

START, END = datetime.date(2026, 12, 7), datetime.date(2026, 12, 20)


def someone(role: Role, name: str = "Ada Maker") -> Person:
    """A person of that role, made once."""
    return Person.objects.filter(name=name).first() or personas.person(name, role)


def order(name: str = "Winter Getaways", *, advertiser: Account | None = None, by: Person | None = None, **terms: object) -> Order:
    """An empty draft."""
    accounts.seller()
    manager = by or someone(Role.ACCOUNT_MANAGER)
    who = advertiser or Account.objects.filter(party__name="Oatfield Foods").first() or accounts.advertiser()
    facts = {"start": START, "end": END, "account_manager": manager, "campaign_manager": manager} | terms
    return drafting.create(name, who, by=by, at=NOW, **facts)


def line(to: Order, product: Product | None = None, *, quantity: int = 500_000, by: Person | None = None, **facts: object) -> Line:
    """A line over two weeks at the card rate."""
    facts = {"start": START, "end": END} | facts
    return lines.add(to, product or catalog.run_of_site(), quantity=quantity, by=by, at=NOW, **facts)


def drafted(**facts: object) -> Order:
    """A draft with one line of run of site."""
    made = order(**facts)
    line(made)
    return made


def signed(made: Order | None = None) -> Order:
    """Submitted without needing approval and signed by both sides."""
    made = approval.submit(made or drafted(), by=None, at=NOW)
    signing.sign(made, "seller", "Dana Whitfield", by=None, at=NOW)
    signing.sign(made, "client", "Lena Ortiz", by=None, at=NOW)
    made.refresh_from_db()
    return made


def booked(made: Order | None = None) -> Order:
    """Signed and booked."""
    return booking.book(signed(made), by=None, at=NOW)


def rule(kind: str, above: str = "0", *roles: str) -> ApprovalRule:
    """An approval rule for leads."""
    return ApprovalRule.objects.create(kind=kind, name=f"{kind} above {above}", above=Decimal(above), stages=[stages.one(*(roles or [Role.LEAD]))])
