"""An import as its page shows it: every value with its place, every problem beside its cell, availability per line."""

import dataclasses
import datetime
from collections import defaultdict
from decimal import Decimal

from django.db.models import QuerySet

from makegood.catalog import queries as catalog
from makegood.catalog.matching import Scored
from makegood.catalog.models import Product
from makegood.core.models import Person
from makegood.documents import orders as documents
from makegood.documents.orders.messages import Field, Place
from makegood.orders import availability, checking
from makegood.orders.availability import Avails
from makegood.orders.checking import Open, State
from makegood.orders.intended import Planned
from makegood.orders.models import OrderImport
from makegood.orders.queries.sums import SumCheck, sums


@dataclasses.dataclass(frozen=True)
class Cell:
    """A value as shown: `place` to fix it ('line:3:end'), `where` it stands in the document; state ok, look (not sure enough
    to pass unseen), fixed, warning or error; `why` says in words what its confidence rests on."""

    place: str
    name: str
    value: object
    text: str
    where: Place | None
    confidence: float
    state: str
    why: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class PartyRow:
    """Whom the document names for a role, the account it means, and accounts that are alike (id, name, score)."""

    role: str
    named: str
    account_id: int | None
    account: str
    how: str
    none: bool
    offered: tuple[tuple[int, str, float], ...]


@dataclasses.dataclass(frozen=True)
class LineRow:
    """A line of the document: its cells, what it would become, and whether that is available."""

    number: int
    cells: dict[str, Cell]
    planned: Planned | None
    product_id: int | None
    product: str
    offered: tuple[Scored, ...]
    fallback_id: int | None
    avails: Avails | None
    problems: tuple[Open, ...]


@dataclasses.dataclass(frozen=True)
class ImportView:
    """The whole page. `open` says in words what keeps it from becoming an order; `choices` are the products there are."""

    received: OrderImport
    layout: str
    pages: int | None
    fields: tuple[Cell, ...]
    parties: tuple[PartyRow, ...]
    lines: tuple[LineRow, ...]
    problems: tuple[Open, ...]
    sums: tuple[SumCheck, ...]
    currency: str
    gross: Decimal
    net: Decimal
    open: tuple[str, ...]
    choices: tuple[Product, ...]


def import_list(actor: Person) -> QuerySet[OrderImport]:
    """Documents received, newest first; ours only."""
    rows = OrderImport.objects.select_related("file", "by", "order", "advertiser__party", "agency__party").order_by("-at")
    return rows if actor.is_staff_member else rows.none()


def import_view(actor: Person, import_id: int, *, at: datetime.datetime) -> ImportView:
    """One import; OrderImport.DoesNotExist when there is none that `actor` may see."""
    received = import_list(actor).get(pk=import_id)
    state = checking.state(received)
    head, marks = received.document["document"], _marks(state)
    fields = tuple(_cell(f"field:{name}", field, received, marks) for name, field in state.fields.items())
    products = list(catalog.comparable(received.products.values()))
    return ImportView(
        received, head["layout"], head["pages"], fields, tuple(_parties(received, state)), tuple(_lines(received, state, marks, products, at)),
        state.problems, sums(state), state.currency, state.gross, state.net, state.open, tuple(one for one in products if one.active),
    )  # fmt: skip


def _marks(state: State) -> dict[str, set[str]]:
    """{place: severities of what is wrong there and not accepted}."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in state.problems:
        if not one.accepted:
            found[one.place].add(one.problem.severity.value)
    return found


def _cell(place: str, field: Field, received: OrderImport, marks: dict[str, set[str]]) -> Cell:
    here = marks.get(place, ())
    shown = "error" if "error" in here else "warning" if here else "fixed" if place in received.fixes else "ok" if documents.passes(field.confidence) else "look"
    return Cell(place, field.name, field.value, field.text, field.place, field.confidence, shown, field.why)


def _parties(received: OrderImport, state: State):  # noqa: ANN202 - an iterator of PartyRow
    for role in checking.ROLES:
        named = state.fields.get(role)
        account = getattr(received, role)
        if named is None and account is None:
            continue
        match = checking.match_party(received, role)
        offered = tuple((one.pk, str(one), score) for one, score in match.candidates) if match else ()
        how = "chosen" if account and not (match and match.account) else match.how.value if match else "none"
        none = received.fixes.get(f"party:{role}") == "none"
        yield PartyRow(role, str(named.value) if named else "", account.pk if account else None, str(account or ""), how, none, offered)


def _lines(  # noqa: ANN202 - an iterator of LineRow
    received: OrderImport, state: State, marks: dict[str, set[str]], known: list[Product], at: datetime.datetime
):
    planned = {line.number: line for line in state.planned}
    read = {line.number: line for line in state.lines}
    matches = checking.match_products(state.planned, received.document["document"]["layout"], [one for one in known if one.active])
    products = {product.pk: product for product in known}
    avails = _avails(received, planned, products, at)
    problems: dict[int | None, list[Open]] = defaultdict(list)
    for one in state.problems:
        problems[one.problem.line].append(one)
    for number in list(read) or sorted(planned):
        line = read.get(number)
        product = products.get(received.products.get(str(number), 0))
        match, fallback = matches.get(number, (None, None))
        plan = planned.get(number)
        cells = {name: _cell(f"line:{number}:{name}", field, received, marks) for name, field in line.fields.items()} if line else {}
        yield LineRow(
            number, cells, plan, product.pk if product else None, product.name if product else "", match.offered if match else (),
            fallback, avails.get(number), tuple(problems[number]),
        )  # fmt: skip


def _avails(
    received: OrderImport, planned: dict[int, Planned], products: dict[int, Product], at: datetime.datetime
) -> dict[int, Avails]:
    """Availability of the lines whose product and advertiser are known."""
    if received.advertiser is None:
        return {}
    wishes = {
        number + 1: availability.Wish(products[pk], line.start, line.end, line.quantity)
        for number, line in planned.items() if (pk := received.products.get(str(number))) in products
    }  # fmt: skip
    return {number - 1: found for number, found in availability.check_wishes(wishes, received.advertiser, at=at).items()}
