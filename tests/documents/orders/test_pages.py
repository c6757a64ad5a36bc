"""Orders in PDFs of several layouts: labels beside and above values, tables over pages, totals at the end."""
import datetime as dt
import pathlib
from decimal import Decimal

import pytest

from makegood.documents import orders
from tests.documents.orders import papers

FACTS = ("contract_number", "advertiser", "flight_start", "flight_end", "gross_amount")


def facts(document: orders.OrderDocument) -> tuple[object, ...]:
    return tuple(document.value(name) for name in FACTS)


def spots(count: int) -> list[list[str]]:
    """Lines of a television contract, each 4 spots of $250."""
    return [[str(number), "WKRP", "10/05/26", "10/11/26", f"News at {number}", "5p-6p", ":30", "4", "$250.00", "4", "$1,000.00"]
            for number in range(1, count + 1)]


def contract(count: int) -> str:
    head = papers.table("1fr, 1fr, 1fr", [
        ["WKRP-TV", "Contract / Revision", "Alt Order #"], ["12 River Road", "2418077 / 2", "09823036"],
        ["Cincinnati, OH 45202", "Advertiser", "Original Date / Revision"], ["(513) 555-0142", "Citizens for Clean Rivers", "09/28/26 / 09/30/26"],
        ["", "Contract Dates", "Estimate #"], ["", "10/05/26 - 10/11/26", "118"], ["", "Billing Calendar", "Cash/Trade"], ["", "Broadcast", "Cash"]])
    rows = [["Line", "Ch", "Start Date", "End Date", "Description", "Time", "Length", "Spots/Week", "Rate", "Spots", "Amount"], *spots(count)]
    total = f"{count * 1000:,}.00"
    foot = papers.table("1fr, 1fr, 1fr, 1fr", [["Month", "# of Spots", "Gross Amount", "Net Amount"],
                                               ["October 2026", str(count * 4), f"${total}", f"${count * 850:,}.00"],
                                               ["Totals", str(count * 4), f"${total}", f"${count * 850:,}.00"]])
    return head + "#v(8pt)" + papers.table(", ".join(["auto"] * 11), rows) + "#v(8pt)" + foot


@pytest.mark.parametrize("count", [3, 90])
def test_a_television_contract_with_labels_above_and_totals_on_the_last_page(tmp_path: pathlib.Path, count: int) -> None:
    document = orders.read(papers.pdf(tmp_path / "contract.pdf", contract(count)))
    assert facts(document) == ("2418077", "Citizens for Clean Rivers", dt.date(2026, 10, 5), dt.date(2026, 10, 11), Decimal(count * 1000))
    assert (document.layout, document.value("billing_calendar"), len(document.lines)) == ("broadcast", "broadcast", count)
    assert document.problems == ()
    line = document.lines[-1]
    assert [line.value(name) for name in ("line_number", "start", "end", "length_s", "quantity", "rate", "amount", "unit")] == [
        count, dt.date(2026, 10, 5), dt.date(2026, 10, 11), 30, 4, Decimal("250.00"), Decimal("1000.00"), "spots"]


def test_a_contract_of_a_dozen_pages_that_repeats_its_head_and_its_columns(tmp_path: pathlib.Path) -> None:
    """Every page says number and flight again, and the header of the table; sums of pages are no lines."""
    header = ["Line", "Ch", "Start Date", "End Date", "Description", "Time", "Length", "Spots/Week", "Rate", "Spots", "Amount"]
    top = papers.table("1fr, 1fr, 1fr", [["WKRP-TV", "Contract / Revision", "Advertiser"], ["Page", "2418077 / 3", "Citizens for Clean Rivers"],
                                         ["", "Contract Dates", ""], ["", "10/05/26 - 10/11/26", ""]])
    rows, bodies = spots(216), []
    for at in range(0, len(rows), 18):
        total = papers.table("1fr, auto", [["Page Total", f"${len(rows[at:at + 18]) * 1000:,}.00"]])
        bodies.append(top + papers.table(", ".join(["auto"] * 11), [header, *rows[at:at + 18]]) + total)
    foot = papers.table("1fr, auto", [["Gross Total", "$216,000.00"], ["Agency Commission", "$32,400.00"], ["Net Total", "$183,600.00"]])
    document = orders.read(papers.pdf(tmp_path / "long.pdf", "#pagebreak()\n".join([*bodies, foot])))
    assert facts(document) == ("2418077", "Citizens for Clean Rivers", dt.date(2026, 10, 5), dt.date(2026, 10, 11), Decimal(216_000))
    assert ((document.pages or 0) >= 12, document.value("revision"), document.value("net_amount")) == (True, 3, Decimal(183_600))
    assert [line.value("line_number") for line in document.lines] == list(range(1, 217))
    assert document.problems == ()


def test_places_lie_on_the_words_also_on_turned_pages(tmp_path: pathlib.Path) -> None:
    path = papers.pdf(tmp_path / "contract.pdf", contract(3))
    place = orders.read(path).fields["advertiser"].place
    assert place is not None and place.box is not None and place.page == 1
    x0, top, x1, bottom = place.box
    assert 0 < x0 < x1 < (place.page_width or 0) and 0 < top < bottom < (place.page_height or 0)


