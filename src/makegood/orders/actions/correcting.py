"""A person's corrections of what was read: a value put right, a problem accepted as it is, the defaults taken."""

import datetime

from makegood.catalog.models import Product
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.orders import checking, reading
from makegood.orders.actions import matching
from makegood.orders.actions.locking import lock
from makegood.orders.models import OrderImport

LINES_OF_THEIR_OWN = frozenset({"total", "line_amount", "line_date", "line_money", "line_units", "no_lines", "net_differs", "unread_cell", "row_left_out"})


@verbs.whole
def fix(received: OrderImport, place: str, value: object, *, by: Person | None, at: datetime.datetime) -> OrderImport:
    """Put a value right: 'field:gross_amount', 'line:3:end'; 'line:3' with True leaves the line out, 'lines' with
    'summary' takes one line for all, None takes a fix back. Raises Invalid for a wrong place or value.

    Matching and arithmetic run again on the corrected document.
    """
    permissions.check(by, "orders.import", received)
    lock(received)
    _check(received, place, value)
    fixes = {key: old for key, old in received.fixes.items() if key != place}
    if value is not None:
        fixes[place] = value if isinstance(value, bool) else str(value)
    gone = {place.removeprefix("field:"): None} if place in ("field:advertiser", "field:agency") else {}
    chosen = {number: pk for number, pk in received.products.items() if not place.startswith(f"line:{number}:placement")}
    activity.change(received, "order_import.fixed", by=by, at=at, why=place, fixes=fixes, products=chosen, **gone)
    matching.fill(received, by=by, at=at)
    return received


@verbs.whole
def accept(received: OrderImport, problem: str, *, by: Person | None, at: datetime.datetime) -> OrderImport:
    """Accept a problem as it is, by its key ('accept:total@field:gross_amount'). It opens again when its figures change."""
    permissions.check(by, "orders.import", received)
    lock(received)
    found = next((one for one in checking.state(received).problems if one.key == problem), None)
    if found is None:
        raise Invalid(f"there is no problem {problem}.", place=str(received), remedy="It may be fixed already; look again.")
    if found.problem.code in ("missing", "unknown_currency", "line_date", "line_money", "line_units"):
        raise Invalid(f"{found.problem.message}: an order cannot be without it.", place=found.place, remedy="Type it in.")
    taken = {"accepted": True, "message": found.problem.message}
    fixes = {**received.fixes, problem: taken}
    if found.problem.code == "no_lines":
        fixes["lines"] = "summary"
    activity.change(received, "order_import.accepted", by=by, at=at, why=found.problem.message, fixes=fixes)
    matching.fill(received, by=by, at=at)
    return received


@verbs.whole
def accept_defaults(received: OrderImport, *, by: Person | None, at: datetime.datetime) -> OrderImport:
    """Take every default at once, as a person does who answers yes to all.

    Lines that do not add up become one line of the document's gross; other acceptable problems are accepted; parties
    unknown by name or alias become new accounts (a merely similar account is never taken); lines unknown become the
    layout's generic product. What an order cannot be without stays open and commit says so.
    """
    permissions.check(by, "orders.import", received)
    lock(received)
    blocking = [one for one in checking.state(received).problems if one.blocks]
    if any(one.problem.line is not None or one.problem.code in LINES_OF_THEIR_OWN for one in blocking):
        fix(received, "lines", "summary", by=by, at=at)
    for one in checking.state(received).problems:
        if one.blocks and one.problem.code not in ("missing", "unknown_currency"):
            accept(received, one.key, by=by, at=at)
    fields = checking.state(received).fields
    for role in checking.ROLES:
        if role in fields and fields[role].value and getattr(received, f"{role}_id") is None:
            matching.open_account(received, role, by=by, at=at, why=f"no account was known under the name in {received}")
    _generic_products(received, by, at)
    return received


def _generic_products(received: OrderImport, by: Person | None, at: datetime.datetime) -> None:
    wanted = checking.match_products(checking.state(received).planned, received.document["document"]["layout"])
    missing = {number: pk for number, (_, pk) in wanted.items() if pk and str(number) not in received.products}
    if missing:
        found = Product.objects.in_bulk(set(missing.values()))
        matching.choose_products(received, {number: found[pk] for number, pk in missing.items()}, by=by, at=at, learn=False)


def _check(received: OrderImport, place: str, value: object) -> None:
    part, _, rest = place.partition(":")
    number, _, name = rest.partition(":")
    known = {str(line["number"]) for line in received.document["lines"]}
    if part == "field" and rest in reading.kinds():
        reading.value_of(rest, value)
    elif part == "line" and number in known and (name in reading.kinds() or (not name and value in (True, None))):
        reading.value_of(name, value)
    elif place != "lines" or value not in ("summary", None):
        raise Invalid(f"{place} is no place in this document.", place=str(received), remedy="Use field:NAME, line:N:NAME or lines.")
