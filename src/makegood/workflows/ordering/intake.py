"""A document taken in step by step: received, matched, fixed, made an order, submitted. Each step is one call upstream."""

import dataclasses
import datetime
import pathlib
from collections.abc import Callable, Iterable, Mapping

from makegood.core.models import Person
from makegood.orders import checking
from makegood.orders.actions import approval, correcting, importing
from makegood.orders.errors import Unfinished
from makegood.orders.models import Order, OrderImport

Told = Callable[[str, str], None]  # called with the step's name and what it did


@dataclasses.dataclass(frozen=True)
class Intake:
    """What was taken in, and the order it became."""

    received: OrderImport
    order: Order


def take(
    source: pathlib.Path | Iterable[bytes], *, by: Person | None, at: datetime.datetime, name: str = "",
    fixes: Mapping[str, object] | None = None, accept: Iterable[str] = (), accept_defaults: bool = False, submit: bool = True,
    told: Told = lambda step, text: None, **people: Person | None,
) -> Intake:  # fmt: skip
    """Bring a document to a submitted order. `fixes` are {place: value}, `accept` keys of problems taken as they are.

    `people`: account_manager, campaign_manager, trafficker. Raises what the steps raise; Unfinished lists what is open,
    and the import stays to be corrected. With `accept_defaults` every default is taken, as by one who answers yes to all.
    """
    received = importing.receive(source, name=name, by=by, at=at)
    document = received.document
    told("read", f"{received}: {len(document['lines'])} lines, {len(document['fields'])} facts, {len(document['problems'])} problems")
    for place, value in (fixes or {}).items():
        correcting.fix(received, place, value, by=by, at=at)
    for key in accept:
        correcting.accept(received, key, by=by, at=at)
    if accept_defaults:
        correcting.accept_defaults(received, by=by, at=at)
    state = checking.state(received)
    told("match", f"{received.advertiser or 'advertiser unknown'}, {len(received.products)} of {len(state.planned)} lines have a product")
    if state.open:
        raise Unfinished(str(received), state.open)
    order = importing.commit(received, by=by, at=at, **people)
    told("order", f"{order}: {order.currency} {order.gross:,.2f} gross, {order.net:,.2f} net")
    if submit:
        approval.submit(order, by=by, at=at)
        told("submit", order.get_status_display())
    return Intake(received, order)
