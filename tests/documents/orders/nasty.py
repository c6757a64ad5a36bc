"""Workbooks as agencies really send them, each a way in which a plan is easily misread, with what a person reads in it."""
import datetime as dt
import pathlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter

Rows = Sequence[Sequence[object]]
MARCH, APRIL, MAY, JUNE = dt.date(2026, 3, 2), dt.date(2026, 4, 1), dt.date(2026, 5, 1), dt.date(2026, 6, 30)
HEAD: Rows = (("Advertiser", "Northwind Foods Ltd", None, None, "IO Number", "IO-2026-0113"), ("Agency", "Blue Harbour Media", None, None, "Currency", "GBP"), ())


@dataclass(frozen=True)
class Book:
    """Sheets of rows from A1 with merged ranges, and what is true: lines as (placement, units, amount), the total, facts, and errors as (code, cell)."""

    name: str
    sheets: Mapping[str, Rows]
    lines: tuple[tuple[str, object, str], ...]
    gross: str
    facts: Mapping[str, object] = field(default_factory=dict)
    merged: tuple[tuple[str, str, str], ...] = ()  # sheet, range, text
    hidden: tuple[str, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()


def write(path: pathlib.Path, book: Book) -> pathlib.Path:
    """The workbook as a file."""
    with xlsxwriter.Workbook(str(path)) as made:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in book.sheets.items():
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
                    elif isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif value is not None:
                        sheet.write(row, column, value)
            for where, cells_of, text in book.merged:
                if where == name:
                    sheet.merge_range(cells_of, text)
            if name in book.hidden:
                sheet.hide()
    return path


def side_by_side() -> Book:
    """Two tables beside each other, each with a header and a sum of its own."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Cost")
    left = (("Homepage", MARCH, APRIL, 100_000, 10, 1000), ("Sport", MARCH, APRIL, 200_000, 8, 1600))
    right = (("Pre-roll", APRIL, MAY, 50_000, 20, 1000), ("Mid-roll", APRIL, MAY, 40_000, 25, 1000))
    rows = [*HEAD, ("DISPLAY", *[None] * 6, "VIDEO"), (*head, None, *head), *((*a, None, *b) for a, b in zip(left, right, strict=True)),
            ("Total", None, None, None, None, 2600, None, "Total", None, None, None, None, 2000), (), ("Grand total", None, None, None, None, 4600)]
    return Book("side by side", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600"), ("Pre-roll", 50_000, "1000"), ("Mid-roll", 40_000, "1000")), "4600")


def summary_and_details() -> Book:
    """A first sheet that sums two others by channel: its rows are no lines."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Cost")
    return Book("summary and details", {
        "Summary": [*HEAD, ("Campaign dates", "02/03/2026 - 30/06/2026"), (), ("Channel", "Impressions", "Cost"), ("Display", 300_000, 2600), ("Video", 90_000, 2000), ("Total", 390_000, 4600)],
        "Display": [head, ("Homepage", MARCH, APRIL, 100_000, 10, 1000), ("Sport", MARCH, APRIL, 200_000, 8, 1600), ("Total", None, None, 300_000, None, 2600)],
        "Video": [head, ("Pre-roll", APRIL, MAY, 50_000, 20, 1000), ("Mid-roll", APRIL, JUNE, 40_000, 25, 1000), ("Total", None, None, 90_000, None, 2000)],
    }, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600"), ("Pre-roll", 50_000, "1000"), ("Mid-roll", 40_000, "1000")), "4600", {"flight_start": MARCH, "flight_end": JUNE})


def old_version_hidden() -> Book:
    """The version before on a hidden sheet, with other lines and another total."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Cost")
    return Book("old version hidden", {
        "Plan v2": [*HEAD, head, ("Homepage", MARCH, APRIL, 120_000, 10, 1200), ("Total", None, None, None, None, 1200)],
        "Plan v1": [*HEAD, head, ("Homepage", MARCH, APRIL, 100_000, 10, 1000), ("Total", None, None, None, None, 1000)],
    }, (("Homepage", 120_000, "1200"),), "1200", hidden=("Plan v1",))


def months_under_one_header() -> Book:
    """Money by month under a merged header, the line's amount at the end."""
    head = ("Placement", "Start date", "End date", "Impressions", "CPM", None, None, None, "Total net cost")
    rows = [*HEAD, head, (*[None] * 5, "Mar 2026", "Apr 2026", "May 2026"), ("Homepage", MARCH, MAY, 300_000, 10, 1000, 1000, 1000, 3000),
            ("Newsletter", MARCH, MAY, 150_000, 20, 500, 1500, 1000, 3000), ("Total", None, None, 450_000, None, 1500, 2500, 2000, 6000)]
    return Book("months under one header", {"Plan": rows}, (("Homepage", 300_000, "3000"), ("Newsletter", 150_000, "3000")), "6000", merged=(("Plan", "F4:H4", "Budget by month"),))


def weeks_in_columns() -> Book:
    """Units by week in columns headed by dates, their sum beside the price."""
    head = ("Site", "Format", "From", "To", MARCH, dt.date(2026, 3, 9), dt.date(2026, 3, 16), "Total impressions", "CPM", "Net total")
    rows = [*HEAD, head, ("news.example", "Billboard", MARCH, dt.date(2026, 3, 22), 10_000, 20_000, 30_000, 60_000, 15, 900),
            ("sport.example", "MPU", MARCH, dt.date(2026, 3, 22), 20_000, 20_000, 20_000, 60_000, 5, 300), ("Total", None, None, None, 30_000, 40_000, 50_000, 120_000, None, 1200)]
    return Book("weeks in columns", {"Plan": rows}, (("news.example", 60_000, "900"), ("sport.example", 60_000, "300")), "1200", {"flight_start": MARCH, "flight_end": dt.date(2026, 3, 22)})


def merged_downwards() -> Book:
    """One site over several rows, sections and notes between the lines, sums of each section."""
    head = ("Site", "Placement", "Flight", None, "Imps (000)", "CPM", "Net Cost")
    rows = [*HEAD, head, (None, None, "Start", "End"), ("DISPLAY",), ("news.example", "Billboard", MARCH, APRIL, 100, 10, 1000), (None, "Half page", MARCH, APRIL, 50, 12, 600),
            ("Display total", None, None, None, 150, None, 1600), ("VIDEO",), ("video.example", "Pre-roll", APRIL, MAY, 80, 20, 1600), ("Creative due five days before start",),
            ("Video total", None, None, None, 80, None, 1600), ("Campaign total", None, None, None, 230, None, 3200)]
    return Book("merged downwards", {"Plan": rows}, (("Billboard", 100_000, "1000"), ("Half page", 50_000, "600"), ("Pre-roll", 80_000, "1600")), "3200",
                merged=(("Plan", "A7:A8", "news.example"), ("Plan", "C4:D4", "Flight")))


def swiss_text() -> Book:
    """Every figure a text in the Swiss manner, francs before the amount, tax under the sum."""
    rows = [("Kunde", "Bäckerei Süss AG"), ("Agentur", "Nordlicht Media"), ("Auftrag Nr.", "A-77812"), (), ("Platzierung", "Von", "Bis", "Menge", "TKP", "Netto CHF"),
            ("Startseite", "02.03.2026", "29.03.2026", "1'200'000", "CHF 12.50", "CHF 15'000.00"), ("Rotation", "02.03.2026", "29.03.2026", "2'500'000", "CHF 6.40", "CHF 16'000.00"),
            ("Gratis-Verlängerung", "30.03.2026", "05.04.2026", "200'000", "gratis", "CHF 0.00"),
            ("Total netto", None, None, None, None, "CHF 31'000.00"), ("MWST 8.1%", None, None, None, None, "CHF 2'511.00"), ("Total inkl. MWST", None, None, None, None, "CHF 33'511.00")]
    return Book("swiss text", {"Plan": rows}, (("Startseite", 1_200_000, "15000"), ("Rotation", 2_500_000, "16000"), ("Gratis-Verlängerung", 200_000, "0")), "31000",
                {"advertiser": "Bäckerei Süss AG", "currency": "CHF", "contract_number": "A-77812", "flight_start": MARCH, "flight_end": dt.date(2026, 4, 5)})


def french_spaces() -> Book:
    """Figures with narrow spaces and commas, days in words, 'offert' for what costs nothing."""
    rows = [("Annonceur", "Boulangerie Martin"), ("Bon de commande n°", "BC-20417"), ("Devise", "EUR"), (), ("Emplacement", "Début", "Fin", "Volume", "CPM net", "Montant HT"),
            ("Page d'accueil", "2 mars 2026", "29 mars 2026", "1\u202f200\u202f000", "12,50\u00a0€", "15\u202f000,00\u00a0€"), ("Rotation", "2 mars 2026", "1er avril 2026", "500\u202f000", "6,40\u00a0€", "3\u202f200,00\u00a0€"),
            ("Newsletter", "1er avril 2026", "30 avril 2026", "100\u202f000", "offert", "offert"), ("Total HT", None, None, None, None, "18\u202f200,00\u00a0€"),
            ("TVA 20 %", None, None, None, None, "3\u202f640,00\u00a0€"), ("Total TTC", None, None, None, None, "21\u202f840,00\u00a0€")]
    return Book("french spaces", {"Plan": rows}, (("Page d'accueil", 1_200_000, "15000"), ("Rotation", 500_000, "3200"), ("Newsletter", 100_000, "0")), "18200",
                {"flight_start": MARCH, "flight_end": dt.date(2026, 4, 30), "tax_amount": Decimal(3640)})


def gross_discount_net() -> Book:
    """List price, discount and net for each line; commission and net of it under the sum."""
    head = ("Placement", "Start", "End", "Impressions", "Gross CPM", "Gross cost", "Discount %", "Net CPM", "Net cost")
    rows = [*HEAD, head, ("Homepage", MARCH, APRIL, 100_000, 20, 2000, 0.5, 10, 1000), ("Sport", MARCH, APRIL, 200_000, 10, 2000, 0.2, 8, 1600), ("Bonus ROS", MARCH, APRIL, 50_000, 10, 500, 1, 0, 0),
            ("Total", None, None, 350_000, None, 4500, None, None, 2600), ("Agency commission 15%", *[None] * 7, 390), ("Net payable", *[None] * 7, 2210)]
    return Book("gross, discount, net", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600"), ("Bonus ROS", 50_000, "0")), "2600",
                {"commission_amount": Decimal(390), "net_amount": Decimal(2210)})


def mixed_rates() -> Book:
    """Thousands, clicks, days, sends and a fixed price in one table."""
    head = ("Line", "Placement", "Start", "End", "Buy type", "Qty", "Rate", "Budget")
    rows = [*HEAD, head, (1, "Homepage", MARCH, APRIL, "CPM", 100_000, 10, 1000), (2, "Search", MARCH, APRIL, "CPC", 2000, 0.75, 1500), (3, "Takeover", MARCH, dt.date(2026, 3, 4), "Per day", 3, 2500, 7500),
            (4, "Newsletter", MARCH, APRIL, "Per send", 4, 1250, 5000), (5, "Sponsorship", MARCH, JUNE, "Flat fee", None, 9000, 9000), ("Total budget", *[None] * 6, 24_000)]
    return Book("mixed rates", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Search", 2000, "1500"), ("Takeover", 3, "7500"), ("Newsletter", 4, "5000"), ("Sponsorship", None, "9000")), "24000",
                {"flight_start": MARCH, "flight_end": JUNE})


def far_from_the_corner() -> Book:
    """A plan that begins at column D under a letterhead, with a rate card beside it that is no order."""
    blank = [None] * 3
    rows = [(), (*blank, "BLUE HARBOUR MEDIA"), (*blank, "1 Quay Street, London"), (), (*blank, "Client:", "Northwind Foods Ltd"), (*blank, "Order no.", "IO-2026-0113"), (*blank, "Currency:", "GBP"), (),
            (*blank, "Placement", "Start", "End", "Impressions", "CPM", "Net cost", None, "Rate card", "CPM"), (*blank, "Homepage", MARCH, APRIL, 100_000, 10, 1000, None, "Homepage", 20),
            (*blank, "Sport", MARCH, APRIL, 200_000, 8, 1600, None, "Sport", 12), (*blank, "Total", None, None, 300_000, None, 2600, None, "Newsletter", 30)]
    return Book("far from the corner", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600")), "2600")


def unsaid_amount() -> Book:
    """A price to be confirmed: the line has no amount, and its cell is named."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Cost")
    rows = [*HEAD, head, ("Homepage", MARCH, APRIL, 100_000, 10, 1000), ("Sport", MARCH, APRIL, 200_000, "TBC", "TBC"), ("Total", None, None, None, None, 1000)]
    return Book("unsaid amount", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "None")), "1000", errors=(("unread_cell", "Plan!E6"), ("unread_cell", "Plan!F6")))


def calendar_weeks() -> Book:
    """Days as calendar weeks, which are no dates: each cell is named."""
    rows = [("Kunde", "Bäckerei Süß GmbH"), ("Auftragsnr.", "A-77812"), ("Zeitraum", "02.03.2026 - 29.03.2026"), (), ("Platzierung", "Beginn", "Ende", "Menge", "TKP", "Netto"),
            ("Startseite", "KW 10", "KW 13", 100_000, 10, 1000), ("Rotation", "02.03.2026", "29.03.2026", 100_000, 5, 500), ("Summe", None, None, None, None, 1500)]
    return Book("calendar weeks", {"Plan": rows}, (("Startseite", 100_000, "1000"), ("Rotation", 100_000, "500")), "1500", errors=(("unread_cell", "Plan!B6"), ("unread_cell", "Plan!C6")))


def wrong_sum() -> Book:
    """A total that forgot its last line: said with the cell of the total."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Cost")
    rows = [*HEAD, head, ("Homepage", MARCH, APRIL, 100_000, 10, 1000), ("Sport", MARCH, APRIL, 200_000, 8, 1600), ("Total", None, None, None, None, 1000)]
    return Book("wrong sum", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600")), "1000", errors=(("total", "Plan!F7"),))


def two_flights_in_one_cell() -> Book:
    """First and last day in one cell, in the forms people use."""
    head = ("Placement", "Flight dates", "Impressions", "CPM", "Cost")
    rows = [*HEAD, head, ("Homepage", "2 - 29 March 2026", 100_000, 10, 1000), ("Sport", "30 Mar - 5 Apr 2026", 200_000, 8, 1600), ("Video", "06/04/2026–30/04/2026", 10_000, 20, 200), ("Total", None, None, None, 2800)]
    return Book("two days in one cell", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600"), ("Video", 10_000, "200")), "2800",
                {"flight_start": MARCH, "flight_end": dt.date(2026, 4, 30)})


def formulas_of_money_in_words() -> Book:
    """Amounts with a code behind them, in thousands and millions, as a quick plan has them."""
    head = ("Placement", "Start", "End", "Volume", "CPM", "Budget")
    rows = [*HEAD, head, ("Homepage", MARCH, APRIL, "1.5m", "10.00 GBP", "15,000.00 GBP"), ("Sport", MARCH, APRIL, "250k", "8.00 GBP", "2,000.00 GBP"), ("Total budget", None, None, None, None, "17,000.00 GBP")]
    return Book("money with a code", {"Plan": rows}, (("Homepage", 1_500_000, "15000"), ("Sport", 250_000, "2000")), "17000")


BOOKS: tuple[Callable[[], Book], ...] = (
    side_by_side, summary_and_details, old_version_hidden, months_under_one_header, weeks_in_columns, merged_downwards, swiss_text, french_spaces, gross_discount_net, mixed_rates,
    far_from_the_corner, unsaid_amount, calendar_weeks, wrong_sum, two_flights_in_one_cell, formulas_of_money_in_words,
)  # fmt: skip
