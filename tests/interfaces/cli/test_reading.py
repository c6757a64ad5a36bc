"""What `makegood order read` says of a document: each value with place, confidence and reasons, what to look at, what is wrong."""
import pathlib

from makegood.documents import orders
from makegood.interfaces.cli import reading
from tests.documents.orders import papers

ROWS = [["Advertiser", "Northwind Foods Ltd"], ["IO Number", "IO-2026-0113"], ["Flight", "2026-04-01 - 2026-06-30"], [],
        ["Placement", "Start", "End", "Impressions", "CPM", "Cost"], ["Home", "2026-04-01", "2026-06-30", 100000, 5, 500], ["Total", None, None, None, None, 500]]


def said(folder: pathlib.Path, total: int) -> tuple[dict, str]:
    rows = [*ROWS[:-1], ["Total", None, None, None, None, total]]
    result = reading.plainly(orders.read(papers.workbook(folder / f"{total}.xlsx", rows)))
    return result, reading.as_text(result)


def test_every_value_says_where_it_stands_how_sure_it_is_and_why(tmp_path: pathlib.Path) -> None:
    result, text = said(tmp_path, 500)
    seen = result["evidence"]["fields"]["gross_amount"]
    assert (seen["place"], seen["why"][0], "the lines sum to it" in seen["why"]) == ("Plan!F7", "at “Total”", True)
    fact = text[text.index("gross amount"):].splitlines()
    assert fact[0].split()[:3] == ["gross", "amount", "500"]
    assert fact[1].split()[0].endswith("%") and "Plan!F7, at “Total”" in fact[1]
    assert result["evidence"]["fields"]["flight_end"]["why"][:2] == ["at “Flight”", "the lines end with it"]


def test_a_total_its_lines_contradict_says_so(tmp_path: pathlib.Path) -> None:
    result, text = said(tmp_path, 600)
    assert "the lines sum to 500" in result["evidence"]["fields"]["gross_amount"]["why"]
    assert "gross_amount" in result["look"] and "← look at this" in text[text.index("gross amount"):].splitlines()[0]
    assert "error: the only line sums to 500, the document says 600 (Plan!F7)" in text
