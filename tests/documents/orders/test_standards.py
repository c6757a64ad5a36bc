"""Orders in the trade's JSON: media plans of planmatic, media buys of AdCP, OpenDirect and OpenProposal, with errors by path."""
import copy
import datetime as dt
import json
import pathlib
from decimal import Decimal
from typing import Any

import pytest

from makegood.documents import orders

PLANMATIC = {
    "meta": {"id": "mp_001", "schema_version": "3.0", "name": "Spring"},
    "campaign": {"id": "c1", "name": "Spring leads", "start_date": "2026-04-01", "end_date": "2026-06-30", "budget_currency": "USD", "budget_total": 950000, "agency_name": "Harbor Media",
                 "advertiser_name": "Castor Furniture", "product_name": "Sofas"},
    "lineitems": [{"id": "l1", "name": "Sponsored feed", "vehicle": "Feed", "start_date": "2026-04-01", "end_date": "2026-06-30", "cost_currency": "USD", "cost_total": 400000.50, "metric_impressions": 12000000},
                  {"id": "l2", "name": "Takeover", "start_date": "2026-05-01", "end_date": "2026-05-02", "cost_currency": "USD", "cost_total": 549999.50}],
}  # fmt: skip
ADCP = {
    "idempotency_key": "b3c8-5f4e-2a10-9d77", "account": {"brand": {"domain": "castor.example", "name": "Castor Furniture"}, "operator": "harbor.example"}, "brand": {"domain": "castor.example"},
    "po_number": "PO-77", "agency_estimate_number": "E-9", "io_acceptance": {"io_id": "IO-2026-44"}, "start_time": "2026-04-01T00:00:00Z", "end_time": "2026-05-01T00:00:00Z",
    "total_budget": {"amount": 3000, "currency": "USD"},
    "packages": [{"product_id": "ros", "budget": 1000, "impressions": 100000, "pricing_model": "cpm", "bid_price": 10.0}, {"product_id": "takeover", "budget": 2000}],
}  # fmt: skip
OPENDIRECT = {"Id": "9001", "Name": "Spring", "AccountId": "a1", "PublisherId": "p1", "Currency": "EUR", "Budget": 1500, "StartDate": "2026-04-01", "EndDate": "2026-04-30", "AdvertiserName": "Castor",
              "ProviderData": {"PONumber": "PO-1"}, "Lines": [{"Name": "Home", "StartDate": "2026-04-01", "EndDate": "2026-04-30", "RateType": "CPM", "Rate": "15.00", "Quantity": 100000, "Cost": "1500.00"}]}  # fmt: skip
OPENPROPOSAL = {"proposal_id": "pr-12", "name": "Spring", "currency": "USD", "buyer": {"name": "Harbor Media", "advertiser": "Castor"}, "billing": {"payment_terms": "Net 30", "supplier": "Northlight"},
                "total": {"amount": "1500.00"}, "lines": [{"name": "Home", "commitment": {"basis": "spend", "spend": "1500.00", "units": 100000, "flight": {"start": "2026-04-01", "end": "2026-04-30"}},
                                                           "price": {"model": "CPM", "rate": "15.00"}}]}  # fmt: skip
ALL = {"planmatic": PLANMATIC, "adcp": ADCP, "opendirect": OPENDIRECT, "openproposal": OPENPROPOSAL}


def read(folder: pathlib.Path, whole: object) -> orders.OrderDocument:
    path = folder / "order.json"
    path.write_text(json.dumps(whole))
    return orders.read(path)


@pytest.mark.parametrize(("name", "number", "advertiser", "days", "gross", "lines"), [
    ("planmatic", "mp_001", "Castor Furniture", (dt.date(2026, 4, 1), dt.date(2026, 6, 30)), "950000", [("Sponsored feed", 12_000_000, "400000.5", "CPM"), ("Takeover", 1, "549999.5", "flat")]),
    ("adcp", "IO-2026-44", "Castor Furniture", (dt.date(2026, 4, 1), dt.date(2026, 4, 30)), "3000", [("ros", 100_000, "1000", "CPM"), ("takeover", 1, "2000", "flat")]),
    ("opendirect", "9001", "Castor", (dt.date(2026, 4, 1), dt.date(2026, 4, 30)), "1500", [("Home", 100_000, "1500", "CPM")]),
    ("openproposal", "pr-12", "Castor", None, "1500", [("Home", 100_000, "1500", "CPM")]),
])  # fmt: skip
def test_a_standard(name: str, number: str, advertiser: str, days: Any, gross: str, lines: list[tuple[str, int, str, str]], tmp_path: pathlib.Path) -> None:
    document = read(tmp_path, ALL[name])
    assert (document.value("contract_number"), document.value("advertiser"), document.value("gross_amount")) == (number, advertiser, Decimal(gross))
    assert days is None or (document.value("flight_start"), document.value("flight_end")) == days
    assert [tuple(line.value(one) for one in ("placement", "quantity", "amount", "rate_type")) for line in document.lines] == [(*line[:2], Decimal(line[2]), line[3]) for line in lines]
    assert [problem.code for problem in document.problems if problem.severity == "error" and problem.field not in ("flight_start", "flight_end")] == []


@pytest.mark.parametrize(("path", "value", "place", "said"), [
    ((("lineitems"), 0, "cost_total"), "a lot", "lineitems[0].cost_total", "a number"), (("lineitems", 1, "start_date"), "31.11.2026", "lineitems[1].start_date", "a date"),
    (("campaign", "end_date"), 20260630, "campaign.end_date", "a date"), (("lineitems", 0, "metric_impressions"), 1.5, "lineitems[0].metric_impressions", "a whole number"),
    (("lineitems", 1), "Takeover", "lineitems[1]", "an object"), (("campaign", "budget_total"), True, "campaign.budget_total", "a number")])  # fmt: skip
def test_what_is_of_a_wrong_kind_is_an_error_at_its_path(path: tuple[Any, ...], value: object, place: str, said: str, tmp_path: pathlib.Path) -> None:
    whole = copy.deepcopy(PLANMATIC)
    inner: Any = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    found = [problem for problem in read(tmp_path, whole).problems if problem.code == "unread_cell"]
    assert [(str(one.place), said in one.message, one.severity) for one in found] == [(place, True, "error")]


def test_a_line_in_another_currency_and_a_total_that_is_none(tmp_path: pathlib.Path) -> None:
    whole = copy.deepcopy(PLANMATIC)
    whole["lineitems"][0]["cost_currency"] = "EUR"  # type: ignore[index]
    whole["campaign"]["budget_total"] = 950001  # type: ignore[index]
    found = {problem.code: str(problem.place) for problem in read(tmp_path, whole).problems}
    assert (found["line_currency"], found["total"]) == ("lineitems[0].cost_currency", "campaign.budget_total")


@pytest.mark.parametrize("content", ["{", '{"a": 1}', "[]", '{"meta": NaN}', "[" * 5000, '{"packages": []}', "[1, 2]"])
def test_other_json_is_refused_with_a_remedy(content: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "order.json"
    path.write_text(content)
    with pytest.raises(orders.UnreadableDocument) as caught:
        orders.read(path)
    assert caught.value.place.startswith("order.json") and caught.value.remedy


def test_the_viewer_shows_paths_and_values(tmp_path: pathlib.Path) -> None:
    read(tmp_path, OPENDIRECT)
    assert ("Lines[0].Rate", "15.00") in orders.sheet_cells(tmp_path / "order.json", None)
