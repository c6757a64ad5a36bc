"""The documents the tests write: one invoice, its credit note, and names full of markup."""

from datetime import UTC, date, datetime
from decimal import Decimal

from makegood.documents.charts.counting import CountStep
from makegood.documents.papers import Flight, OrderDocument, OrderLine, Signature
from makegood.documents.written.credit_note import CreditNoteDocument
from makegood.documents.written.invoice import InvoiceDocument, InvoiceLine
from makegood.documents.written.parties import Party, Seller

AWKWARD = "#Oat*feed* $food$ <b> [x] @home _1_ `c` 300x250 -> \\n = 50% // /* */"

AWKWARD_SHORT = "#a*b*$c$<d>[e]@f"

SELLER = Seller(
    name="Northlight Media",
    address=("41 Harbour Street", "Portland, ME 04101"),
    tax_id="01-7734120",
    email="ar@northlight.example",
    phone="+1 207 555 0134",
    bank=(
        ("Bank", "Casco Bay Trust"),
        ("Account", "0044 118 7731"),
        ("ABA routing", "011 200 365"),
        ("Name", "Northlight Media"),
    ),
)
AGENCY = Party(
    name="Parallel Media for Lumen Telecom",
    contact="Accounts payable",
    address=("200 Canal Street, floor 9", "New York, NY 10013"),
    reference="Client code LUM-04",
)


def _line(
    number: int, name: str, where: str, contracted: int, gross: int, net: int, billable: int, rate: str
) -> InvoiceLine:
    price = Decimal(rate)
    return InvoiceLine(
        number=number,
        description=name,
        detail=where,
        starts_on=date(2026, 9, 28),
        ends_on=date(2026, 10, 25),
        contracted=contracted,
        counted=net,
        billable=billable,
        rate=price,
        amount=(price * billable / 1000).quantize(Decimal("0.01")),
        counts=(
            CountStep(label="We counted, gross", units=gross, total=True),
            CountStep(label="invalid traffic", units=(net - gross) + 1202),
            CountStep(label="our own tests", units=-1202),
            CountStep(label="Net", units=net, total=True),
            CountStep(label=f"over the goal of {contracted:,}", units=billable - net),
            CountStep(label="Billable", units=billable, total=True),
        ),
        counts_note="Our counts bind; capped at the goal, line by line.",
    )


LINES = (
    _line(1, "Homepage billboard", "News, desktop and mobile", 1_600_000, 1_630_004, 1_598_310, 1_598_310, "18.00"),
    _line(2, "Run of site desktop", "News", 2_000_000, 2_184_560, 2_134_030, 2_000_000, "11.00"),
    _line(3, "All day, 30 s", "Listen", 900_000, 889_500, 884_120, 884_120, "24.00"),
    _line(4, "Search shelf", "Shelf", 600_000, 625_118, 612_330, 600_000, "14.00"),
    InvoiceLine(
        number=5,
        description="Morning Brief newsletter",
        detail="News",
        starts_on=date(2026, 9, 28),
        ends_on=date(2026, 10, 25),
        contracted=4,
        counted=4,
        billable=4,
        unit="sends",
        rate=Decimal(3000),
        rate_unit="each",
        per=1,
        amount=Decimal("12000.00"),
    ),
)
GROSS = sum((line.amount for line in LINES), Decimal(0))
COMMISSION = (GROSS * Decimal("0.15")).quantize(Decimal("0.01"))

COMMON = {
    "seller": SELLER,
    "bill_to": AGENCY,
    "period_starts_on": date(2026, 9, 28),
    "period_ends_on": date(2026, 10, 25),
    "period_name": "Broadcast October 2026",
    "order_number": "NL-20377",
    "order_revision": 2,
    "po_number": "PM-88121",
    "advertiser": "Lumen Telecom",
    "campaign": "Fibre Launch",
    "terms": "Net 30",
    "currency": "USD",
    "commission_rate": Decimal("0.15"),
    "tax": Decimal("0.00"),
}
INVOICE = InvoiceDocument(
    **COMMON,
    number="2026-1187",
    issued_on=date(2026, 10, 27),
    due_on=date(2026, 11, 26),
    lines=LINES,
    gross=GROSS,
    commission=COMMISSION,
    net_due=GROSS - COMMISSION,
    terms_followed=(
        ("Source", "Our counts"),
        ("Schedule", "Broadcast month"),
        ("Cap", "At the goal, line by line"),
        ("Tolerance", "10 %, then talk first"),
        ("Payment", "Net 30, to the agency"),
    ),
    notes=("Delivered beyond the goal and not billed: 146,360 impressions.",),
)
CREDIT = CreditNoteDocument(
    **COMMON,
    number="2026-1187-C1",
    issued_on=date(2026, 11, 9),
    lines=LINES[4:],
    gross=Decimal("12000.00"),
    commission=Decimal("1800.00"),
    net_due=Decimal("10200.00"),
    corrects="2026-1187",
    corrects_on=date(2026, 10, 27),
    reason="The newsletter of 14 October was sent to a test list only.",
)

ORDER = OrderDocument(
    seller=SELLER,
    agency=AGENCY,
    advertiser=Party(name="Lumen Telecom", address=("1 Fibre Way", "Boston, MA 02110")),
    number="NL-20377",
    revision=2,
    dated=date(2026, 9, 14),
    campaign="Fibre Launch",
    currency="USD",
    owner="Dana Whitfield",
    po_number="PM-88121",
    gross=Decimal("40000.00"),
    commission_rate=Decimal("0.15"),
    commission=Decimal("6000.00"),
    net=Decimal("34000.00"),
    lines=(
        OrderLine(
            number=1,
            name="Homepage billboard",
            placement="News",
            size="970x250, 300x250",
            starts_on=date(2026, 9, 28),
            ends_on=date(2026, 10, 25),
            units=1_000_000,
            rate=Decimal(18),
            amount=Decimal("18000.00"),
            flights=(
                Flight(starts_on=date(2026, 9, 28), ends_on=date(2026, 10, 11), units=600_000),
                Flight(starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 25), units=400_000),
            ),
        ),
        OrderLine(
            number=2,
            name="Run of site desktop",
            placement="News",
            size="300x600",
            starts_on=date(2026, 9, 28),
            ends_on=date(2026, 10, 25),
            units=2_000_000,
            rate=Decimal(11),
            amount=Decimal("22000.00"),
        ),
    ),
    terms=(
        ("Billing", "Delivered, broadcast month, capped at the goal"),
        ("Payment", "Net 30"),
        ("Cancellation", "14 days before a flight starts"),
    ),
    conditions=("Creatives are due five working days before the first day of each flight.",),
    signatures=(
        Signature(
            party="For Parallel Media",
            name="Iris Kaplan",
            title="Media director",
            signed_at=datetime(2026, 9, 15, 14, 2, tzinfo=UTC),
            sha256="5f" * 32,
        ),
        Signature(party="For Northlight Media"),
    ),
)
