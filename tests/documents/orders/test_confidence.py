"""Confidence is a probability: what passes unseen is right, what speaks against a value lowers it, and doubt never passes."""
import dataclasses
import json
import pathlib
import random
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.order_family import drawn, facts, labelled
from makegood.documents import orders
from makegood.documents.orders import assemble, confidence
from makegood.documents.orders.confidence import model
from tests.documents.orders import papers
from tests.documents.orders.family import layouts, test_family

HEAD = [["Advertiser", "Northwind Foods Ltd"], ["IO Number", "IO-2026-0113"], ["Flight", "2026-04-01 - 2026-06-30"], []]
TABLE = [["Placement", "Start", "End", "Impressions", "CPM", "Cost"], ["Home", "2026-04-01", "2026-06-30", 100000, 5, 500], ["Run of site", "2026-04-01", "2026-06-30", 200000, 5, 1000]]


def total_confidence(folder: pathlib.Path, total: int, *more: list[object]) -> float:
    return orders.read(papers.workbook(folder / f"{total}{len(more)}.xlsx", [*HEAD, *TABLE, *more, ["Total", None, None, None, None, total]])).fields["gross_amount"].confidence


def test_few_of_the_values_that_pass_in_made_up_orders_are_wrong() -> None:
    samples = [one for one in labelled.of_made_up(60, seed=990) if one.kind != "line"]  # a seed the weights were not fitted on
    passed = [one for one in samples if orders.passes(one.confidence)]
    assert len(passed) / len(samples) >= 0.6
    assert [f"{one.group} {one.copy} {one.name} {one.said}" for one in passed if not one.right][:1 + len(passed) // 100] == [
        f"{one.group} {one.copy} {one.name} {one.said}" for one in passed if not one.right]


def test_what_is_wrong_is_less_sure_than_what_is_right() -> None:
    """The negative control: letters of the values themselves misread, so that some are wrong."""
    chance = random.Random(4)
    right, wrong = [], []
    for number in range(40):
        one = facts.facts(random.Random(number))
        truth = labelled.truth_of(one)
        leaves = labelled.damaged(drawn.page(random.Random(number), one), "unspared", chance, truth)
        for name, field in assemble.content(leaves).fields.items():
            if name in truth:
                (right if labelled.same(name, truth[name], field.value) else wrong).append(field.confidence)
    assert len(wrong) > 10
    assert sum(wrong) / len(wrong) < sum(right) / len(right) - 0.1
    assert sum(map(orders.passes, wrong)) / len(wrong) < sum(map(orders.passes, right)) / len(right) * 2 / 3


def test_a_total_its_lines_confirm_is_surer_than_one_they_contradict(tmp_path: pathlib.Path) -> None:
    assert total_confidence(tmp_path, 1500) > total_confidence(tmp_path, 1600)


def test_dates_that_could_be_read_both_ways_never_pass(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Advertiser,Acme Retail,Order #,RM-20991\n\nPlacement,Start,End,Impressions,CPM,Cost\nSearch,03/04/2026,05/04/2026,500000,10.00,5000.00\nTotal,,,,,5000.00\n")
    document = orders.read(path)
    sure = [document.fields["flight_start"].confidence, document.lines[0].fields["end"].confidence]
    assert not any(map(orders.passes, sure)) and max(sure) <= confidence.EITHER_WAY


@pytest.mark.parametrize("kind", ["number", "name", "money", "day", "other", "line"])
@given(sums=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_higher_sum_is_never_less_likely(kind: str, sums: tuple[float, float]) -> None:
    low, high = (model.share(one, *model.weights().tables[kind]) for one in sorted(sums))
    assert 0 < low <= high < 1


def test_the_weights_say_what_they_were_fitted_on() -> None:
    made = json.loads(resources.files(confidence).joinpath("weights.json").read_text())["made"]
    assert made["command"].startswith("python -m bench confidence --fit") and made["documents"]["made-up"] > 100


def test_a_number_beside_a_rival_wants_a_look(tmp_path: pathlib.Path) -> None:
    """An invoice that also names its contract: people take either for the order's number."""
    layout = next(one for one in layouts.layouts() if one.name == "osi_invoice")
    both = assemble.content(test_family.leaves(layout))
    assert {"invoice_number", "contract_number"} <= set(both.fields)
    assert not orders.passes(both.fields["contract_number"].confidence)


def test_a_number_with_dirt_on_it_wants_a_look_in_a_damaged_scan_only() -> None:
    """A bar behind a number is a scan's line through it; in a clean document it is a bar."""
    layout = next(one for one in layouts.layouts() if one.name == "wideorbit_invoice")
    clean = assemble.content(test_family.leaves(layout))
    field = dataclasses.replace(clean.fields["contract_number"], text="2334221-3 |")
    damaged = dataclasses.replace(clean.witness, text=clean.witness.text + "~|_{]»\n" * 20)
    assert not orders.passes(confidence.sure(field, 0.999, damaged).confidence)
    assert orders.passes(confidence.sure(field, 0.999, clean.witness).confidence)
