"""The close lists what is ready with its exceptions; the job prepares whatever is due."""

import datetime
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.billing import jobs
from makegood.billing.actions import preparing
from makegood.billing.models import Invoice
from makegood.billing.queries import close
from tests import personas
from tests.factories import billing
from tests.factories.accounts import NOW
from tests.factories.billing import BROADCAST


def test_each_unbilled_period_is_ready_with_what_a_bill_would_say(finance):
    order = billing.ran(third=(90_000, 59_000, 140_000), bill_source="third_party")
    preparing.prepare(order, BROADCAST[2], by=finance, at=NOW)
    found = close.closings(finance, at=NOW)
    assert [(one.period.end, one.ours, one.third_party, one.billable, one.gross, one.exceptions) for one in found] == [
        (BROADCAST[0], 120_000, 90_000, 90_000, Decimal("900.00"), ("line 1: third party counts 25.0 % fewer, tolerance 10 %",)),
        (BROADCAST[1], 60_000, 59_000, 59_000, Decimal("590.00"), ()),
    ]  # fmt: skip


def test_exceptions_come_first(finance):
    billing.ran(name="Fine", bill_schedule="end")
    billing.ran((10_000,), name="Thin", bill_source="third_party", bill_schedule="end", po_number="")
    billing.ran((), name="Empty", bill_schedule="end")
    assert [(one.order.name, one.exceptions) for one in close.closings(finance, at=NOW)] == [
        ("Thin", ("no PO number", "line 1: no third-party count, ours would be billed")),
        ("Empty", ("line 1: nothing was counted",)),
        ("Fine", ()),
    ]  # fmt: skip


def test_only_periods_that_are_over(finance):
    billing.ran()
    during = datetime.datetime(2026, 7, 27, 2, tzinfo=datetime.UTC)  # still 26 July in New York
    assert [one.period.end for one in close.closings(finance, at=during)] == [BROADCAST[0]]


def test_queries_do_not_grow(finance):
    def queries():
        with CaptureQueriesContext(connection, ) as seen:
            close.closings(finance, at=NOW)
        return len(seen)

    billing.ran()
    one = queries()
    billing.ran(name="Second")
    billing.ran(name="Third", client="Harrow Mutual")
    assert (queries(), one <= 8) == (one, True)


def test_a_client_closes_only_its_own(finance):
    billing.ran()
    rival = billing.ran(name="Rival", client="Harrow Mutual", agency=False)
    contact = personas.client_of(rival.advertiser.party, "Rhea Rival")
    assert {one.order.name for one in close.closings(contact, at=NOW)} == {"Rival"}


def test_the_job_prepares_whatever_is_due_once(db):
    billing.ran((10_000, 0, 30_000))
    during = datetime.datetime(2026, 6, 29, 12, tzinfo=datetime.UTC)
    assert [jobs.prepare_due(at) for at in (during, during + datetime.timedelta(days=1), NOW, NOW)] == [0, 1, 1, 0]
    assert sorted(Invoice.objects.values_list("period_end", "gross", "status")) == [
        (BROADCAST[0], Decimal("100.00"), "draft"), (BROADCAST[2], Decimal("300.00"), "draft"),
    ]  # fmt: skip
