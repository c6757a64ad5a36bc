"""The facts a campaign needs before it can run and be billed: each held or not, with who would have to supply it."""

import dataclasses
import datetime
from decimal import Decimal

from django.db import models

from makegood.accounts import credit
from makegood.accounts.models import Account
from makegood.core.models import Person
from makegood.creatives.models import Creative
from makegood.orders.models import Flight, Line, Order, Prepayment
from makegood.trafficking.models import Assignment, LiveProof, QaRun
from makegood.trafficking.queries import readiness as trafficking

AGREED = ("signed", "booked", "live", "completed", "closed")
RESERVED = AGREED[1:]


@dataclasses.dataclass(frozen=True)
class Fact:
    """`subject` and `key` name the task that asks for it; `owed_by` is set when the client has to supply it."""

    subject: models.Model
    key: str
    title: str
    held: bool
    step: str = ""
    detail: str = ""
    action: str = ""
    owner: Person | None = None
    owed_by: Account | None = None
    amount: Decimal | None = None
    effort_hours: Decimal = Decimal(0)


def agreed(order: Order, at: datetime.datetime) -> list[Fact]:
    """Both sides signed; the inventory is reserved."""
    return [
        Fact(order, "signed", f"Order signed, revision {order.revision}", order.status in AGREED, detail="Both sides", owner=order.account_manager),
        Fact(order, "booked", "Inventory reserved", order.status in RESERVED, owner=order.campaign_manager),
    ]


def paperwork(order: Order, at: datetime.datetime) -> list[Fact]:
    """What billing and asking need: a purchase order and somebody to ask for creatives."""
    payer = order.bill_to
    contact = payer.contacts.exclude(email="").exists() or order.advertiser.contacts.exclude(email="").exists()
    return [
        Fact(
            order, "po_number", "Purchase order number", bool(order.po_number), "launch", "Needed to bill", "Enter number",
            order.account_manager, payer, order.net,
        ),
        Fact(order, "contact", f"Contact at {payer}", contact, "creative", "To ask for creatives", "Add contact", order.account_manager),
        *_paying(order),
    ]  # fmt: skip


def _paying(order: Order) -> list[Fact]:
    """What the payer's credit keeps back; nothing for a client in good standing."""
    payer, found = order.bill_to, []
    if credit.stops(payer, credit.Step.START):
        said, remedy = credit.why(payer)
        found.append(Fact(order, "credit", f"Credit of {payer}", False, "launch", f"{said} {remedy}", owner=order.account_manager, amount=order.net))
    if payer.prepay:
        held = Prepayment.objects.filter(order=order).exists()
        found.append(Fact(order, "prepaid", "Paid in advance", held, "launch", "" if held else "Nothing starts before", "", order.account_manager, payer, order.net))
    return found


def lines(order: Order, at: datetime.datetime) -> list[Fact]:
    """Approved creatives in every size and a click URL, line by line."""
    flights = Flight.objects.filter(line__order=order).exclude(status="cancelled").exclude(placement_ids=[])
    by_line: dict[int, list[int]] = {}
    for pk, line_id in flights.values_list("pk", "line_id"):
        by_line.setdefault(line_id, []).append(pk)
    found = trafficking.creatives([pk for ids in by_line.values() for pk in ids], at=at)
    rows = order.lines.filter(pk__in=by_line).select_related("product").order_by("number")
    facts: list[Fact] = []
    for line in rows:
        states = [found[pk] for pk in by_line[line.pk]]
        sizes = sorted({size for one in states for size in one.needed})
        for size in sizes:
            lacking = any(size in one.lacking for one in states)
            waiting = lacking and any(size in (*one.waiting, *one.approved) for one in states)
            facts.append(_creative(order, line, size, lacking, waiting))
    return facts + _click_urls(order, [line for line in rows if line.product.format in ("display", "native")])


def launch(order: Order, at: datetime.datetime) -> list[Fact]:
    """Set up, compared with the signed order, and seen live."""
    flights = list(Flight.objects.filter(line__order=order).exclude(status="cancelled").exclude(placement_ids=[]).select_related("line"))
    if not flights:
        return []
    owner = order.trafficker or order.campaign_manager
    assigned = set(Assignment.objects.filter(flight__in=flights, status="active").values_list("flight", flat=True))
    run = QaRun.objects.filter(order=order).order_by("-at", "-pk").first()
    hours = Decimal("0.5") * len(flights)
    facts = [
        Fact(order, "setup", "Creatives assigned to flights", len(assigned) == len(flights), "setup", f"{len(assigned)} of {len(flights)} flights", "Assign", owner, None, order.net, hours),
        Fact(order, "qa", "Ad server equals the order", bool(run and run.passed), "qa", f"{run.fields - run.differing} of {run.fields} fields" if run else "Not compared yet", "Compare", owner, None, order.net, Decimal("0.5")),
    ]  # fmt: skip
    seen = set(LiveProof.objects.filter(flight__in=flights).values_list("flight__line", flat=True))
    started = {flight.line_id: flight.line for flight in flights if flight.start <= at.date()}
    facts += [
        Fact(line, "live", f"Live and counted: {line.name}", pk in seen, "live", "First counted impression", "Check tag", owner, None, line.amount)
        for pk, line in sorted(started.items())
    ]
    return facts


def _creative(order: Order, line: Line, size: str, lacking: bool, waiting: bool) -> Fact:
    """Owed by the client until a file is there; then by us, until it is approved and assigned."""
    client = None if waiting else order.bill_to
    detail = "In review or to assign" if waiting else "" if not lacking else f"{line.product.name}, starts {line.start:%d %b}"
    return Fact(
        line, f"creative:{size}"[:60], f"Creative {size} for {line.name}", not lacking, "creative", detail, "Ask", order.campaign_manager,
        client, line.amount,
    )  # fmt: skip


def _click_urls(order: Order, rows: list[Line]) -> list[Fact]:
    """Where a click leads: on the flight's assignment, or on a creative of the campaign."""
    assigned = Assignment.objects.filter(flight__line__in=rows).exclude(status="removed").exclude(click_url="")
    with_url = set(assigned.values_list("flight__line", flat=True))
    known = Creative.objects.filter(root_type="orders.order", root_id=order.pk).exclude(click_url="").exists()
    return [
        Fact(
            line, "click_url", f"Click URL for {line.name}", known or line.pk in with_url, "creative", "", "Ask", order.campaign_manager,
            order.bill_to, line.amount,
        )
        for line in rows
    ]  # fmt: skip
