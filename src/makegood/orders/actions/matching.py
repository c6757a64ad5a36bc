"""Filling in what is certain of an import, and taking a person's choice for the rest."""

import datetime
from collections.abc import Mapping

from makegood.accounts.actions import accounts
from makegood.accounts.models import Account
from makegood.catalog.actions import products
from makegood.catalog.models import Product
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.orders import checking
from makegood.orders.actions.locking import lock
from makegood.orders.models import OrderImport


def fill(received: OrderImport, *, by: Person | None, at: datetime.datetime) -> None:
    """Set parties and products that are certain (own name, learnt alias, far ahead); doubtful ones stay open."""
    found: dict[str, object] = {}
    for role in checking.ROLES:
        match = checking.match_party(received, role)
        if match and match.account and getattr(received, f"{role}_id") is None:
            found[role] = match.account
    state = checking.state(received)
    chosen = dict(received.products)
    for number, (match, _) in checking.match_products(state.planned, received.document["document"]["layout"]).items():
        if match.product_id and str(number) not in chosen:
            chosen[str(number)] = match.product_id
    activity.change(received, "order_import.filled", by=None, at=at, products=chosen, **found)


@verbs.whole
def choose_party(
    received: OrderImport, role: str, account: Account | None, *, by: Person | None, at: datetime.datetime, learn: bool = True
) -> OrderImport:
    """Say who the advertiser or agency is; the document's name is learnt as an alias. None: there is no agency."""
    _open(received, by)
    if role not in checking.ROLES or (role == "advertiser" and account is None):
        raise Invalid("an order needs an advertiser.", place=role, remedy="Choose the account, or open a new one.")
    if account and account.party.kind != role:
        raise Invalid(f"{account} is an {account.party.kind}, not an {role}.", place=role, remedy=f"Choose an {role}'s account.")
    named = checking.state(received).fields.get(role)
    if account and learn and named and named.value:
        accounts.learn_alias(account, str(named.value), by=by, at=at)
    fixes = {key: value for key, value in received.fixes.items() if key != f"party:{role}"}
    if account is None:
        fixes[f"party:{role}"] = "none"
    activity.change(received, "order_import.matched", by=by, at=at, fixes=fixes, **{role: account})
    return received


@verbs.whole
def open_account(received: OrderImport, role: str, *, by: Person | None, at: datetime.datetime, why: str = "") -> Account:
    """Open a new account under the document's name for `role` and choose it."""
    _open(received, by)
    state = checking.state(received)
    named = state.fields.get(role)
    if named is None or not named.value:
        raise Invalid(f"the document names no {role}.", place=f"field:{role}", remedy="Type the name in first.")
    account = accounts.create(str(named.value), role, by=by, at=at, currency=state.currency, why=why or f"from {received}")
    choose_party(received, role, account, by=by, at=at)
    return account


@verbs.whole
def choose_product(
    received: OrderImport, line_number: int, product: Product, *, by: Person | None, at: datetime.datetime, learn: bool = True
) -> OrderImport:
    """Say which product a line means (0 is the one line that stands for all); its wording is learnt unless it is generic."""
    return choose_products(received, {line_number: product}, by=by, at=at, learn=learn)


@verbs.whole
def choose_products(
    received: OrderImport, chosen: Mapping[int, Product], *, by: Person | None, at: datetime.datetime, learn: bool = True
) -> OrderImport:
    """The same for many lines at once."""
    _open(received, by)
    names = {line.number: line.name for line in checking.state(received).planned}
    for number, product in chosen.items():
        if number not in names:
            raise Invalid(f"there is no line {number}.", place=str(received), remedy="Choose one of the document's lines.")
        if learn and number and not product.fallback_for:
            products.learn_alias(product, names[number], by=by, at=at)
    found = {**received.products, **{str(number): product.pk for number, product in chosen.items()}}
    activity.change(received, "order_import.matched", by=by, at=at, products=found)
    return received


def _open(received: OrderImport, by: Person | None) -> None:
    permissions.check(by, "orders.import", received)
    lock(received)
