"""From brief to plan to order draft: the persona's story, what history changes, what is refused and how it is said."""

import dataclasses
import datetime
from decimal import Decimal

import pytest

from makegood.accounts.actions import contracts
from makegood.catalog.actions import products, rates, supply
from makegood.catalog.models import Product
from makegood.core.errors import IllegalMove, Invalid, NotAllowed, Refused
from makegood.engine import planner
from makegood.sales import drawing
from makegood.sales.actions import briefs, plans
from makegood.sales.models import Plan
from makegood.workflows.planning import candidates, gathering, history, making, ordering
from tests import personas
from tests.factories import accounts, catalog, orders, planning
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock():
    accounts.seller()
    return planning.stocked()


def test_an_account_manager_plans_edits_and_makes_it_an_order(account_manager, stock):
    brief = planning.brief(account_manager, must_have=["letter"], excluded=["half"], hiatus=[["2026-12-10", "2026-12-12"]])
    plan = making.make(brief, by=account_manager, at=NOW)
    lines = list(plan.lines.all())
    assert plan.status == "draft" and plan.figures["broken"] == []
    assert sum(line.amount for line in lines) == plan.amount <= brief.budget
    assert "letter" in {line.product.code for line in lines} and "half" not in {line.product.code for line in lines}
    assert plan.found["dropped"]["half"] == "excluded by the brief"
    assert all(line.reasons["adds"] > 0 and line.low <= line.outcome <= line.high for line in lines)
    assert len(plan.found["others"]) >= 2

    line = lines[0]
    before = plan.outcome
    plans.edit(line, units=int(line.units * 0.9) // 1000 * 1000, by=account_manager, at=NOW)
    plan.refresh_from_db()
    assert line.locked and plan.outcome < before
    newer = making.again(plan, by=account_manager, at=NOW)
    kept = newer.lines.get(product=line.product)
    assert (kept.units, kept.locked, newer.version) == (line.units, True, 2)
    plan.refresh_from_db()
    assert plan.status == "superseded"

    plans.propose(newer, by=account_manager, at=NOW)
    with pytest.raises(Refused, match="proposed"):
        plans.edit(kept, units=1000, by=account_manager, at=NOW)
    order = ordering.order(newer, by=account_manager, at=NOW)
    newer.refresh_from_db()
    assert (newer.status, newer.order_number, order.gross, order.status) == ("accepted", order.number, newer.amount, "draft")
    assert [(one.product_id, one.quantity, one.rate, one.amount) for one in order.lines.all()] == [
        (one.product_id, one.units, one.rate, one.amount) for one in newer.lines.all()
    ]
    assert sum(flight.goal for one in order.lines.all() for flight in one.flights.all()) == sum(one.quantity for one in order.lines.all())
    with pytest.raises(Refused, match="already"):
        ordering.order(newer, by=account_manager, at=NOW)


def test_a_hiatus_becomes_flights_around_it(account_manager, stock):
    brief = planning.brief(account_manager, hiatus=[["2026-12-10", "2026-12-12"]])
    start, end = brief.start, brief.end
    order = ordering.order(making.make(brief, by=account_manager, at=NOW), by=account_manager, at=NOW)
    quiet = {datetime.date(2026, 12, day) for day in (10, 11, 12)}
    assert all(not any(flight.start <= day <= flight.end for day in quiet) for line in order.lines.all() for flight in line.flights.all())
    assert start <= order.start and order.end <= end


def test_taking_a_line_out_lowers_the_outcome_by_what_it_said(account_manager, stock):
    plan = making.make(planning.brief(account_manager), by=account_manager, at=NOW)
    line = plan.lines.last()
    said, before = line.reasons["adds"], plan.outcome
    plans.take_out(line, by=account_manager, at=NOW)
    plan.refresh_from_db()
    assert plan.outcome == pytest.approx(before - said)


def test_an_alternative_is_taken_and_given_back(account_manager, stock):
    plan = making.make(planning.brief(account_manager), by=account_manager, at=NOW)
    first, other = drawing.mix_of(plan), next(one for one in plan.found["others"] if one["kind"] != "best")
    plans.swap(plan, other["kind"], by=account_manager, at=NOW)
    assert (drawing.mix_of(plan), plan.chosen) == (other["mix"], other["kind"])
    assert plan.outcome == pytest.approx(other["figures"]["outcome"])
    plans.swap(plan, "best", by=account_manager, at=NOW)
    assert drawing.mix_of(plan) == first
    with pytest.raises(Invalid, match="nosuch"):
        plans.swap(plan, "nosuch", by=account_manager, at=NOW)


def test_other_days_are_asked_for_and_stay_when_solved_again(account_manager, stock):
    brief = planning.brief(account_manager)
    plan = making.make(brief, by=account_manager, at=NOW)
    line = plan.lines.filter(unit="impressions").first()
    week = (brief.start, brief.start + datetime.timedelta(days=6))
    making.redate(line, *week, by=account_manager, at=NOW)
    assert (line.start, line.end, line.locked) == (*week, True)
    problem = planner.from_json(Plan.objects.get(pk=plan.pk).problem)
    assert problem.candidate(line.key).available < 12 * 150_000
    assert making.again(Plan.objects.get(pk=plan.pk), by=account_manager, at=NOW).lines.get(product=line.product).start == week[0]
    with pytest.raises(Invalid, match="outside"):
        making.redate(line, brief.end, brief.end + datetime.timedelta(days=1), by=account_manager, at=NOW)


def test_more_than_is_free_is_said_and_not_proposed(account_manager, stock):
    plan = making.make(planning.brief(account_manager, budget=Decimal(400_000)), by=account_manager, at=NOW)
    line = plan.lines.filter(unit="impressions").first()
    plans.edit(line, units=900_000_000, by=account_manager, at=NOW)
    plan.refresh_from_db()
    assert {one["key"] for one in plan.figures["broken"]} >= {"line", "budget"}
    with pytest.raises(Refused, match="cannot be kept"):
        plans.propose(plan, by=account_manager, at=NOW)


def test_what_cannot_be_met_says_what_is_in_the_way(account_manager, stock):
    brief = planning.brief(account_manager, budget=Decimal(10_000), must_have=["lobby", "film"])
    with pytest.raises(Refused, match="no plan meets the brief") as refused:
        making.make(brief, by=account_manager, at=NOW)
    assert "lobby" in refused.value.remedy and not Plan.objects.exists()


def test_booked_inventory_is_not_planned_again(account_manager, stock):
    brief = planning.brief(account_manager, must_have=["banner"])
    before = gathering.gather(brief, at=NOW).problem.candidate("banner:whole").available
    taken = orders.order(by=None)
    orders.line(taken, stock["banner"], quantity=1_000_000, start=brief.start, end=brief.end)
    orders.booked(taken)
    assert gathering.gather(brief, at=NOW).problem.candidate("banner:whole").available == pytest.approx(before - 1_000_000, abs=2)


def test_past_rates_of_the_client_inform_the_price(account_manager, stock):
    brief = planning.brief(account_manager)
    past = orders.order(by=None, advertiser=brief.advertiser)
    orders.line(past, stock["banner"], quantity=1000, rate=Decimal("8.5"))
    orders.booked(past)
    offer = gathering.gather(brief, at=NOW).offers["banner:whole"]
    assert (offer["rate"], past.number in offer["why"]) == ("8.5000", True)


def test_past_results_say_how_much_was_seen(account_manager, stock):
    brief = planning.brief(account_manager)
    none = gathering.gather(brief, at=NOW).offers["banner:whole"]["worth"]
    assert (none["lines"], none["level"]) == (0, "assumption")
    line = history.PastLine(1, stock["banner"].pk, "display", brief.advertiser_id, "", 100_000, 100_000, 60_000, 900, 0, 0)
    found = history.History([dataclasses.replace(line, line_id=n) for n in range(4)], brief.advertiser, gathering.rules.book())
    rate = found.worth("clicks", stock["banner"], None)
    assert (rate.level, rate.lines, rate.trials) == ("client", 4, 400_000) and 0.001 < rate.mean < 0.009


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"kpi_type": "fame"}, "kpi_type"), ({"kpi_type": "sales"}, "basket"), ({"targeting": {"planet": ["mars"]}}, "targeting"),
        ({"hiatus": [["2020-01-01", "2020-01-02"]]}, "hiatus"), ({"hiatus": [["soon"]]}, "hiatus"), ({"must_have": ["nosuch"]}, "must_have"),
        ({"must_have": ["film"], "excluded": ["film"]}, "excluded"), ({"kpi_frequency": 40}, "kpi_frequency"),
        ({"markets": ["US-NY"], "targeting": {"geo": ["US"]}}, "markets"), ({"kpi_target": Decimal(-1)}, "kpi_target"), ({"targeting": 5}, "targeting"),
    ],
)  # fmt: skip
def test_a_brief_names_what_is_wrong_and_changes_nothing(account_manager, stock, facts, place):
    with pytest.raises(Invalid) as wrong:
        planning.brief(account_manager, **facts)
    assert wrong.value.place == place and wrong.value.remedy
    brief = planning.brief(account_manager)
    with pytest.raises(Invalid):
        briefs.edit(brief, by=account_manager, at=NOW, **facts)


