"""Items before and after a campaign runs: orders to countersign, documents to check, bills to issue."""

import datetime
from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from makegood.billing.models import Invoice
from makegood.billing.queries import invoices
from makegood.core import permissions
from makegood.core.models import Person
from makegood.documents.orders.messages import Severity
from makegood.insight.queue.item import Item, close_of, local_day, sentence, urgency
from makegood.orders import queries as orders
from makegood.orders import reading
from makegood.orders.models import Order, OrderImport, Signature

DAY = datetime.timedelta(days=1)


def half_signed(actor: Person, people: Collection[int]) -> QuerySet[Order]:
    """Approved orders of these people with client_at and seller_signed: what one side has signed of the current revision."""
    marks = Signature.objects.filter(revision__order=OuterRef("pk"), revision__number=OuterRef("revision"))
    rows = orders.visible_to(actor).filter(status="approved", account_manager__in=people).select_related("advertiser__party", "agency__party")
    return rows.annotate(
        client_at=Subquery(marks.filter(side="client").values("at")[:1]), seller_signed=Exists(marks.filter(side="seller"))
    ).order_by("start")


def countersign(actor: Person, rows: Collection[Order], at: datetime.datetime) -> list[Item]:
    """Orders the client has signed and we have not."""
    return [_countersign(order, actor, at) for order in rows if order.client_at and not order.seller_signed]  # type: ignore[attr-defined]


def _countersign(order: Order, actor: Person, at: datetime.datetime) -> Item:
    due = close_of(local_day(order.client_at, actor) + DAY, actor)  # type: ignore[attr-defined]
    starts = f"Starts {order.start.day} {order.start:%b}; nothing is reserved until both have signed"
    near = order.start - local_day(at, actor) < datetime.timedelta(days=5)
    return Item(
        key=f"order-{order.pk}", kind="orders", icon="signature", title=f"Countersign revision {order.revision}",
        why=sentence(f"{order.advertiser}, {order.name}", starts), due_at=due, state="risk" if near or due < at else "watch",
        action="Countersign", does="countersign", place="orders.order", place_id=order.pk, amount=order.net, currency=order.currency,
    )  # fmt: skip


def imports(actor: Person, people: Collection[int], at: datetime.datetime) -> list[Item]:
    """Documents these people took in that are not orders yet."""
    if not permissions.may(actor, "orders.import"):
        return []
    rows = orders.import_list(actor).filter(status="read", by__in=people)
    return [_import(one, actor, at) for one in rows]


def _import(one: OrderImport, actor: Person, at: datetime.datetime) -> Item:
    cells = open_cells(one)
    due = close_of(local_day(one.at, actor) + DAY, actor)
    plural = "s" if cells != 1 else ""
    title = f"{cells} cell{plural} need you in {one.file.name}" if cells else f"{one.file.name} can become an order"
    return Item(
        key=f"import-{one.pk}", kind="orders", icon="table-import", title=title,
        why=sentence(str(one.advertiser or "Advertiser not matched yet"), "Nothing is booked until it is right"), due_at=due,
        state="watch" if due >= at else "risk", action=f"Fix {cells} cell{plural}" if cells else "Make the order",
        place="orders.orderimport", place_id=one.pk, owner=str(one.by or ""), owner_id=one.by_id,
    )  # fmt: skip


def open_cells(one: OrderImport) -> int:
    """Cells with an error that are neither corrected nor accepted, as the document was read."""
    found = (reading.place_of(problem) for problem in reading.problems(one.document) if problem.severity is Severity.ERROR)
    return len({place for place in found if place not in one.fixes})


def drafts(actor: Person, at: datetime.datetime) -> list[Item]:
    """Draft bills, for those who may issue them."""
    if not permissions.may(actor, "billing.issue"):
        return []
    rows = invoices.invoice_list(actor).filter(status="draft").annotate(client=F("order__advertiser__party__name")).order_by("made_at", "pk")
    return [_draft(one, actor, at) for one in rows]


def _draft(one: Invoice, actor: Person, at: datetime.datetime) -> Item:
    due = close_of(local_day(one.made_at, actor) + 2 * DAY, actor)
    return Item(
        key=f"invoice-{one.pk}", kind="money", icon="file-invoice", title=f"Issue the {one.period_end:%B} bill",
        why=sentence(f"{one.client}, {one.order.name}", f"To {one.bill_to}"), due_at=due, state=urgency(due, at),  # type: ignore[attr-defined]
        action="Check and issue", place="billing.invoice", place_id=one.pk, amount=one.net, currency=one.currency,
    )  # fmt: skip
