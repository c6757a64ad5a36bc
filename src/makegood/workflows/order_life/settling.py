"""Stages 10 to 12: the wrap-up report, invoices and their payment, a case; then every figure is held against the others."""

import datetime
from decimal import Decimal

from makegood.billing import terms
from makegood.billing.actions import issuing, preparing, receiving
from makegood.billing.models import Invoice
from makegood.core.errors import Refused
from makegood.core.models import StoredFile
from makegood.delivery.models import Fact
from makegood.engine.periods import day_bounds, periods_between
from makegood.insight.actions import reporting
from makegood.insight.models import Report
from makegood.orders.actions import running
from makegood.orders.models import Order
from makegood.work.actions import cases
from makegood.workflows.order_life.life import Life


def bill(life: Life) -> str:
    """An invoice for each period of the terms, issued when it was over, each paid in full."""
    order, crew = life.refresh(), life.crew
    issued: list[Invoice] = []
    for period in [None] if order.bill_schedule == Order.Schedule.END else periods_between(order.start, order.end, terms.calendar(order)):
        last = order.end if period is None else period.end
        at = day_bounds(last, order.zone)[1] + datetime.timedelta(days=1, hours=10)
        try:
            draft = preparing.prepare(order, order.end if period is None else max(period.start, order.start), by=crew.finance, at=max(at, life.moment))
        except Refused as nothing:
            life.notes.append(f"No bill for {period or 'the flight'}: {nothing.message}")
            continue
        issued.append(issuing.issue(draft, by=crew.finance, at=life.until(at)))
    for invoice in issued:
        when = life.later(days=order.payment_days // max(1, len(issued)), hours=2)
        receiving.record(
            order.bill_to, invoice.net, currency=invoice.currency, received_on=when.date(), reference=f"{order.number} {invoice.number}",
            by=crew.finance, at=when, apply_to={invoice: invoice.net},
        )  # fmt: skip
        keep(life, Invoice.objects.get(pk=invoice.pk).document, f"invoice-{invoice.number}.pdf", f"invoice {invoice.number}")
    net = sum((one.net for one in issued), Decimal(0))
    life.facts["invoices"] = [
        {
            "number": one.number, "from": one.period_start.isoformat(), "to": one.period_end.isoformat(), "gross": str(one.gross),
            "commission": str(one.commission), "net": str(one.net), "billable": sum(row.billable for row in one.lines.all()),
        }
        for one in issued
    ]  # fmt: skip
    prove(life)  # again, now with its bills
    return f"{len(issued)} invoice{'' if len(issued) == 1 else 's'}, {order.currency} {net:,.2f} net, paid"


def prove(life: Life) -> str:
    """The report once the flight is over and billed, in three formats."""
    made = reporting.make(life.refresh(), by=life.crew.account_manager, at=life.later(hours=1))
    for file in made.files.order_by("pk"):
        ending = file.name.rsplit(".", 1)[1]
        keep(life, file, f"report-{life.order.number}.{ending}", f"report {ending}")
    life.facts["report"] = made.data
    return str(made.data["headline"])


def manage(life: Life) -> str:
    """A client's question as a case with cause and resolution; the order closed; the figures compared."""
    crew, order = life.crew, life.refresh()
    case = cases.open(
        order, kind="billing", title="Client asks how the last bill was computed", owner=crew.account_manager, by=crew.account_manager,
        at=life.later(hours=3), severity="low", detail="Which counts were used, and where is the cap?",
    )  # fmt: skip
    cases.resolve(
        case, cause="Terms not in the cover mail", resolution="Sent the invoice's own explanation line by line.", by=crew.account_manager,
        at=life.later(hours=5),
    )  # fmt: skip
    if order.status == "completed":
        running.close(order, by=crew.campaign_manager, at=life.later(hours=1), why="billed and paid")
    life.facts["case"] = {"number": case.number, "cause": case.cause}
    life.facts["figures"] = agreed(life)
    return f"case {case.number} resolved; {life.facts['figures']['net_impressions']:,} impressions and {life.facts['figures']['billed_net']} agree everywhere"


def agreed(life: Life) -> dict[str, object]:
    """The life's figures, or Refused naming the pair that differs."""
    order = life.order
    counted = [line for line in order.lines.all() if line.counts_impressions]
    net = sum(Fact.objects.filter(flight__line__in=counted).values_list("net", flat=True))
    invoices = list(Invoice.objects.filter(order=order, status__in=("issued", "paid")))
    billed = sum((one.net for one in invoices), Decimal(0))
    inputs = _last_counts(invoices, {line.pk for line in counted})
    report = Report.objects.filter(order=order).latest("at").data
    pairs = {
        "net impressions in the report and in the facts": (report["delivered"], net) if counted else (0, 0),
        "net impressions in the invoices and in the facts": (inputs, net) if invoices and counted else (0, 0),
        "billed net in the report and in the invoices": (Decimal(report["billed_net"]), billed),
    }
    for what, (one, other) in pairs.items():
        if one != other:
            raise Refused(f"{what} differ: {one} and {other}.", place=str(order), remedy="This is a fault of the system; keep the folder.")
    return {"net_impressions": net, "billed_net": f"{order.currency} {billed:,.2f}", "billed_net_amount": str(billed), "checked": list(pairs)}


def _last_counts(invoices: list[Invoice], lines: set[int]) -> int:
    """Net units in the invoices' frozen inputs: each line's cycles as the last bill saw them."""
    found: dict[int, int] = {}
    for invoice in sorted(invoices, key=lambda one: one.period_end):
        for line in invoice.inputs["lines"]:
            if line["terms"]["line_id"] in lines:
                found[line["terms"]["line_id"]] = sum(count["net"] for count in line["counts"])
    return sum(found.values())


def keep(life: Life, file: StoredFile | None, name: str, what: str) -> None:
    """Copy a stored document into the folder of results."""
    if file is not None:
        life.keep(name, file.path.read_bytes(), what)