def test_the_audience_narrows_products_and_drops_those_it_never_meets(account_manager, stock):
    brief = planning.brief(account_manager, markets=["US-NY"], beside=["sport"])
    stock["banner"].targeting = {"geo": ["US"]}
    stock["film"].targeting = {"geo": ["DE"]}
    assert candidates.aimed(brief, stock["banner"])["geo"] == ["US-NY"]
    assert candidates.aimed(brief, stock["banner"])["section"] == {"include": [], "exclude": ["sport"]}
    assert candidates.aimed(brief, stock["film"]) is None


def test_only_those_who_sell_plan_and_nothing_is_accepted_twice(account_manager, finance, stock):
    brief = planning.brief(account_manager)
    contact = personas.client_of(accounts.advertiser("Rival").party, "Rita Rival")
    for stranger in (finance, contact):
        with pytest.raises(NotAllowed):
            making.make(brief, by=stranger, at=NOW)
    plan = making.make(brief, by=account_manager, at=NOW)
    plans.accept(plan, "MG-1", by=account_manager, at=NOW)
    with pytest.raises(IllegalMove):
        plans.propose(plan, by=account_manager, at=NOW)


def test_a_plan_and_its_order_have_the_rates_the_clients_agreement_protects(account_manager, stock):
    brief = planning.brief(account_manager, must_have=["letter"])
    letter = Product.objects.get(code="letter")
    card = making.make(brief, by=account_manager, at=NOW).lines.get(product=letter).card_rate
    deal = contracts.create(brief.advertiser, "Year", start=brief.start, end=brief.end, commitment=Decimal(1), currency=brief.currency, by=None, at=NOW)
    rates.protect(deal, letter, card - 1, by=None, at=NOW)
    contracts.activate(deal, by=None, at=NOW)
    plan = making.make(brief, by=account_manager, at=NOW)
    line = plan.lines.get(product=letter)
    assert (line.rate, line.card_rate) == (card - 1, card - 1)
    plans.propose(plan, by=account_manager, at=NOW)
    made = ordering.order(plan, by=account_manager, at=NOW)
    assert (made.contract, made.lines.get(product=letter).card_rate) == (deal, card - 1)


