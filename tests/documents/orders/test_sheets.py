"""Orders in workbooks and CSV files: any column order and wording, merged headers, totals, dates, wrong values."""
import datetime as dt
import pathlib
from decimal import Decimal

import pytest

from makegood.documents import orders
from tests.documents.orders import papers

HEAD = [["Insertion order"], ["Advertiser", "Northwind Foods Ltd", None, "IO number", "IO-2026-0113"],
        ["Agency", "Blue Harbour Media", None, "Currency", "GBP"]]
FLIGHT = ["Flight", "2026-04-01 - 2026-06-30"]
LINES = [("Homepage billboard", dt.date(2026, 4, 1), dt.date(2026, 4, 30), 500_000, 12.5, 6250),
         ("Run of site", dt.date(2026, 4, 1), dt.date(2026, 6, 30), 1_200_000, 4, 4800)]
WORDINGS = [
    (["Placement", "Start", "End", "Impressions", "CPM", "Cost"], [0, 1, 2, 3, 4, 5]),
    (["Net cost", "Net CPM", "Booked impressions", "Through", "From", "Ad unit"], [5, 4, 3, 2, 1, 0]),
    (["Line item", "Qty", "Unit cost", "Begin date", "End date", "Total"], [0, 3, 4, 1, 2, 5]),
    (["Platzierung", "Von", "Bis", "Menge", "TKP", "Betrag"], [0, 1, 2, 3, 4, 5]),
    (["Emplacement", "Date de début", "Date de fin", "Quantité", "CPM", "Montant HT"], [0, 1, 2, 3, 4, 5]),
]


def values(document: orders.OrderDocument, *names: str) -> list[object]:
    return [document.value(name) for name in names]


def codes(document: orders.OrderDocument) -> list[str]:
    return [problem.code for problem in document.problems]


@pytest.mark.parametrize(("header", "order"), WORDINGS)
def test_columns_in_any_order_and_wording(tmp_path: pathlib.Path, header: list[str], order: list[int]) -> None:
    rows = [[line[index] for index in order] for line in LINES]
    path = papers.workbook(tmp_path / "io.xlsx", [*HEAD, FLIGHT, [], header, *rows])
    document = orders.read(path)
    read = [tuple(line.value(name) for name in ("placement", "start", "end", "quantity", "rate", "amount"))
            for line in document.lines]
    assert read == [(*line[:4], Decimal(str(line[4])), Decimal(line[5])) for line in LINES]
    assert [line.value("rate_type") for line in document.lines] == ["CPM", "CPM"]
    assert values(document, "advertiser", "agency", "contract_number", "currency", "flight_start", "flight_end") == [
        "Northwind Foods Ltd", "Blue Harbour Media", "IO-2026-0113", "GBP", dt.date(2026, 4, 1), dt.date(2026, 6, 30)]


def test_merged_header_totals_tax_and_commission_are_no_lines(tmp_path: pathlib.Path) -> None:
    header = ["Site", "Placement", None, None, "Impressions", "CPM", "Cost"]
    lines = [["news.example", *line] for line in LINES]
    foot = [["Total", None, None, None, 1_700_000, None, 11_050], ["Agency commission (15%)", *[None] * 5, 1657.5],
            ["Net total", *[None] * 5, 9392.5], ["VAT 20%", *[None] * 5, 1878.5], ["Rates are net of everything."]]
    cells = [*HEAD, FLIGHT, [None, None, None, None], header, *lines, *foot]
    cells[5] = ["Site", "Placement", "Start", "End", "Impressions", "CPM", "Cost"]
    path = papers.workbook(tmp_path / "io.xlsx", cells, merged=[("C5:D5", "Flight")])
    document = orders.read(path)
    assert [line.value("placement") for line in document.lines] == ["Homepage billboard", "Run of site"]
    assert [line.value("start") for line in document.lines] == [dt.date(2026, 4, 1)] * 2
    assert values(document, "gross_amount", "commission_amount", "net_amount", "tax_amount", "commission_rate") == [
        Decimal(11050), Decimal("1657.5"), Decimal("9392.5"), Decimal("1878.5"), Decimal(15)]
    assert str(document.fields["gross_amount"].place) == "Plan!G9"
    assert codes(document) == []


