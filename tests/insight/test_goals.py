"""Goals: every line's money in one state once, the grid by seller, team, category and property, its drill, who sees what."""

import datetime
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from makegood.catalog.models import Product
from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Activity, Person, Team
from makegood.insight import earning, goals, winning
from makegood.insight.actions import goals as setting
from makegood.insight.models import Goal
from makegood.orders.models import Line, Order
from makegood.sales.actions import briefs
from tests.factories import accounts, catalog, orders, pacing
from tests.factories.accounts import NOW

D, TODAY = Decimal, NOW.date()
OCTOBER, NOVEMBER, DECEMBER, JANUARY = (earning.add_months(datetime.date(2026, 10, 1), n) for n in range(4))


def flat(amount, start, end, name, **terms):
    made = orders.order(name, start=start, end=end, **terms)
    orders.line(made, catalog.run_of_site(), start=start, end=end, quantity=1, rate=D(amount), rate_type="flat")
    return made


def brief(name, budget, owner, *, client="Meridian Rail", start=DECEMBER, end=datetime.date(2026, 12, 31), **facts):
    who = accounts.Account.objects.filter(party__name=client).first() or accounts.advertiser(client)
    return briefs.create(who, name, objective="awareness", budget=D(budget), start=start, end=end, by=owner, at=NOW - datetime.timedelta(days=10), **facts)


def grid(actor, by="seller", *, currency="USD", **more):
    return goals.grid(actor, by=by, start=NOVEMBER, months=2, currency=currency, today=TODAY, **more)


def figures(found):
    return {row.name: [(cell.goal, *cell.amounts) for cell in row.cells] for row in found.rows}


@pytest.fixture
def book(sales, account_manager, leadership):
    """Owen of team North booked 3,000 of a retailer in December and has a brief of 8,000 at 50 %; Dana of no team runs 3,000 in November, 1,000 in euros."""
    sales.team = Team.objects.create(name="North")
    sales.save()
    retail = accounts.advertiser("Oatfield Foods", category="Retail")
    orders.booked(flat("3000", datetime.date(2026, 12, 7), datetime.date(2026, 12, 20), "Booked", account_manager=sales, advertiser=retail))
    orders.booked(flat("3000", datetime.date(2026, 11, 1), datetime.date(2026, 11, 30), "Running", account_manager=account_manager, advertiser=retail))
    orders.booked(flat("1000", DECEMBER, datetime.date(2026, 12, 31), "In euros", account_manager=account_manager, currency="EUR"))
    brief("Winter", 8_000, sales)
    setting.set_goal("seller", sales, DECEMBER, D(10_000), "USD", by=leadership, at=NOW)
    setting.set_goal("category", "Retail", DECEMBER, D(7_500), "USD", by=leadership, at=NOW)


def test_the_grid_by_seller_team_and_category(book, leadership):
    none, nothing = (D(0), D("0.00"), D("0.00"), D("0.00"), D("0.00")), D("0.00")
    owen = [none, (D(10_000), nothing, nothing, D("3000.00"), D("4000.00"))]
    dana = [(D(0), D("2200.00"), D("800.00"), nothing, nothing), none]
    assert figures(grid(leadership)) == {"Owen Park": owen, "Dana Whitfield": dana}
    assert figures(grid(leadership, "team")) == {"North": [none, (D(0), *owen[1][1:])], "No team": dana}
    assert figures(grid(leadership, "category")) == {
        "Retail": [dana[0], (D(7_500), nothing, nothing, D("3000.00"), nothing)], "No category": [none, (D(0), nothing, nothing, nothing, D("4000.00"))],
    }  # fmt: skip
    assert grid(leadership).finding == "December is USD 3,000 short: Owen Park has 30 % of its goal booked"
    assert grid(leadership, "property").finding == "No goals are set for these months"


def test_currencies_are_never_added_up(book, leadership):
    found = grid(leadership)
    assert (found.others, sum(cell.seen for cell in found.total.cells)) == (("EUR",), D("10000.00"))
    assert figures(grid(leadership, currency="EUR"))["Dana Whitfield"][1][3] == D("1000.00")


def test_a_cell_leads_to_its_orders_and_briefs_and_they_add_up_to_it(book, leadership, sales):
    ask = {"by": "seller", "month": DECEMBER, "currency": "USD", "today": TODAY}
    found = goals.sources(leadership, key=str(sales.pk), **ask)
    assert [(one.kind, one.name.split(" ", 1)[-1], one.sum, one.guess_pct) for one in found] == [("brief", "Winter", D("4000.00"), 50), ("order", "Booked", D("3000.00"), None)]
    cell = next(row for row in grid(leadership).rows if row.key == sales.pk).cells[1]
    assert sum(one.sum for one in found) == cell.seen
    assert len(goals.sources(leadership, key="all", **ask)) == 2


def test_a_seller_sees_the_team_and_leadership_everybody(book, sales, account_manager, campaign_manager, leadership):
    assert set(figures(grid(leadership))) == {"Owen Park", "Dana Whitfield"}
    assert set(figures(grid(account_manager))) == {"Dana Whitfield"}
    account_manager.team = campaign_manager.team = Team.objects.get()
    account_manager.save()
    assert set(figures(grid(campaign_manager))) == {"Dana Whitfield", "Owen Park"}
    assert grid(account_manager, "category").finding == "No goals are set for these months"  # goals of the house are not the team's
    assert goals.sources(campaign_manager, by="seller", key=str(account_manager.pk), month=NOVEMBER, currency="USD", today=TODAY)[0].name.endswith("Running")


