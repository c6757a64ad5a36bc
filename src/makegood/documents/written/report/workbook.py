"""The wrap-up report as a workbook: Summary, Lines, Days, Creatives, Placements, Counting, Notes. Real numbers."""

from collections.abc import Sequence

from makegood.documents.charts import figures
from makegood.documents.written import sheets
from makegood.documents.written.report import totals as sums
from makegood.documents.written.report.document import Part, ReportDocument
from makegood.documents.written.report.totals import Totals
from makegood.documents.written.sheets import Book, Column, Row


def xlsx(doc: ReportDocument) -> bytes:
    """The report as a workbook. Raises FiguresDisagree where `doc` contradicts itself."""
    totals = sums.of(doc)
    with sheets.Book(title=f"{doc.client}, {doc.campaign}", made_at=doc.as_of, zone=doc.zone) as book:
        _summary(book, doc, totals)
        _lines(book, doc, totals)
        _days(book, doc, totals)
        _parts(book, doc, totals, "Creatives", doc.creatives)
        _parts(book, doc, totals, "Placements", doc.placements)
        _counting(book, doc, totals)
        _notes(book, doc)
    return book.data


def _stamp(doc: ReportDocument) -> list[str]:
    return [
        f"{doc.client}, {doc.campaign}. Order {doc.order_number}. {figures.span(doc.starts_on, doc.ends_on)}",
        f"Counts as of {figures.moment(doc.as_of)}. Days are days in {doc.zone}.",
    ]


def _summary(book: Book, doc: ReportDocument, totals: Totals) -> None:
    sheet = book.sheet("Summary")
    top = book.heading(sheet, doc.headline, [*_stamp(doc), *doc.findings])
    facts: list[tuple[str, object, sheets.Kind, str]] = [
        ("Promised", totals.promised, "int", doc.unit),
        ("Delivered", totals.delivered, "int", doc.unit),
        ("Delivered of promised", totals.kept, "percent", ""),
        ("Viewability", totals.viewability, "percent", "of measurable"),
        ("Clicks", totals.clicks, "int", ""),
        ("Audible", totals.audible or None, "int", ""),
        ("Conversions", totals.conversions or None, "int", ""),
        ("Click rate", totals.click_rate, "percent", "of delivered"),
        ("Booked", totals.booked, "money", doc.currency),
        ("Value delivered", totals.value, "money", doc.currency),
        ("Billed, gross", totals.billed_gross, "money", doc.currency),
        ("Agency commission", totals.billed_commission, "money", doc.currency),
        ("Billed, net", totals.billed_net, "money", doc.currency),
    ]
    for kind in ("int", "percent", "money"):
        columns = [
            Column(name="Figure", key="name", width=28), Column(name="Value", key="value", kind=kind, width=18),
            Column(name="Unit", key="unit", width=18),
        ]  # fmt: skip
        rows = [{"name": name, "value": value, "unit": unit} for name, value, of, unit in facts if of == kind]
        top = book.plain(sheet, top, columns, rows)
    if doc.billing:
        top = book.plain(sheet, top, _BILLS, [vars(bill) for bill in doc.billing])
    if doc.make_goods:
        book.plain(sheet, top, _MAKE_GOODS, [vars(one) for one in doc.make_goods])


_BILLS = (
    Column(name="Invoice", key="number", width=28), Column(name="Net", key="net", kind="money", width=18),
    Column(name="Date", key="issued_on", kind="date", width=18), Column(name="Period", key="period"),
    Column(name="Gross", key="gross", kind="money"), Column(name="Commission", key="commission", kind="money"),
    Column(name="Tax", key="tax", kind="money"), Column(name="State", key="status"),
)  # fmt: skip
_MAKE_GOODS = (
    Column(name="Make-good", key="what", width=28), Column(name="Units", key="units", kind="int", width=18),
    Column(name="Line", key="line_number", kind="int", width=18), Column(name="Value", key="value", kind="money"),
    Column(name="State", key="status"),
)  # fmt: skip


def _measured(row: Row) -> Row:
    """A row with its rates; blank where not measured."""
    get = row.get

    def known(key: str) -> int | None:
        value = get(key)
        return value if isinstance(value, int) else None

    return {
        **row,
        "viewability": sums.ratio(known("viewable"), known("measurable")),
        "ctr": sums.ratio(known("clicks"), known("delivered")),
        "kept": sums.ratio(known("delivered"), known("promised")),
    }


_MEASURES = (
    Column(name="Measurable", key="measurable", kind="int"), Column(name="Viewable", key="viewable", kind="int"),
    Column(name="Viewability", key="viewability", kind="percent"), Column(name="Clicks", key="clicks", kind="int"),
    Column(name="CTR", key="ctr", kind="percent"),
)  # fmt: skip


