"""The trafficking sheet: line × flight × creative × tag × dates × click URL, as the people who set it up read it."""

from dataclasses import dataclass
from datetime import date, datetime

from makegood.documents.charts import figures
from makegood.documents.written import sheets
from makegood.documents.written.sheets import Column


@dataclass(frozen=True, kw_only=True)
class TraffickingRow:
    """One creative in one flight. `tag` is what a partner pastes, `click_url` where a click lands."""

    line_number: int
    line: str
    flight: str
    starts_on: date
    ends_on: date
    creative: str
    version: int
    format: str
    size: str = ""
    weight: int | None = None
    goal: int | None = None
    placement: str = ""
    tag: str = ""
    click_url: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class TraffickingSheet:
    """All rows of an order. `weight` is a share among the creatives of a flight, in percent."""

    order_number: str
    revision: int
    advertiser: str
    campaign: str
    as_of: datetime
    zone: str
    rows: tuple[TraffickingRow, ...]
    notes: tuple[str, ...] = ()


COLUMNS = (
    Column(name="Line", key="line_number", kind="int", width=6),
    Column(name="Line name", key="line", width=30),
    Column(name="Placement", key="placement"),
    Column(name="Flight", key="flight", width=18),
    Column(name="Starts", key="starts_on", kind="date"),
    Column(name="Ends", key="ends_on", kind="date"),
    Column(name="Goal", key="goal", kind="int"),
    Column(name="Creative", key="creative", width=30),
    Column(name="Version", key="version", kind="int", width=9),
    Column(name="Format", key="format", width=12),
    Column(name="Size", key="size", width=12),
    Column(name="Weight", key="weight", kind="int", unit="%", width=11),
    Column(name="Click URL", key="click_url", width=48),
    Column(name="Tag", key="tag", width=60),
    Column(name="SHA-256 of the file", key="sha256", width=40),
)


def xlsx(sheet: TraffickingSheet) -> bytes:
    """The sheet as a workbook; URLs and tags are text, never links or formulas."""
    title = f"{sheet.advertiser}, {sheet.campaign}"
    with sheets.Book(title=title, made_at=sheet.as_of, zone=sheet.zone) as book:
        page = book.sheet("Trafficking")
        notes = [
            f"Order {sheet.order_number}, revision {sheet.revision}. As of {figures.moment(sheet.as_of)}. "
            f"Days are days in {sheet.zone}.",
            *sheet.notes,
        ]
        book.table(page, book.heading(page, title, notes), COLUMNS, [vars(row) for row in sheet.rows])
    return book.data
