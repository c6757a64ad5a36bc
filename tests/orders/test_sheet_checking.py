"""A sheet checked as a whole: prices, avails of all rows together, approvals; packages; what is saved is what was read."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.accounts.actions import contracts
from makegood.catalog.actions import packages as catalog_packages
from makegood.catalog.actions import rates
from makegood.core.errors import Invalid
from makegood.orders import availability, needs
from makegood.orders.actions import drafting
from makegood.orders.sheet import checking, looking, offering, packages, saved
from tests.factories import catalog, orders
from tests.factories.accounts import NOW
from tests.orders.sheets import save, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(account_manager):
    catalog.run_of_site(), catalog.takeover()
    return orders.order(by=account_manager)


def check(order, *rows):
    return checking.check(order, rows, at=NOW)


def keys(answer) -> list[str]:
    return [one.key for one in answer.read.problems]


def test_rows_of_the_sheet_compete_for_the_same_inventory(order):
    one, two = check(order, typed(quantity="900k"), typed(quantity="900000", name="Second")).answers
    assert (one.avails.available, one.avails.short) == (1_400_000, 0)
    assert (two.avails.available, two.avails.short, keys(two)) == (500_000, 400_000, ["short@avails"])
    assert two.avails.relaxations[0].gain > 0
    assert two.approvals == ("Over-booking",)


def test_what_its_own_lines_have_reserved_counts_for_them(order, account_manager):
    save(order, [typed(quantity="900k")], by=account_manager)
    orders.booked(order)
    (answer,) = check(order, *saved.rows(order)).answers
    assert (answer.avails.available, answer.avails.reserved) == (1_400_000, 0)


def test_two_rows_cannot_have_the_same_exclusive_day(order):
    days = {"product": "Homepage takeover", "quantity": "2", "start": "2026-12-09", "end": "2026-12-10"}
    one, two = check(order, typed(**days), typed(**days | {"start": "2026-12-10", "end": "2026-12-11"})).answers
    assert (keys(one), keys(two)) == ([], ["twice@start"])


@pytest.mark.parametrize(("cells", "rate", "gross", "problems"), [
    ({}, "12.0000", "1200.00", []), ({"rate": "9"}, "9", "900.00", []), ({"discount": "25"}, "9.0000", "900.00", []), ({"gross": "1000"}, "10.0000", "1000.00", []),
    ({"rate": "10", "gross": "1500"}, "10", "1500.00", ["gross_differs@gross"]), ({"rate": "10", "discount": "50"}, "10", "1000.00", ["discount_differs@discount"]),
    ({"rate": "7"}, "7", "700.00", ["below_floor@rate"]), ({"added": "yes"}, "0", "0", []), ({"added": "yes", "rate": "5"}, "0", "0", ["charged@rate"]),
    ({"rate_type": "flat", "rate": "5000"}, "5000", "5000.00", ["off_card@rate"]),
])  # fmt: skip
def test_the_price_follows_from_what_is_typed(order, cells, rate, gross, problems):
    (answer,) = check(order, typed(**cells)).answers
    assert (answer.read.rate, answer.read.amount, keys(answer)) == (Decimal(rate), Decimal(gross), problems)


def test_errors_name_the_cell_and_an_unknown_product_its_nearest(order):
    (answer,) = check(order, typed(product="Run of sight", end="31 Nov 2026", quantity="lots", cap="often", targeting="mobile")).answers
    assert sorted(keys(answer)) == ["unknown@product", "unreadable@cap", "unreadable@end", "unreadable@quantity", "unreadable@targeting"]
    assert next(one for one in answer.read.problems if one.column == "product").instead == "Run of site"


def test_flights_that_no_longer_sum_are_offered_in_proportion(order):
    (answer,) = check(order, typed(quantity="50000", flighting="2026-12-07..2026-12-10=40000; 2026-12-12..2026-12-20=60000")).answers
    (problem,) = answer.read.problems
    assert (problem.column, problem.instead) == ("flighting", "2026-12-07..2026-12-10=20000; 2026-12-12..2026-12-20=30000")
    assert keys(check(order, typed(quantity="50000", flighting=problem.instead)).answers[0]) == []


def test_the_needs_are_those_the_order_would_have(order, account_manager):
    rows = [typed(rate="6"), typed(rate="12", quantity="5000000"), typed(added="yes")]
    said = check(order, *rows)
    save(order, rows, by=account_manager)
    order.refresh_from_db()
    would = needs.of(order, availability.check(order, at=NOW), order.account_manager and checking.seller())
    assert said.needs == tuple(one.title for one in would)
    assert said.answers[0].approvals == ("Discount", "Below floor") and said.added_value == Decimal("1200.00")


@given(st.lists(st.tuples(st.integers(1, 10**6), st.decimals(8, 40, places=2), st.sampled_from(["", "even by week", "70/30 by week", "one flight without 2026-12-07"]), st.booleans()), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_saved_loads_as_it_was_read(order, account_manager, rows):
    sheet = [typed(quantity=units + 100, rate="" if added else rate, flighting=how, added="yes" if added else "", name=f"Line {n}") for n, (units, rate, how, added) in enumerate(rows)]
    said = check(order, *sheet)
    save(order, sheet, by=account_manager)
    again = check(order, *saved.rows(order))
    assert [one.cells | {"number": ""} for one in again.answers] == [one.cells | {"number": ""} for one in said.answers]
    assert [one.read.slices for one in again.answers] == [tuple((f.start, f.end, f.goal) for f in line.flights.all()) for line in order.lines.order_by("number")]


def test_a_package_becomes_lines_that_sum_to_its_price(order, lead, account_manager):
    site, takeover = (checking.Catalogue().named(name) for name in ("Run of site", "Homepage takeover"))
    items = [(site, 333_333, False), (takeover, 1, False), (site, 100_000, True)]
    catalog_packages.set_package("launch", "Launch", price=Decimal("19999.99"), items=items, by=lead, at=NOW)
    rows = packages.rows(order, "launch", start=orders.START, end=orders.END)
    found = check(order, *rows)
    assert [str(one.read.amount) for one in found.answers] == ["2857.14", "17142.85", "0"]
    assert (found.gross, found.added_value, [one.read.typed.package for one in found.answers]) == (Decimal("19999.99"), Decimal("1200.00"), ["launch"] * 3)
    cheaper = packages.rows(order, "launch", start=orders.START, end=orders.END, price=Decimal("0.03"))
    assert check(order, *cheaper).gross == Decimal("0.03")
    with pytest.raises(Invalid, match="no package"):
        packages.rows(order, "lunch", start=orders.START, end=orders.END)
    with pytest.raises(Invalid, match="added value"):
        catalog_packages.set_package("gift", "Gift", price=Decimal(1), items=[(site, 1, True)], by=lead, at=NOW)


def test_the_division_of_a_package_is_explained_by_the_card(order, lead):
    site, takeover = (checking.Catalogue().named(name) for name in ("Run of site", "Homepage takeover"))
    catalog_packages.set_package("launch", "Launch", price=Decimal("24000"), items=[(site, 500_000, False), (takeover, 1, False), (site, 100_000, True)], by=lead, at=NOW)
    rows = packages.rows(order, "launch", start=orders.START, end=orders.END)
    found = check(order, *rows, typed(name="Beside it"))
    said = looking.look(order, rows, found.answers, rows[0].key, at=NOW).split
    assert [(one.number, one.worth, round(one.pct, 4), one.amount, one.added, one.here) for one in said.parts] == [
        (1, 6000, 20, 4800, False, True), (2, 24000, 80, 19200, False, False), (3, 1200, 0, 0, True, False)]  # fmt: skip
    assert (said.price, said.worth, said.given, said.off_pct) == (24000, 30000, 1200, 20)
    assert [one.given for one in found.answers] == [None, None, 1200, None]
    assert packages.split(found.answers, found.answers[3]) is None  # the control: a row of no package


def test_what_is_typed_finds_products_and_packages_with_rate_and_avails(order, lead):
    site, takeover = (checking.Catalogue().named(name) for name in ("Run of site", "Homepage takeover"))
    catalog_packages.set_package("launch", "Launch", price=Decimal("19999"), items=[(site, 99_000_000, False), (takeover, 1, False)], by=lead, at=NOW)
    days = (orders.START, orders.END)
    home, ros, pack = offering.offered(order, "", days, at=NOW)
    assert [one.label for one in (home, ros, pack)] == ["Homepage takeover", "Run of site", "Launch"]
    assert (ros.rate, ros.rate_type, ros.free) == (12, "CPM", checked_free(order, days))
    assert (home.free, home.unit) == ((days[1] - days[0]).days + 1, "days")
    assert (pack.code, pack.rate, pack.items, pack.free) == ("launch", 19999, 2, 1)  # 99 million are not there, the takeover is
    assert [one.label for one in offering.offered(order, "site RUN", days, at=NOW)] == ["Run of site"]
    assert [one.label for one in offering.offered(order, "launch pack", days, at=NOW)] == ["Launch"]
    assert offering.offered(order, "billboard on the moon", days, at=NOW) == []


def checked_free(order, days) -> int:
    """What the sheet's own check says is free of run of site."""
    (answer,) = check(order, typed(start=str(days[0]), end=str(days[1]), quantity="1")).answers
    return answer.avails.available


