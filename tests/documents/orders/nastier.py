"""More workbooks that are easily misread: taxes in columns, totals at the top, no amounts at all, four more languages."""
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from tests.documents.orders.nasty import APRIL, HEAD, JUNE, MARCH, Book


def tax_in_columns() -> Book:
    """Net, tax and the sum of both for each line: the order is the net."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Net cost", "VAT 20%", "Total incl. VAT")
    rows = [*HEAD, head, ("Homepage", MARCH, APRIL, 100_000, 10, 1000, 200, 1200), ("Sport", MARCH, APRIL, 200_000, 8, 1600, 320, 1920), ("Total", None, None, 300_000, None, 2600, 520, 3120)]
    return Book("tax in columns", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600")), "2600")


def total_at_the_top() -> Book:
    """The budget said above the table, lines without a row of totals."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Cost")
    rows = [*HEAD[:2], ("Total budget", "£2,600.00"), (), head, ("Homepage", MARCH, APRIL, 100_000, 10, 1000), ("Sport", MARCH, APRIL, 200_000, 8, 1600)]
    return Book("total at the top", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600")), "2600")


def no_amounts() -> Book:
    """Units and rates alone: the amounts follow."""
    head = ("Placement", "Start", "End", "Impressions", "CPM")
    rows = [*HEAD, head, ("Homepage", MARCH, APRIL, 100_000, 10), ("Sport", MARCH, APRIL, 200_000, 8)]
    return Book("no amounts", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 200_000, "1600")), "2600")


def words_over_two_lines() -> Book:
    """Headers with line breaks and signs, figures typed as text, weeks 'commencing'."""
    head = ("Media\nOwner", "Placement /\nFormat", "Start\nDate", "End\nDate", "Est.\nImpressions", "Net CPM\n(£)", "Net Cost\n(£)")
    rows = [*HEAD, head, ("news.example", "Billboard", "w/c 02/03/2026", "29/03/2026", "1 200 000", "12.50", "15 000.00"), ("sport.example", "MPU", "02/03/2026", "29/03/2026", "500 000", "6.00", "3 000.00"),
            ("TOTAL", None, None, None, "1 700 000", None, "18 000.00")]
    return Book("words over two lines", {"Plan": rows}, (("Billboard", 1_200_000, "15000"), ("MPU", 500_000, "3000")), "18000", {"flight_start": MARCH, "flight_end": dt.date(2026, 3, 29)})


def added_value() -> Book:
    """Free lines called FOC and AV, and a fee that is no line of media but is in the total."""
    head = ("Placement", "Start", "End", "Impressions", "CPM", "Cost", "Notes")
    rows = [*HEAD, head, ("Homepage", MARCH, APRIL, 100_000, 10, 1000), ("Sport", MARCH, APRIL, 50_000, "FOC", "FOC", "added value"), ("Rich media production", MARCH, APRIL, 1, 600, 600, "one-off"),
            ("Total", None, None, None, None, 1600)]
    return Book("added value", {"Plan": rows}, (("Homepage", 100_000, "1000"), ("Sport", 50_000, "0"), ("Rich media production", 1, "600")), "1600")


def spoken(name: str, facts: tuple[tuple[str, str], ...], columns: tuple[str, ...], total: str, tax: str, whole: str, day: str, *, comma: bool = True) -> Book:
    """Two lines with text figures in a language of its own."""
    def figure(value: int | Decimal) -> str:
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
        return text.translate(str.maketrans(",.", ".,")) if comma else text.replace(",", " ").replace(".", ",")

    said = (MARCH.strftime(day), JUNE.strftime(day))
    rows = [*facts, (), columns, ("Homepage", *said, figure(1_000_000), figure(Decimal(10)), figure(Decimal(10_000))), ("Sport", *said, figure(500_000), figure(Decimal(8)), figure(Decimal(4000))),
            (total, *[None] * 4, figure(Decimal(14_000))), (tax, *[None] * 4, figure(Decimal(3220))), (whole, *[None] * 4, figure(Decimal(17_220)))]
    return Book(name, {"Plan": rows}, (("Homepage", 1_000_000, "10000"), ("Sport", 500_000, "4000")), "14000",
                {"advertiser": facts[0][1], "agency": facts[1][1], "contract_number": facts[2][1], "flight_start": MARCH, "flight_end": JUNE, "tax_amount": Decimal(3220)})


def italian() -> Book:
    return spoken("italian", (("Inserzionista", "Panificio Rossi"), ("Centro media", "Agenzia Lume"), ("Ordine n.", "OR-2207")), ("Posizionamento", "Data inizio", "Data fine", "Impression", "CPM netto", "Importo netto"),
                  "Totale imponibile", "IVA 23%", "Totale IVA inclusa", "%d/%m/%Y")


def portuguese() -> Book:
    return spoken("portuguese", (("Anunciante", "Padaria Silva"), ("Agência", "Agência Luz"), ("Nº do pedido", "PI-5521")), ("Formato", "Data de início", "Data de fim", "Impressões", "CPM líquido", "Valor líquido"),
                  "Total líquido", "IVA 23%", "Total com IVA", "%d/%m/%Y")


def swedish() -> Book:
    return spoken("swedish", (("Annonsör", "Bageri Lind AB"), ("Mediebyrå", "Byrån Ljus"), ("Ordernummer", "SE-4410")), ("Placering", "Startdatum", "Slutdatum", "Antal visningar", "CPM netto", "Netto"),
                  "Summa netto", "Moms 23%", "Totalt inkl. moms", "%Y-%m-%d", comma=False)


def polish() -> Book:
    return spoken("polish", (("Reklamodawca", "Piekarnia Nowak"), ("Agencja", "Dom Mediowy Światło"), ("Nr zamówienia", "PL-7781")), ("Powierzchnia", "Data rozpoczęcia", "Data zakończenia", "Liczba odsłon", "CPM netto", "Wartość netto"),
                  "Razem netto", "VAT 23%", "Razem brutto", "%d.%m.%Y", comma=False)


BOOKS: tuple[Callable[[], Book], ...] = (tax_in_columns, total_at_the_top, no_amounts, words_over_two_lines, added_value, italian, portuguese, swedish, polish)
