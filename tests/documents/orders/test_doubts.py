"""What the reader is not sure of is said: facts without labels, other contracts in the file, lines priced net, totals unchecked."""
import dataclasses
import pathlib
from decimal import Decimal

from makegood.documents import orders
from tests.documents.orders.family import layouts

ALL = {layout.name: layout for layout in layouts.layouts()}


def read(folder: pathlib.Path, name: str, *changes: tuple[str, str]) -> orders.OrderDocument:
    """A layout with some texts changed, read."""
    pages = ["\n".join(page) for page in ALL[name].pages]
    for old, new in changes:
        assert any(old in page for page in pages)
        pages = [page.replace(old, new.ljust(len(old))) for page in pages]
    drawn = dataclasses.replace(ALL[name], pages=tuple(tuple(page.splitlines()) for page in pages))
    return orders.read(layouts.pdf(folder / "order.pdf", drawn))


def codes(document: orders.OrderDocument) -> set[str]:
    return {problem.code for problem in document.problems}


def test_a_second_contract_is_named_and_not_mixed_in(tmp_path: pathlib.Path) -> None:
    document = read(tmp_path, "two_contracts")
    assert [problem.message for problem in document.problems if problem.code == "another_contract"] == [
        "page 2 begins another contract, 880122; it was not read"]
    assert "another_contract" not in codes(read(tmp_path, "two_contracts", ("880122", "880121")))


def test_facts_without_labels_want_to_be_confirmed(tmp_path: pathlib.Path) -> None:
    document = read(tmp_path, "order_nets_only", ("Advertiser: Judge Kim Avery", "Kim Avery for Judge"), ("Air Dates:", ""))
    assert (document.value("advertiser"), str(document.value("flight_end"))) == ("Kim Avery for Judge", "2018-05-08")
    assert {problem.field for problem in document.problems if problem.code == "unlabelled"} == {"advertiser", "flight_start", "flight_end"}


def test_lines_priced_net_are_said_to_be(tmp_path: pathlib.Path) -> None:
    assert "lines_net" in codes(read(tmp_path, "gross_net_columns"))
    assert codes(read(tmp_path, "strata_agency_order")) == set()


def test_a_total_that_no_line_can_confirm(tmp_path: pathlib.Path) -> None:
    document = read(tmp_path, "turned_landscape", ("Rate      Amount", ""), ("$215.00   $860.00", ""))
    assert (document.value("gross_amount"), "total_unchecked" in codes(document)) == (Decimal("860.00"), True)