def test_a_brief_for_people_is_solved_for_people_who_count_once(account_manager, stock):
    other = products.add_property("radio", "Harbour Radio", "audio", by=None, at=NOW)
    place = products.add_placement(other, "radio-roll", "Preroll", "display", by=None, at=NOW)
    supply.record_days(place, {NOW.date() - n * datetime.timedelta(days=1): 90_000 for n in range(1, 61)}, by=None)
    catalog.priced(products.add_product(other, "roll", "Preroll", placements=[place], format="display", rate_type="CPM", spec_profile="display", by=None, at=NOW), "11", "8")
    plan = making.make(planning.brief(account_manager, kpi_type="reach"), by=account_manager, at=NOW)
    problem, mix = planner.from_json(plan.problem), drawing.mix_of(plan)
    met = planner.evaluate(problem, mix)
    apart = planner.evaluate(dataclasses.replace(problem, people=False, universe=float("inf")), mix)
    assert len({problem.candidate(key).audience for key in mix}) > 1
    assert plan.outcome == pytest.approx(met.outcome) and met.outcome == pytest.approx(met.reach)
    assert max(planner.evaluate(problem, {key: units}).reach for key, units in mix.items()) < met.reach < min(apart.reach, problem.universe)
    clicks = planner.from_json(making.make(planning.brief(account_manager, kpi_type="clicks"), by=account_manager, at=NOW).problem)
    assert (problem.people, clicks.people) == (True, False) and clicks.universe < float("inf")
