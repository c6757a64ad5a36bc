"""Media plans as agencies of four languages send them: workbooks of several tables, sheets and header rows, each with what is true in it."""
import datetime as dt
import pathlib
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

START, END = dt.date(2026, 3, 2), dt.date(2026, 3, 29)
LINES = (("Homepage Billboard 970x250", 1_200_000, Decimal("12.50"), Decimal("15000.00")), ("Run of Site 300x250", 2_500_000, Decimal("6.40"), Decimal("16000.00")),
         ("Newsletter", 4, Decimal("1250.00"), Decimal("5000.00")))  # fmt: skip


@dataclass(frozen=True)
class Tongue:
    """The words and forms of one language."""

    name: str
    facts: tuple[tuple[str, str], ...]
    period: str
    columns: tuple[str, ...]
    models: tuple[str, str]
    total: str
    tax: tuple[str, str]
    whole: str
    date: str
    comma: bool
    bonus: str


TONGUES = (
    Tongue("german", (("Werbekunde", "Bäckerei Süß GmbH"), ("Mediaagentur", "Nordlicht Media"), ("Auftragsnr.", "A-77812"), ("Währung", "EUR")), "Kampagnenlaufzeit",
           ("Platzierung", "Beginn", "Ende", "Menge", "Preismodell", "Netto-TKP", "Gesamt netto"), ("TKP", "Stück"), "Zwischensumme netto", ("zzgl. MwSt. 19%", "19"), "Gesamt inkl. MwSt.",
           "%d.%m.%Y", True, "kostenlos"),
    Tongue("french", (("Annonceur", "Boulangerie Martin"), ("Agence média", "Agence Lumière"), ("Bon de commande n°", "BC-20417"), ("Devise", "EUR")), "Période de campagne",
           ("Emplacement", "Date début", "Date fin", "Volume", "Mode d'achat", "Prix net", "Montant HT"), ("CPM", "Unité"), "Total HT", ("TVA 20%", "20"), "Total TTC", "%d/%m/%Y", True, "offert"),
    Tongue("spanish", (("Anunciante", "Panadería López"), ("Agencia de medios", "Medios del Sur"), ("Nº de orden", "OC-5521"), ("Moneda", "EUR")), "Fechas de campaña",
           ("Soporte", "Fecha inicio", "Fecha fin", "Impresiones", "Modelo de compra", "Precio neto", "Importe neto"), ("CPM", "Unidad"), "Base imponible", ("IVA 21%", "21"), "Total con IVA",
           "%d/%m/%Y", True, "sin coste"),
    Tongue("dutch", (("Adverteerder", "Bakkerij de Vries"), ("Mediabureau", "Grachten Media"), ("Opdrachtnummer", "NL-90311"), ("Valuta", "EUR")), "Looptijd",
           ("Plaatsing", "Startdatum", "Einddatum", "Aantal", "Prijsmodel", "Tarief", "Netto bedrag"), ("CPM", "Stuk"), "Totaal excl. BTW", ("BTW 21%", "21"), "Totaal incl. BTW", "%d-%m-%Y", True, "gratis"),
    Tongue("english", (("Advertiser", "Northwind Foods Ltd"), ("Agency", "Blue Harbour Media"), ("IO Number", "IO-2026-0113"), ("Currency", "GBP")), "Campaign dates",
           ("Placement", "Start", "End", "Impressions", "Buy type", "Rate", "Net cost"), ("CPM", "Per unit"), "Total excl. VAT", ("VAT 20%", "20"), "Total incl. VAT", "%d %b %Y", False, "Added value"),
)  # fmt: skip


def said(tongue: Tongue, value: Decimal | int) -> str:
    """A number as this language writes it: decimals where it has any."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    return text.translate(str.maketrans(",.", ".,")) if tongue.comma else text


def workbook(path: pathlib.Path, tongue: Tongue, *, as_text: bool = False, two_rows: bool = False, bonus: bool = True, split: str = "") -> pathlib.Path:
    """The plan: numbers and dates real or as text, a header of one or two rows, lines in one table, in two ('tables') or on two 'sheets'."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("Plan")
    for row, (label, value) in enumerate((*tongue.facts, (tongue.period, f"{START.strftime(tongue.date)} - {END.strftime(tongue.date)}"))):
        page.write_row(row, 1, [label, value])
    groups = (LINES[:2], LINES[2:]) if split else (LINES,)
    at = 7
    for number, lines in enumerate(groups):
        if number and split == "sheets":
            page, at = book.add_worksheet("Plan 2"), 2
        columns = tongue.columns if not number else (*tongue.columns[:1], "Format", *tongue.columns[1:])  # the second table has another shape
        at = header(page, at, columns, two_rows and not number, tongue)
        for line in lines:
            at = put(page, at, values(tongue, line, as_text, number > 0), day)
        if bonus and not number:
            at = put(page, at, [LINES[0][0] + " (Bonus)", *(when(tongue, one, as_text) for one in (START, END)), said(tongue, 100_000) if as_text else 100_000, tongue.models[0], tongue.bonus, tongue.bonus], day)
        if split:
            at = put(page, at, ["Subtotal" if tongue.name == "english" else tongue.total.split()[0], *[None] * (len(columns) - 2), money(tongue, sum(line[3] for line in lines), as_text)], day)
        at += 1
    gross = sum((line[3] for line in LINES), Decimal())
    tax = gross * int(tongue.tax[1]) / 100
    for label, value in ((tongue.total, gross), (tongue.tax[0], tax), (tongue.whole, gross + tax)):
        at = put(page, at, [label, *[None] * 5, money(tongue, value, as_text)], day)
    book.close()
    return path


def header(page: xlsxwriter.worksheet.Worksheet, at: int, columns: tuple[str, ...], two_rows: bool, tongue: Tongue) -> int:
    """The header in one row, or in two: the days under a merged cell, the other words merged downwards."""
    if not two_rows:
        page.write_row(at, 1, columns)
        return at + 1
    page.merge_range(at, 2, at, 3, tongue.period)
    for column, word in enumerate(columns):
        if column in (1, 2):
            page.write(at + 1, 1 + column, word)
        else:
            page.merge_range(at, 1 + column, at + 1, 1 + column, word)
    return at + 2


def values(tongue: Tongue, line: tuple[str, int, Decimal, Decimal], as_text: bool, wide: bool) -> list[object]:
    """One line's cells."""
    name, units, rate, amount = line
    per = tongue.models[0] if units > 1000 else tongue.models[1]
    cells = [when(tongue, START, as_text), when(tongue, END, as_text), said(tongue, units) if as_text else units, per, money(tongue, rate, as_text), money(tongue, amount, as_text)]
    return [name, *(["Text"] if wide else []), *cells]


def when(tongue: Tongue, day: dt.date, as_text: bool) -> object:
    return day.strftime(tongue.date) if as_text else day


def money(tongue: Tongue, value: Decimal, as_text: bool) -> object:
    return said(tongue, value) + (" €" if tongue.comma else "") if as_text else float(value)


def put(page: xlsxwriter.worksheet.Worksheet, row: int, cells: list[object], day: object) -> int:
    """One row from the second column on; the next row's number."""
    for column, value in enumerate(cells, 1):
        if isinstance(value, dt.date):
            page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
        elif value is not None:
            page.write(row, column, value)
    return row + 1
