"""Bills: prepared, paid, credited, thrown away; counts of others."""

from makegood.billing.actions import preparing
from makegood.billing.models import Invoice
from makegood.delivery.actions import vendor_files
from makegood.delivery.models import CountLoad, Fact
from makegood.orders.models import Flight
from tests.factories import billing
from tests.permissions.scenes.setting import Sent, scene


@scene("billing-prepare")
def prepare(w, at):
    return Sent({"order": w.ids["order_id"], "on": billing.BROADCAST[2]})


@scene("invoice-credit")
def credit(w, at):
    return Sent({"amount": "10", "reason": "Two days without it"})


@scene("invoice-credit-counts")
def credit_counts(w, at):
    """A recount took some of what was billed, and no draft waits."""
    preparing.discard(Invoice.objects.get(pk=w.ids["due"]), by=w.people["F"], at=at, why="counted anew")
    row = Fact.objects.filter(flight=w.ids["flight_id"]).order_by("hour")[0]
    Fact.objects.filter(pk=row.pk).update(gross=row.gross - 5_000, net=row.net - 5_000)
    return Sent()


@scene("invoice-pay")
def pay(w, at):
    return Sent({"amount": "10", "received_on": at.date(), "reference": "W-1"})


@scene("invoice-apply")
def apply(w, at):
    return Sent({"amount": "10"})


@scene("payment-refund")
def refund(w, at):
    return Sent({"amount": "10", "paid_on": at.date(), "reference": "OUT-1", "why": "They ask for it"})


@scene("invoice-discard")
def discard(w, at):
    return Sent({"why": "the wrong period"})


@scene("count-load-confirm")
def confirm(w, at):
    load, flight = CountLoad.objects.get(pk=w.ids["load_id"]), Flight.objects.get(pk=w.ids["flight_id"])
    for placement in ("77", "78"):
        vendor_files.choose(load, placement, flight if placement == "77" else None, by=None, at=at)
    return Sent()


@scene("counts")
def counts(w, at):
    text = f"Date,Placement ID,Placement,Impressions\n{billing.COUNTED[1]},79,Homepage,50000\n"
    return Sent({"vendor": "Adcount", "document": ("july.csv", text.encode())})

