"""Media plans in five languages: several tables and sheets, headers of two rows, figures as text, bonus lines, taxes."""
import itertools
import pathlib
from decimal import Decimal

import pytest

from makegood.documents import orders
from tests.documents.orders import plans

WAYS = list(itertools.product(plans.TONGUES, (False, True), (False, True), ("", "tables", "sheets")))


@pytest.mark.parametrize(("tongue", "as_text", "two_rows", "split"), WAYS, ids=[f"{t.name}-{'text' if a else 'typed'}-{'two' if r else 'one'}-{s or 'whole'}" for t, a, r, s in WAYS])
def test_a_plan(tongue: plans.Tongue, as_text: bool, two_rows: bool, split: str, tmp_path: pathlib.Path) -> None:
    document = orders.read(plans.workbook(tmp_path / "plan.xlsx", tongue, as_text=as_text, two_rows=two_rows, split=split))
    facts = dict(tongue.facts)
    assert [document.value(name) for name in ("advertiser", "agency", "contract_number", "currency")] == list(facts.values())
    assert (document.value("flight_start"), document.value("flight_end"), document.value("gross_amount")) == (plans.START, plans.END, Decimal(36_000))
    bonus = (plans.LINES[0][0] + " (Bonus)", 100_000, Decimal(0), Decimal(0))
    lines = [*plans.LINES[:2], bonus, plans.LINES[2]] if split else [*plans.LINES, bonus]
    assert [tuple(line.value(name) for name in ("placement", "quantity", "rate", "amount")) for line in document.lines] == lines
    assert {(line.value("start"), line.value("end")) for line in document.lines} == {(plans.START, plans.END)}
    assert [problem.code for problem in document.problems if problem.severity == "error"] == []
    priced = {line.value("placement"): line.value("rate_type") for line in document.lines if line.value("amount")}
    assert priced["Run of Site 300x250"] == "CPM" and priced["Newsletter"] in {"unit", "flat"}
