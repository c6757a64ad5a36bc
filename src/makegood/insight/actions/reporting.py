"""Making a campaign's wrap-up report: three files from one document, stored and listed."""

import datetime

from makegood.core import activity, files, permissions, verbs
from makegood.core.models import Person
from makegood.documents.written import report
from makegood.documents.written.report import totals as report_totals
from makegood.insight import campaign
from makegood.insight.models import Report
from makegood.orders.models import Order

WRITERS = (
    ("pdf", "application/pdf", report.pdf),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.xlsx),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", report.pptx),
)


@verbs.whole
def make(order: Order, *, by: Person | None, at: datetime.datetime) -> Report:
    """The report as of `at`, as PDF, workbook and deck. Nothing is stored when its figures do not agree."""
    permissions.check(by, "insight.report", order)
    document = campaign.document(order, at=at)
    totals = report_totals.of(document)
    record = Report.objects.create(
        order=order, by=by, at=at,
        data={
            "headline": document.headline, "promised": totals.promised, "delivered": totals.delivered, "booked": str(totals.booked),
            "value": str(totals.value), "billed_net": str(totals.billed_net), "final": document.final,
        },
    )  # fmt: skip
    for suffix, media_type, write in WRITERS:
        record.files.add(
            files.store_bytes(
                write(document), name=f"wrap-report-{order.number}.{suffix}", media_type=media_type, by=by, at=at,
                party=order.advertiser_id, visible_to_client=True,
            )
        )  # fmt: skip
    activity.record(order, "report.made", by=by, at=at, why=document.headline, visible_to_client=True)
    return record
