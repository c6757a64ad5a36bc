"""An order document's way in: received, committed as one order, undone or thrown away. All or nothing."""

import datetime
import pathlib
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from makegood.core import files, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.documents.orders import OrderDocument, UnreadableDocument
from makegood.orders import checking
from makegood.orders.actions import building, learning, matching, revising
from makegood.orders.actions.locking import lock
from makegood.orders.errors import AlreadyImported, Unfinished
from makegood.orders.models import Order, OrderImport


def receive(source: pathlib.Path | Iterable[bytes], *, name: str = "", by: Person | None, at: datetime.datetime) -> OrderImport:
    """Read a document, store it and match its parties and lines.

    The same bytes again give the import already there. Raises AlreadyImported when they became an order, Invalid with
    place and remedy when they cannot be read; then nothing is stored.
    """
    permissions.check(by, "orders.import")
    name = pathlib.PurePath(name or (source.name if isinstance(source, pathlib.Path) else "document")).name
    with files.on_disk(source, name) as path:
        try:
            document = learning.read(path, name=name)
        except UnreadableDocument as error:
            raise Invalid(f"{error.reason}.", place=error.place, remedy=f"{error.remedy.capitalize()}.") from error
        known = _known(document.sha256, name)
        return known or _stored(path, document, name, by, at)


@verbs.whole
def commit(
    received: OrderImport, *, by: Person | None, at: datetime.datetime, account_manager: Person | None = None,
    campaign_manager: Person | None = None, trafficker: Person | None = None,
) -> Order:  # fmt: skip
    """Make the draft order, whole, and learn the layout from what a person put right. Raises Unfinished while an error is neither fixed nor accepted or something is unmatched."""
    permissions.check(by, "orders.import", received)
    lock(received)
    state = checking.state(received)
    if state.open:
        raise Unfinished(str(received), state.open)
    people = building.People.of(received, by, account_manager, campaign_manager, trafficker)
    order = building.build(received, state, people, by=by, at=at)
    transitions.move(received, "imported", by=by, at=at, why=order.number, order=order)
    learning.learn(received, by=by, at=at)
    return order


@verbs.whole
def undo(received: OrderImport, *, by: Person | None, at: datetime.datetime) -> OrderImport:
    """Take the import back while its order is a draft: the order is cancelled, the document is open for correction again."""
    permissions.check(by, "orders.import", received)
    order = received.order
    if received.status != "imported" or order is None:
        raise Refused("it is not imported.", place=str(received), remedy="Nothing is there to undo.")
    if revising.lock(order).status != "draft":
        raise Refused(f"{order.number} is {order.get_status_display().lower()}.", place=str(received), remedy=f"Withdraw {order.number} first.")
    for line in order.lines.order_by("pk"):
        for flight in line.flights.order_by("pk"):
            transitions.move(flight, "cancelled", by=by, at=at, why="the import was undone")
        transitions.move(line, "cancelled", by=by, at=at, why="the import was undone")
    transitions.move(order, "cancelled", by=by, at=at, why="the import was undone")
    return transitions.move(received, "read", by=by, at=at, why=f"{order.number} was undone", order=None)


@verbs.whole
def discard(received: OrderImport, *, by: Person | None, at: datetime.datetime, why: str = "") -> OrderImport:
    """Throw the document away; sending it again starts anew."""
    permissions.check(by, "orders.import", received)
    lock(received)
    return transitions.move(received, "discarded", by=by, at=at, why=why)


def _known(sha256: str, name: str) -> OrderImport | None:
    known = OrderImport.objects.filter(sha256=sha256).exclude(status="discarded").select_related("order", "file").first()
    if known and known.order:
        raise AlreadyImported(name, known.order.pk, known.order.number)
    return known


def _stored(path: pathlib.Path, document: OrderDocument, name: str, by: Person | None, at: datetime.datetime) -> OrderImport:
    try:
        with transaction.atomic():
            file = files.store(files.chunks(path), name=name, media_type=document.media_type, by=by, at=at)
            received = OrderImport.objects.create(file=file, sha256=document.sha256, document=document.to_json(), by=by, at=at)
            transitions.start(received, by=by, at=at)
            matching.fill(received, by=by, at=at)
            return received
    except IntegrityError:  # somebody sent the same document at the same moment
        known = _known(document.sha256, name)
        if known is None:
            raise
        return known