def test_numbers_with_decimal_commas_and_semicolons(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "auftrag.csv"
    path.write_text("Kunde;Bäckerei Süß GmbH;Auftragsnummer;A-77812\nZeitraum;01.03.2026 - 31.03.2026\n"
                    "Platzierung;Von;Bis;Menge;TKP;Betrag\nStartseite;01.03.2026;15.03.2026;1.000.000;12,50;12.500,00\n"
                    "Rotation;16.03.2026;31.03.2026;500.000;8,00;4.000,00\nSumme;;;1.500.000;;16.500,00\n", encoding="cp1252")
    document = orders.read(path)
    assert values(document, "advertiser", "contract_number", "gross_amount", "flight_start", "flight_end") == [
        "Bäckerei Süß GmbH", "A-77812", Decimal("16500.00"), dt.date(2026, 3, 1), dt.date(2026, 3, 31)]
    assert [line.value("quantity") for line in document.lines] == [1_000_000, 500_000]
    assert codes(document) == []


def lines_csv(path: pathlib.Path, start: str, end: str, extra: str = "", rate: str = "10.00", second: str = "Video") -> pathlib.Path:
    path.write_text(f"Advertiser,Acme Retail,Order #,RM-20991\n{extra}\nPlacement,Start,End,Impressions,CPM,Cost\n"
                    f"Search,{start},{end},500000,10.00,5000.00\n{second},{start},{end},500000,{rate},5000.00\nTotal,,,,,10000.00\n")
    return path


def test_day_month_is_decided_on_the_whole_document(tmp_path: pathlib.Path) -> None:
    document = orders.read(lines_csv(tmp_path / "a.csv", "03/04/2026", "25/04/2026"))
    assert document.lines[0].value("start") == dt.date(2026, 4, 3)
    assert "ambiguous_dates" not in codes(document)
    document = orders.read(lines_csv(tmp_path / "b.csv", "03/04/2026", "04/25/2026"))
    assert document.lines[0].value("start") == dt.date(2026, 3, 4)


def test_ambiguous_dates_are_doubted(tmp_path: pathlib.Path) -> None:
    document = orders.read(lines_csv(tmp_path / "a.csv", "03/04/2026", "05/04/2026"))
    assert codes(document) == ["ambiguous_dates"]
    assert document.lines[0].fields["start"].confidence < 0.7


def test_a_day_that_does_not_exist(tmp_path: pathlib.Path) -> None:
    document = orders.read(lines_csv(tmp_path / "a.csv", "1 Nov 2026", "31 Nov 2026"))
    problem = document.problems[0]
    assert (problem.code, problem.severity, str(problem.place), problem.suggestion) == (
        "impossible_date", "error", "C4", "2026-11-30")
    assert document.lines[0].value("end") is None


def test_an_unknown_currency(tmp_path: pathlib.Path) -> None:
    document = orders.read(lines_csv(tmp_path / "a.csv", "2026-11-01", "2026-11-30", extra="Currency,XYZ"))
    assert [(p.code, p.severity, str(p.place)) for p in document.problems] == [("unknown_currency", "error", "B2")]
    assert codes(orders.read(lines_csv(tmp_path / "b.csv", "2026-11-01", "2026-11-30", extra="Currency,EUR"))) == []


def test_a_rate_that_does_not_make_the_amount(tmp_path: pathlib.Path) -> None:
    document = orders.read(lines_csv(tmp_path / "a.csv", "2026-11-01", "2026-11-30", rate="9.00"))
    problem, = document.problems
    assert (problem.code, problem.line, problem.field, str(problem.place), problem.suggestion) == (
        "line_amount", 2, "rate", "E5", "10.00")


def test_lines_that_do_not_sum_to_the_total(tmp_path: pathlib.Path) -> None:
    path = lines_csv(tmp_path / "a.csv", "2026-11-01", "2026-11-30")
    path.write_text(path.read_text().replace("10000.00", "11000.00"))
    problem, = orders.read(path).problems
    assert (problem.code, str(problem.place), problem.suggestion) == ("total", "F6", "10000.00")


def test_a_line_twice_and_dates_the_wrong_way_round(tmp_path: pathlib.Path) -> None:
    assert codes(orders.read(lines_csv(tmp_path / "a.csv", "2026-11-01", "2026-11-30", second="Search"))) == ["duplicate_line"]
    assert codes(orders.read(lines_csv(tmp_path / "b.csv", "2026-11-30", "2026-11-01")))[-2:] == ["dates_reversed"] * 2


def test_the_same_file_reads_the_same(tmp_path: pathlib.Path) -> None:
    path = lines_csv(tmp_path / "a.csv", "2026-11-01", "2026-11-30")
    assert orders.read(path) == orders.read(path)
    assert orders.read(path, name="sent.csv").to_json()["document"] == {
        "name": "sent.csv", "sha256": orders.read(path).sha256, "media_type": "text/csv", "layout": "table", "pages": None,
        "extent": {"text": "A1:F6", "cell": "A1:F6"}}
    assert orders.sheet_cells(path, None)[0] == ("Advertiser", "Acme Retail", "Order #", "RM-20991")
