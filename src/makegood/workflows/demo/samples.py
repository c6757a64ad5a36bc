"""Three insertion orders as agencies send them, for the demo seller's catalogue: workbook, audio PDF, retail CSV."""

import datetime
import pathlib
from decimal import Decimal

from makegood.documents.written import sample_orders
from makegood.documents.written.sample_orders import SampleLine, SampleOrder
from makegood.workflows.demo.policy import SELLER
from makegood.workflows.demo.times import DAY

CENT = Decimal("0.01")
TERMS = ("Billing on the publisher's counts, capped at the goal.", "Cancelable on 14 days' notice.", "Payment net 30 days.")


def write(folder: pathlib.Path, today: datetime.date) -> dict[str, pathlib.Path]:
    """The three documents in `folder`, for flights that ended before `today`; {kind: path}."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "digital": ("Kestrel_Autumn_Ridge_IO.xlsx", sample_orders.xlsx(digital(today))),
        "audio": ("Halcyon_Quiet_Season_contract.pdf", sample_orders.pdf(audio(today))),
        "retail": ("Quill_Desk_Refresh_order.csv", sample_orders.csv_bytes(retail(today))),
    }
    found = {}
    for kind, (name, content) in files.items():
        found[kind] = folder / name
        found[kind].write_bytes(content)
    return found


def digital(today: datetime.date) -> SampleOrder:
    """Display over four weeks through an agency, with commission."""
    first, last = today - 45 * DAY, today - 18 * DAY
    return SampleOrder(
        number="CN-20931", revision=1, dated=first - 20 * DAY, agency="Compass North", advertiser="Kestrel Outdoor", seller=SELLER["name"],
        campaign="Autumn Ridge", currency="USD", commission_rate=Decimal("0.15"), agency_address=("77 Pier Street", "Seattle, WA 98101"),
        buyer="Yara Haddad", po_number="PO-55871", product="Ridge jackets", terms=TERMS,
        lines=(
            line("RON desktop leaderboard 728x90", first, last, 900_000, "11.00", "728x90"),
            line("RON half page 300x600", first, last, 350_000, "16.00", "300x600"),
            line("Sport section MPU", first, last - 7 * DAY, 260_000, "12.50", "300x250"),
        ),
    )  # fmt: skip


def audio(today: datetime.date) -> SampleOrder:
    """Streaming audio over two broadcast months."""
    first = today - 52 * DAY
    last = first + 34 * DAY
    return SampleOrder(
        number="1902277", revision=1, dated=first - 18 * DAY, agency="Fenwick & Rowe", advertiser="Halcyon Hotels", seller=SELLER["name"],
        campaign="Quiet Season", currency="USD", commission_rate=Decimal("0.15"), agency_address=("210 Franklin St", "New York, NY 10013"),
        buyer="Lena Ortiz", po_number="FR-3310", product="Quiet Season", estimate="4471", terms=TERMS,
        lines=(
            line("Streaming audio :30 all day", first, last, 700_000, "22.00", ":30"),
            line("Streaming audio :30 drive", first + 7 * DAY, last, 320_000, "26.00", ":30"),
        ),
    )  # fmt: skip


def retail(today: datetime.date) -> SampleOrder:
    """Retail media bought direct, from the brand's own tool."""
    first, last = today - 38 * DAY, today - 11 * DAY
    return SampleOrder(
        number="RM-7713", revision=1, dated=first - 15 * DAY, agency="", advertiser="Quill & Co", seller=SELLER["name"], campaign="Desk Refresh",
        currency="USD", product="Quill desk range", po_number="Q-20118", terms=TERMS,
        lines=(
            line("Sponsored product, search", first, last, 420_000, "14.00", ""),
            line("Retailer home page 300x250", first, last, 380_000, "12.00", "300x250"),
        ),
    )  # fmt: skip


def line(placement: str, first: datetime.date, last: datetime.date, units: int, cpm: str, size: str) -> SampleLine:
    """A line by the thousand."""
    rate = Decimal(cpm)
    return SampleLine(
        placement=placement, starts_on=first, ends_on=last, units=units, rate=rate, amount=(rate * units / 1000).quantize(CENT), size=size
    )