def test_the_look_at_a_row_has_its_weeks_reach_and_days(order):
    rows = [typed(targeting="device: mobile", quantity="200000", flighting="even by broadcast week without 2026-12-14"), typed(product="Homepage takeover", quantity="14")]
    found = check(order, *rows)
    seen = looking.look(order, rows, found.answers, rows[0].key, at=NOW)
    assert [closed for _, closed in seen.weeks] == [False, True]
    assert seen.reached.matched <= seen.reached.untargeted == 1_400_000 and 0 <= seen.reached.reached <= seen.reached.people
    assert next(one for one in seen.dimensions if one.name == "device").include == "mobile"
    assert len(looking.look(order, rows, found.answers, rows[1].key, at=NOW).days) == 14


@pytest.fixture
def deal(order):
    """Run of site at 8.00 where the card says 12.00; the order names the agreement."""
    made = contracts.create(order.advertiser, "Year", start=order.start, end=order.end, commitment=Decimal(1), by=None, at=NOW)
    rates.protect(made, catalog.run_of_site(), Decimal(8), by=None, at=NOW)
    drafting.edit(order, contract=contracts.activate(made, by=None, at=NOW), by=None, at=NOW)
    return made


def test_a_row_under_an_agreement_is_priced_by_its_protected_rate(order, deal, account_manager):
    (answer,) = check(order, typed()).answers
    assert [answer.cells[name] for name in ("card", "rate", "floor", "gross")] == ["8", "8", "8", "800"]
    (cheaper,) = check(order, typed(rate="6")).answers
    assert (cheaper.discount, cheaper.approvals) == (Decimal(25), ("Discount", "Below floor"))
    save(order, [typed()], by=account_manager)
    line = order.lines.get()
    assert (line.rate, line.card_rate) == (8, 8)
    (offered,) = offering.offered(order, "run of s", (line.start, line.end), at=NOW)
    assert (offered.label, offered.rate) == ("Run of site", 8)


def test_a_row_above_a_protected_rate_is_an_error_and_is_not_saved(order, deal, account_manager):
    (answer,) = check(order, typed(rate="9")).answers
    assert [(one.key, one.severity) for one in answer.open if one.column == "rate"] == [("above_protected@rate", "error")]
    with pytest.raises(Invalid, match=f"{deal.number} protects a rate of 8; 9 is above it"):
        save(order, [typed(rate="9")], by=account_manager)
    contracts.end(deal, by=None, at=NOW, why="the control: nothing is protected by one that is over")
    order.contract.refresh_from_db()
    save(order, [typed(rate="9")], by=account_manager)
    assert order.lines.get().card_rate == 12