def _lines(book: Book, doc: ReportDocument, totals: Totals) -> None:
    sheet = book.sheet("Lines")
    columns = (
        Column(name="#", key="number", kind="int", width=6), Column(name="Line", key="name", width=34),
        Column(name="Placement", key="placement"), Column(name="Starts", key="starts_on", kind="date"),
        Column(name="Ends", key="ends_on", kind="date"), Column(name="Unit", key="unit", width=14),
        Column(name="Promised", key="promised", kind="int"), Column(name="Delivered", key="delivered", kind="int"),
        Column(name="Of promise", key="kept", kind="percent"), *_MEASURES,
        Column(name="Rate", key="rate", kind="money", unit=doc.currency),
        Column(name="Per", key="rate_unit", width=10),
        Column(name="Booked", key="booked", kind="money", unit=doc.currency),
        Column(name="Value", key="value", kind="money", unit=doc.currency), Column(name="Note", key="note", width=40),
    )  # fmt: skip
    total = _measured({**vars(totals), "number": None, "name": f"Total ({doc.unit} only; money of all lines)"})
    rows = [_measured(vars(line)) for line in doc.lines]
    book.table(sheet, book.heading(sheet, "Lines", _stamp(doc)), columns, rows, total)


def _days(book: Book, doc: ReportDocument, totals: Totals) -> None:
    sheet = book.sheet("Days")
    columns = (
        Column(name="Day", key="on", kind="date", width=14),
        Column(name="Delivered", key="delivered", kind="int", unit=doc.unit),
        Column(name="Expected on the curve", key="expected", kind="int", unit=doc.unit),
        Column(name="Clicks", key="clicks", kind="int"),
    )
    rows = [vars(day) for day in doc.days]
    total: Row = {"delivered": totals.delivered} if doc.days else {}
    book.table(sheet, book.heading(sheet, "Days", _stamp(doc)), columns, rows, total)


def _parts(book: Book, doc: ReportDocument, totals: Totals, name: str, parts: Sequence[Part]) -> None:
    sheet = book.sheet(name)
    columns = (
        Column(name=name.removesuffix("s"), key="name", width=36), Column(name="Detail", key="detail"),
        Column(name="Delivered", key="delivered", kind="int", unit=doc.unit), *_MEASURES,
    )  # fmt: skip
    rows = [_measured(vars(part)) for part in parts]
    total: Row = {"name": "Total", "delivered": totals.delivered} if parts else {}
    book.table(sheet, book.heading(sheet, name, _stamp(doc)), columns, rows, total)


def _counting(book: Book, doc: ReportDocument, totals: Totals) -> None:
    sheet = book.sheet("Counting")
    lines = [line for line in doc.lines if line.unit == doc.unit]
    columns = (
        Column(name="#", key="number", kind="int", width=6), Column(name="Line", key="name", width=34),
        Column(name="Counted, gross", key="gross", kind="int", unit=doc.unit),
        *(Column(name=reason, key=f"reason {reason}", kind="int") for reason, _ in totals.filtered),
        Column(name="Delivered, net", key="delivered", kind="int", unit=doc.unit),
    )  # fmt: skip

    def lost(pairs: Sequence[tuple[str, int]]) -> Row:
        return {f"reason {reason}": -units for reason, units in pairs}

    rows = [{**vars(line), **lost(line.filtered)} for line in lines]
    total = {**vars(totals), **lost(totals.filtered), "name": "Total", "number": None}
    top = book.table(sheet, book.heading(sheet, "From counted to delivered", _stamp(doc)), columns, rows, total)
    if steps := sums.caused(doc, totals):
        causes = (
            Column(name="#", key="at", kind="int", width=6), Column(name="From promised to delivered", key="label", width=34),
            Column(name="Units", key="units", kind="int", unit=doc.unit),
        )  # fmt: skip
        book.plain(sheet, top, causes, [{"at": at, **vars(step)} for at, step in enumerate(steps, 1)])


def _notes(book: Book, doc: ReportDocument) -> None:
    sheet = book.sheet("Notes")
    facts = [
        ("Seller", doc.seller.name), ("Client", doc.client), ("Agency", doc.agency), ("Campaign", doc.campaign),
        ("Order", doc.order_number), ("Currency", doc.currency), ("Unit", doc.unit), ("Time zone", doc.zone),
        ("As of", doc.as_of.isoformat()), *((f"Note {at}", note) for at, note in enumerate(doc.notes, 1)),
    ]  # fmt: skip
    columns = (Column(name="What", key="what", width=16), Column(name="Says", key="says", width=110))
    rows = [{"what": what, "says": says} for what, says in facts if says]
    book.plain(sheet, book.heading(sheet, "Notes and method", []), columns, rows)