def test_goals_are_set_changed_with_a_trace_and_by_leadership_only(book, sales, leadership):
    with pytest.raises(NotAllowed):
        setting.set_goal("seller", sales, DECEMBER, D(1), "USD", by=sales, at=NOW)
    goal = setting.set_goal("seller", sales, DECEMBER, D(9_000), "USD", by=leadership, at=NOW, why="The market fell")
    said = Activity.objects.filter(subject_type="insight.goal", subject_id=goal.pk).order_by("pk")
    assert [(one.verb, one.before, one.after.get("amount"), one.why) for one in said] == [
        ("goal.set", {}, "10000", ""), ("goal.changed", {"amount": "10000.00"}, "9000", "The market fell"),
    ]  # fmt: skip
    for wrong in ({"amount": D(-1)}, {"currency": "BUCKS"}):
        with pytest.raises(Invalid):
            setting.set_goal(**({"by_what": "seller", "whom": sales, "month": DECEMBER, "amount": D(1), "currency": "USD"} | wrong), by=leadership, at=NOW)


def test_the_database_takes_a_goal_of_one_once(db):
    team = Team.objects.create(name="North")
    Goal.objects.create(team=team, month=DECEMBER, amount=1)
    for wrong in ({"team": team}, {}, {"team": team, "category": "Retail"}, {"category": "Retail", "amount": -1}, {"category": "Retail", "month": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(**({"month": DECEMBER, "amount": 1} | wrong))


def test_a_sheet_sets_all_goals_or_none(leadership, sales, tmp_path):
    sheet = tmp_path / "goals.csv"
    sheet.write_text("Seller,2026-12,2027-01\nowen park,100,200\nNobody Known,1,2\n")
    with pytest.raises(Invalid, match="B3: there is no seller Nobody Known; C3"):
        setting.take_sheet(sheet, "USD", by=leadership, at=NOW)
    assert not Goal.objects.exists()
    sheet.write_text("Seller,2026-12,2027-01\nowen park,100,200\n")
    assert setting.take_sheet(sheet, "USD", by=leadership, at=NOW) == 2
    assert list(Goal.objects.order_by("month").values_list("seller", "month", "amount")) == [(sales.pk, DECEMBER, 100), (sales.pk, JANUARY, 200)]
    sheet.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(Invalid, match="PDF"):
        setting.take_sheet(sheet, "USD", by=leadership, at=NOW)


def test_history_weighs_the_pipeline_and_the_states_stay_apart(book, sales, leadership):
    for n in range(12):
        one = brief(f"Decided {n}", 8_000, sales, client="Harrow Mutual")
        briefs.propose(one, by=sales, at=NOW)
        briefs.win(one, by=sales, at=NOW) if n < 9 else briefs.lose(one, by=sales, at=NOW, why="price")
    said = winning.chances(NOW)
    (chance,) = said.values()
    assert chance.decided == 12 and [(part.won, part.of) for part in chance.parts] == [(9, 12), (9, 12), (9, 12), (0, 0)]
    before = figures(grid(leadership))["Owen Park"][1]
    after = figures(grid(leadership, chances=winning.weights(said)))["Owen Park"][1]
    assert after[:4] == before[:4] and after[4] == (8_000 * D(f"{chance.chance:.4f}")).quantize(D("0.01")) > before[4]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**7), st.integers(-80, 80), st.integers(1, 120), st.booleans(), st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 10**6)), max_size=4, unique_by=lambda one: one[0]))
def test_a_lines_money_is_in_its_states_once_and_comes_to_its_amount(cents, first, length, counted, delivered):
    """Whatever was delivered: recognised, pacing and committed of a line that is not over add up to what was sold."""
    start = TODAY + datetime.timedelta(days=first)
    line = Line(start=start, end=start + datetime.timedelta(days=length - 1), amount=D(cents) / 100, quantity=10**6, unit="impressions" if counted else "flat",
                status="live" if first <= 0 else "booked", product=Product(), order=Order())  # fmt: skip
    units = {earning.add_months(NOVEMBER, n): net for n, net in delivered} if counted and first <= 0 else {}
    span = [earning.add_months(NOVEMBER, n) for n in range(-12, 13)]
    found = list(earning._of_line(line, units, span, TODAY))
    total = sum(amount for _, _, amount in found)
    if line.end >= TODAY:
        assert abs(total - line.amount) < D("0.0001")
        assert {state for _, state, _ in found} <= ({"recognised", "pacing"} if line.start <= TODAY else {"recognised", "committed"})
    else:
        assert total <= line.amount and {state for _, state, _ in found} <= {"recognised"}
    assert all(amount >= 0 for _, _, amount in found)


def test_queries_do_not_grow_with_the_book(book, leadership, reviewer):
    def count():
        with CaptureQueriesContext(connection) as seen:
            grid(leadership)
            goals.sources(leadership, by="seller", key="all", month=DECEMBER, currency="USD", today=TODAY)
            winning.chances(NOW)
        return len(seen)

    first = count()
    line = pacing.line("Counted", "Harrow Mutual")
    pacing.set_up(line, reviewer)
    pacing.delivered(line)
    counted = count()
    for n in range(3):
        orders.booked(flat("100", DECEMBER, DECEMBER, f"More {n}"))
        brief(f"More {n}", 100, Person.objects.get(name="Owen Park"))
    assert count() == counted <= first + 2 <= 16
