"""Stages 1 to 4: the document read and matched, the order approved, signed and booked, and what is missing asked for."""

from decimal import Decimal

from makegood.core.models import Activity
from makegood.documents.orders.messages import Severity
from makegood.orders import availability, checking
from makegood.orders.actions import approval, booking, correcting, importing, signing
from makegood.orders.errors import Unfinished
from makegood.work.models import Approval
from makegood.workflows import readiness
from makegood.workflows.order_life.life import Life, begins
from makegood.workflows.ordering import asking, deciding


def read(life: Life) -> str:
    """The document stored with its values and problems; the order's time begins here."""
    life.received = importing.receive(life.path, name=life.path.name, by=life.crew.campaign_manager, at=life.moment)
    state = checking.state(life.received)
    starts = [line.start for line in state.planned] or [
        state.fields[name].value for name in ("flight_start",) if name in state.fields and state.fields[name].value
    ]  # fmt: skip
    life.moment = begins(min(starts, default=None), life.moment)
    document = life.received.document
    errors = sum(one.blocks for one in state.problems)
    life.facts["document"] = {
        "name": life.path.name, "layout": document["document"]["layout"], "fields": len(document["fields"]), "lines": len(document["lines"]),
        "problems": len(document["problems"]),
    }  # fmt: skip
    life.notes += [str(one) for one in state.problems if one.problem.severity is Severity.ERROR]
    return f"{len(document['fields'])} facts, {len(document['lines'])} lines, {errors} to fix"


def match(life: Life, *, accept_defaults: bool) -> str:
    """Parties and products known or chosen; the draft order; the sum of availability for each line.

    With `accept_defaults` unknown parties become accounts and doubtful lines the document's total; each is noted.
    """
    received, maker = life.received, life.crew.campaign_manager
    assert received is not None
    if accept_defaults:
        correcting.accept_defaults(received, by=maker, at=life.later(minutes=12))
    state = checking.state(received)
    if state.open:
        raise Unfinished(str(received), state.open)
    opened = [account for account in (received.advertiser, received.agency) if account and _new(account)]
    life.notes += [f"{account} was not known and is now an account" for account in opened]
    life.made = importing.commit(
        received, by=maker, at=life.later(minutes=8), account_manager=life.crew.account_manager, campaign_manager=maker,
        trafficker=life.crew.trafficker,
    )  # fmt: skip
    found = availability.check(life.order, at=life.moment)
    lines = {line.pk: line for line in life.order.lines.all()}
    life.facts["availability"] = [
        {"line": lines[pk].number, "wanted": one.wanted, "says": one.says, "sum": one.sum if one.limited and one.known else ""} for pk, one in found.items()
    ]
    short = sum(1 for one in found.values() if one.short)
    life.facts["order"] = {
        "number": life.order.number, "contract_number": life.order.external_number, "advertiser": str(life.order.advertiser),
        "agency": str(life.order.agency or ""), "currency": life.order.currency, "gross": str(life.order.gross), "net": str(life.order.net),
        "start": life.order.start.isoformat(), "end": life.order.end.isoformat(), "lines": len(found),
    }  # fmt: skip
    return f"{life.order.number}: {len(found)} lines, {life.order.currency} {life.order.gross:,.2f} gross; {short or 'none'} short"


def book(life: Life) -> str:
    """Approved by somebody else where a rule asks for it, signed by both sides, the inventory reserved."""
    crew, asked = life.crew, 0
    approval.submit(life.order, by=crew.campaign_manager, at=life.later(hours=1))
    for one in Approval.objects.filter(subject_type="orders.order", subject_id=life.order.pk, status="pending").order_by("pk"):
        by = crew.approver(one.roles, set(one.makers.values_list("pk", flat=True)))
        deciding.decide(one, "approved", by=by, at=life.later(hours=3), reason="")
        life.notes.append(f"{one.title}: approved by {by.name}")
        asked += 1
    order = life.refresh()
    signing.sign(order, "seller", crew.account_manager.name, by=crew.account_manager, at=life.later(hours=2))
    contact = order.bill_to.contacts.order_by("pk").first()
    name = contact.name if contact else str(order.bill_to)
    signing.sign(order, "client", name, by=crew.account_manager, at=life.later(hours=20), on_paper=f"the document received: {life.path.name}")
    booking.book(life.refresh(), by=crew.campaign_manager, at=life.later(hours=1))
    order = life.refresh()
    reserved = sum((row.units for line in order.lines.all() for flight in line.flights.all() for row in flight.reservations.all()), 0)
    document = order.revisions.latest("number").document
    if document:
        life.keep(f"order-{order.number}.pdf", document.path.read_bytes(), "order")
    return f"{asked} approval{'' if asked == 1 else 's'}, both sides signed, {reserved:,} reserved"


def ask(life: Life) -> str:
    """Tasks for whatever is missing, with owners and due dates."""
    tasks = asking.ask(life.order, by=life.crew.campaign_manager, at=life.later(minutes=30))
    found = readiness.of(life.order, at=life.moment)
    life.facts["readiness"] = {"held": found.held, "of": len(found.items), "held_back": str(found.held_back)}
    held = found.held_back or Decimal(0)
    return f"{len(tasks)} asked for; {found.says}, {life.order.currency} {held:,.0f} held back"


def _new(account: object) -> bool:
    """Whether it was opened by this import a moment ago."""
    rows = Activity.objects.filter(subject_type="accounts.account", subject_id=account.pk, verb="account.created")  # type: ignore[attr-defined]
    return rows.filter(why__contains="no account was known").exists()
