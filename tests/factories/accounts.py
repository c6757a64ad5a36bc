"""Accounts for tests, made by the actions people use."""

import datetime
from decimal import Decimal

from makegood.accounts.actions import accounts, relations
from makegood.accounts.models import Account
from makegood.core.models import Person, Seller

NOW = datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)


def seller(**more: object) -> Seller:
    """The one seller."""
    facts = {"name": "Northlight Media", "address": "1 Harbour St\nBoston MA", "bank": "IBAN: XX00 1234", "email": "io@example.com"}
    return Seller.objects.get_or_create(defaults=facts | more)[0]


def advertiser(name: str = "Oatfield Foods", *, owner: Person | None = None, **facts: object) -> Account:
    """An advertiser's account."""
    return accounts.create(name, "advertiser", by=None, at=NOW, owner=owner, **facts)


def agency(name: str = "Fenwick & Rowe", *, advertiser: Account | None = None, **facts: object) -> Account:
    """An agency's account, acting for `advertiser` when one is given."""
    account = accounts.create(name, "agency", by=None, at=NOW, **facts)
    if advertiser:
        relations.represent(account, advertiser, commission_pct=Decimal(15), start=NOW.date(), by=None, at=NOW)
    return account
