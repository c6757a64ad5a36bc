"""Orders on their way: drafts in the builder, signatures, booking, ending, imports."""

import datetime
import pathlib
import tempfile
from decimal import Decimal

from makegood.accounts.actions import accounts
from makegood.catalog.actions import packages
from makegood.orders import checking
from makegood.orders.actions import approval, correcting, importing
from makegood.orders.models import OrderImport
from tests.factories import billing, catalog, orders
from tests.journeys import hostile
from tests.permissions.scenes.setting import Sent, form, own, scene

DAY = datetime.timedelta(days=1)


def ahead(w, at, *, name="Ahead", quantity=50_000, lines=1, start=None, end=None):
    """A draft of the client's for the weeks to come."""
    when = {"start": start or at.date() + 7 * DAY, "end": end or at.date() + 20 * DAY}
    people = {"account_manager": w.people["C"], "campaign_manager": w.people["C"], "trafficker": w.people["T"]}
    made = orders.order(name, advertiser=own(w), **when, **people)
    for _ in range(lines):
        orders.line(made, billing.run_of_site(), quantity=quantity, **when)
    return made


def submitted(w, at):
    """Out for signatures: nothing is left to approve."""
    made = approval.submit(ahead(w, at), by=None, at=at)
    assert made.status == "approved"
    return made


@scene("order-book")
def book(w, at):
    return Sent({}, {"order_id": orders.signed(ahead(w, at)).pk})


@scene("order-sign")
def sign(w, at):
    return Sent({"name": "Ada Maker"}, {"order_id": submitted(w, at).pk})


@scene("order-countersign")
def countersign(w, at):
    return Sent({"name": "Lena Ortiz", "on_paper": "a PDF by e-mail"}, {"order_id": submitted(w, at).pk})


@scene("today-countersign")
def today_countersign(w, at):
    return Sent({"name": "Ada Maker"}, {"order_id": submitted(w, at).pk})


@scene("order-cancel")
def cancel(w, at):
    return Sent({"why": "The budget is gone"}, {"order_id": orders.booked(ahead(w, at)).pk})


@scene("order-notice")
def notice(w, at):
    return Sent({"source": "A letter", "why": "They stop"}, {"order_id": orders.booked(ahead(w, at, end=at.date() + 97 * DAY)).pk})


@scene("order-po")
def number(w, at):
    return Sent({"po_number": "PO-77"}, {"order_id": ahead(w, at).pk})


@scene("order-release")
def release(w, at):
    accounts.set_terms(own(w), by=None, at=at, why="new client", prepay=True)
    return Sent({"why": "the wire is seen"}, {"order_id": orders.booked(ahead(w, at)).pk})


@scene("order-terms")
def terms(w, at):
    text = "1. Payment. Invoices are due within ninety days.\n2. Cancellation. Either side may cancel with two days of notice and owes nothing.\n" * 6
    return Sent({"file": ("terms.txt", text.encode())}, {"order_id": ahead(w, at).pk})


def sheet(at, **cells):
    """One typed row of the builder."""
    days = {"start": str(at.date() + 7 * DAY), "end": str(at.date() + 20 * DAY)}
    return {"rows": [{"key": "a", "line": None, "cells": {"product": "run-of-site", "quantity": "50000", **days, **cells}}], "opened": {}, "row": "a"}


@scene("order-build-check")
def build_check(w, at):
    return Sent(sheet(at), {"order_id": ahead(w, at).pk}, json=True)


@scene("order-build-panel")
def build_panel(w, at):
    return Sent(sheet(at), {"order_id": ahead(w, at).pk}, json=True)


@scene("order-build-save")
def build_save(w, at):
    return Sent(sheet(at), {"order_id": ahead(w, at, lines=0).pk}, json=True)


@scene("order-build-package")
def build_package(w, at):
    packages.set_package("starter", "Starter", price=Decimal(100), items=[(catalog.run_of_site(), 10_000, False)], by=None, at=at)
    return Sent({"code": "starter", "start": at.date() + 7 * DAY, "end": at.date() + 20 * DAY}, {"order_id": ahead(w, at).pk})


@scene("order-build-upload")
def build_upload(w, at):
    text = f"Product,Start,End,Quantity\nrun-of-site,{at.date() + 7 * DAY},{at.date() + 20 * DAY},50000\n"
    return Sent({"sheet": ("plan.csv", text.encode())}, {"order_id": ahead(w, at).pk})


@scene("import-accept")
def accept(w, at):
    received = OrderImport.objects.get(pk=w.ids["import_id"])
    correcting.fix(received, "field:gross_amount", "7000", by=None, at=at)  # the lines sum to another
    problem = next(one.key for one in checking.state(received).problems if one.blocks)
    return Sent({"problem": problem})


@scene("import-undo")
def undo(w, at):
    received = OrderImport.objects.get(pk=w.ids["import_id"])
    correcting.accept_defaults(received, by=None, at=at)
    importing.commit(received, by=None, at=at)
    return Sent()



@scene("order-new")
def new(w, at):
    return Sent(form(w, "A", "/orders/new/", name="A new one", advertiser=w.ids["own"]))


@scene("imports")
def document(w, at):
    with tempfile.TemporaryDirectory() as folder:
        return Sent({"document": ("io.xlsx", hostile.order(pathlib.Path(folder) / "io.xlsx", B4="Another campaign").read_bytes())})


@scene("import-defaults")
def defaults(w, at):
    """A document of a client nobody knows yet."""
    with tempfile.TemporaryDirectory() as folder:
        received = importing.receive(hostile.order(pathlib.Path(folder) / "io.xlsx", B3="Newcomer Foods"), by=None, at=at)
    return Sent({}, {"import_id": received.pk})


@scene("import-party")
def party(w, at):
    return Sent({"role": "advertiser", "account": w.ids["rival"]})


@scene("import-product")
def product(w, at):
    return Sent({"line": "1", "product": catalog.takeover().pk})