def test_a_cable_order_with_labels_beside_and_pages_of_zones(tmp_path: pathlib.Path) -> None:
    head = papers.table("auto, 1fr, auto, 1fr", [
        ["Client Name:", "Harborview Dental Group", "Order #:", "8841207"], ["Agency Name:", "", "Start Date:", "03/02/2026"],
        ["Account Executive:", "Rae Lopez", "End Date:", "03/29/2026"]])
    rows = [["Line #", "Zone", "Network", "Dates", "Days", "Time", "Len", "Units", "Unit Cost", "Total"],
            ["1", "North", "ESPN", "03/02/2026-03/29/2026", "M-F", "6a-9a", ":30", "40", "$12.50", "$500.00"],
            ["2", "North", "HGTV", "03/02/2026-03/29/2026", "M-Su", "6p-12a", ":30", "60", "$20.00", "$1,200.00"]]
    monthly = [["Broadcast Month", "Units", "Gross"], ["March 2026", "100", "$1,700.00"]]
    foot = papers.table("auto, 1fr", [["Gross Order Total:", "$1,700.00"], ["Agency Commission:", "$0.00"], ["Net Order Total:", "$1,700.00"]])
    body = head + papers.table(", ".join(["auto"] * 10), rows) + papers.table("auto, auto, auto", monthly) + foot
    document = orders.read(papers.pdf(tmp_path / "order.pdf", body))
    assert facts(document) == ("8841207", "Harborview Dental Group", dt.date(2026, 3, 2), dt.date(2026, 3, 29), Decimal("1700.00"))
    assert [line.value("amount") for line in document.lines] == [Decimal("500.00"), Decimal("1200.00")]


def test_a_radio_order_of_three_months(tmp_path: pathlib.Path) -> None:
    head = papers.table("auto, 1fr, auto, 1fr", [
        ["Advertiser:", "Lakeside Credit Union", "Contract #:", "R-55120"], ["Flight:", "Jan 5, 2026 - Mar 29, 2026", "Station:", "KZQX-FM"]])
    rows = [["Ln", "Start", "End", "Daypart", "Len", "Spots", "Rate", "Total"],
            ["1", "01/05/26", "02/22/26", "AM Drive", "60", "70", "$45.00", "$3,150.00"],
            ["2", "02/23/26", "03/29/26", "PM Drive", "30", "50", "$38.00", "$1,900.00"]]
    months = [["Month", "Spots", "Gross"], ["Jan 2026", "30", "$1,350.00"], ["Feb 2026", "45", "$1,990.00"],
              ["Mar 2026", "45", "$1,710.00"], ["Total", "120", "$5,050.00"]]
    body = head + papers.table(", ".join(["auto"] * 8), rows) + "#v(9pt)" + papers.table("auto, auto, auto", months)
    document = orders.read(papers.pdf(tmp_path / "radio.pdf", body))
    assert facts(document) == ("R-55120", "Lakeside Credit Union", dt.date(2026, 1, 5), dt.date(2026, 3, 29), Decimal("5050.00"))
    assert [line.value("length_s") for line in document.lines] == [60, 30]


def test_an_agency_io_in_another_language(tmp_path: pathlib.Path) -> None:
    head = papers.table("auto, 1fr, auto, 1fr", [
        ["Annonceur", "Boulangerie Martin", "Bon de commande no", "BC-20417"], ["Période", "01/03/2026 - 31/03/2026", "Devise", "EUR"]])
    rows = [["Emplacement", "Format", "Quantité", "CPM", "Montant HT"], ["Page d'accueil", "970x250", "200 000", "15,00", "3 000,00"],
            ["Rotation générale", "300x250", "500 000", "6,00", "3 000,00"], ["Total", "", "700 000", "", "6 000,00"]]
    document = orders.read(papers.pdf(tmp_path / "bc.pdf", head + papers.table("1fr, auto, auto, auto, auto", rows)))
    assert facts(document) == ("BC-20417", "Boulangerie Martin", dt.date(2026, 3, 1), dt.date(2026, 3, 31), Decimal("6000.00"))
    assert [line.value("quantity") for line in document.lines] == [200_000, 500_000]


def test_net_that_is_not_gross_less_commission(tmp_path: pathlib.Path) -> None:
    body = contract(3) + papers.table("auto, 1fr", [["Agency Commission", "$450.00"], ["Net Total", "$2,500.00"]])
    body = body.replace("850", "833").replace("2,550", "2,500").replace("2,499", "2,500")
    document = orders.read(papers.pdf(tmp_path / "contract.pdf", body))
    assert [problem.code for problem in document.problems] == ["net"]


def test_labels_with_a_wrong_letter_as_scans_have_them(tmp_path: pathlib.Path) -> None:
    body = contract(3)
    for right, wrong in (("Advertiser", "Advertlser"), ("Contract Dates", "ContractDates"), ("Contract / Revision", "Confract / Revision"),
                         ("Original Date", "Origina1 Dafe"), ("Gross Amount", "Gross Arnount")):
        body = body.replace(right, wrong)
    document = orders.read(papers.pdf(tmp_path / "contract.pdf", body))
    assert facts(document) == ("2418077", "Citizens for Clean Rivers", dt.date(2026, 10, 5), dt.date(2026, 10, 11), Decimal(3000))
    assert document.value("revision") == 2
