"""A sheet saved is the order: whole, once, as the difference, with nothing of another person's lost."""

import dataclasses
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Activity
from makegood.orders.actions import approval, building_sheets, lines
from makegood.orders.sheet import checking, saved
from tests import personas
from tests.factories import catalog, orders
from tests.factories.accounts import NOW
from tests.orders.sheets import opened, save, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(account_manager):
    """An empty draft, with run of site and a takeover to sell."""
    catalog.run_of_site(), catalog.takeover()
    return orders.order(by=account_manager)


def cells(order) -> list[dict]:
    return [dict(row.cells) for row in saved.rows(order)]


def test_rows_become_lines_with_flights_and_the_order_their_sum(order, account_manager):
    rows = [typed(rate="10"), typed(quantity="7", flighting="40/60 by week"), typed(added="yes", notes="Thanks for the year")]
    reply = save(order, rows, by=account_manager)
    one, two, three = order.lines.order_by("number")
    assert (reply["added"], reply["changed"], reply["removed"], reply["gross"]) == (3, 0, 0, "1000.08")
    assert reply["lines"] == {row.key: line.pk for row, line in zip(rows, (one, two, three), strict=True)}
    assert (one.number, one.rate, one.card_rate, one.amount, one.unit) == (1, Decimal(10), Decimal(12), Decimal("1000.00"), "impressions")
    assert [flight.goal for flight in two.flights.all()] == [3, 4]
    assert (three.rate, three.amount, three.detail.added_value, three.detail.notes) == (0, 0, True, "Thanks for the year")
    assert (order.gross, order.net) == (Decimal("1000.08"), Decimal("1000.08"))


def test_what_is_saved_opens_as_the_check_said_it_would(order, account_manager):
    rows = [typed(rate="9,50"), typed(gross="1234.56"), typed(discount="25 %", cap="3/day", targeting="device: mobile"), typed(quantity="12", added="x")]
    said = [answer.cells for answer in checking.check(order, rows, at=NOW).answers]
    save(order, rows, by=account_manager)
    again = [answer.cells for answer in checking.check(order, saved.rows(order), at=NOW).answers]
    assert [one | {"number": ""} for one in again] == [one | {"number": ""} for one in said]


def test_saving_what_is_there_changes_nothing_and_logs_nothing(order, account_manager):
    save(order, [typed(), typed(flighting="even by week")], by=account_manager)
    before = (cells(order), Activity.objects.count())
    reply = save(order, saved.rows(order), by=account_manager)
    assert (reply["added"], reply["changed"], reply["removed"]) == (0, 0, 0)
    assert (cells(order), Activity.objects.count()) == before


def test_the_difference_is_written_and_told(order, account_manager):
    save(order, [typed(name="Keep"), typed(name="Change"), typed(name="Cut")], by=account_manager)
    keep, change, _ = rows = saved.rows(order)
    was = {row.line_id: row.cells for row in rows}
    reply = save(order, [dataclasses.replace(change, cells={**change.cells, "quantity": "200000"}), typed(name="New"), keep], was, by=account_manager)
    assert [(line.number, line.name, line.quantity) for line in order.lines.order_by("number")] == [(1, "Change", 200_000), (2, "New", 100_000), (3, "Keep", 100_000)]
    assert (reply["added"], reply["changed"], reply["removed"]) == (1, 1, 1)
    told = Activity.objects.filter(root_type="orders.order", root_id=order.pk, verb__startswith="line.").order_by("-pk")
    assert sorted(one.verb for one in told[:3]) == ["line.added", "line.edited", "line.removed"]
    assert next(one for one in told if one.verb == "line.edited").after == {"quantity": 200_000, "amount": "2400.00", "flights": "2026-12-07..2026-12-20=200000"}


def test_numbers_stay_once_a_revision_was_sent(order, account_manager):
    save(order, [typed(name="One"), typed(name="Two")], by=account_manager)
    approval.submit(order, by=account_manager, at=NOW)
    one, two = saved.rows(order)
    reply = save(order, [typed(name="New"), two, dataclasses.replace(one, cells={**one.cells, "rate": "11"})], by=account_manager)
    assert [(line.number, line.name) for line in order.lines.order_by("number")] == [(1, "One"), (2, "Two"), (3, "New")]
    order.refresh_from_db()
    assert (order.status, order.revision, reply["revision"]) == ("draft", 2, 2)


def test_one_error_keeps_all_of_it_out_and_says_where(order, account_manager):
    with pytest.raises(Invalid) as refused:
        save(order, [typed(), typed(end="31 Nov 2026")], by=account_manager)
    assert (refused.value.place, "row 2" in refused.value.message) == ("end", True)
    assert order.lines.count() == 0


def test_two_people_in_one_sheet_lose_nothing(order, account_manager, campaign_manager):
    save(order, [typed(name="Shared"), typed(name="Theirs")], by=account_manager)
    rows, was = opened(order)
    line, other = order.lines.order_by("number")
    lines.edit(line, by=campaign_manager, at=NOW, quantity=300_000)
    lines.edit(other, by=campaign_manager, at=NOW, name="Theirs, renamed")
    mine = [dataclasses.replace(rows[0], cells={**rows[0].cells, "rate": "11"}), rows[1]]
    save(order, mine, was, by=account_manager)
    line.refresh_from_db()
    assert (line.quantity, line.rate, order.lines.get(pk=other.pk).name) == (300_000, Decimal(11), "Theirs, renamed")
    mine[0] = dataclasses.replace(rows[0], cells={**rows[0].cells, "quantity": "400000"})
    with pytest.raises(building_sheets.Conflicting) as refused:
        save(order, mine, was, by=account_manager)
    (found,) = [one for one in refused.value.conflicts if one.column == "quantity"]
    assert (found.mine, found.theirs, found.line_id) == ("400000", "300000", line.pk)
    line.refresh_from_db()
    assert line.quantity == 300_000


def test_a_line_changed_here_and_removed_there_is_asked_about_and_one_added_there_stays(order, account_manager):
    save(order, [typed(name="A"), typed(name="B")], by=account_manager)
    rows, was = opened(order)
    lines.remove(order.lines.get(name="A"), by=account_manager, at=NOW)
    orders.line(order, name="Added there", number=9)
    with pytest.raises(building_sheets.Conflicting) as refused:
        save(order, [dataclasses.replace(rows[0], cells={**rows[0].cells, "rate": "11"}), rows[1]], was, by=account_manager)
    assert [(one.name, one.theirs) for one in refused.value.conflicts] == [("A", "removed meanwhile")]
    save(order, rows, was, by=account_manager)
    assert [line.name for line in order.lines.order_by("number")] == ["B", "Added there"]


def test_a_warning_stays_dismissed_with_its_reason_while_it_says_the_same(order, account_manager):
    row = typed(rate="5")
    (answer,) = checking.check(order, [row], at=NOW).answers
    (warning,) = answer.open
    assert warning.key == "below_floor@rate"
    row = dataclasses.replace(row, dismissed={warning.key: {"reason": "First order of a new client", "message": warning.message}})
    save(order, [row], by=account_manager)
    (kept,) = saved.rows(order)
    assert (kept.dismissed[warning.key]["reason"], kept.dismissed[warning.key]["by"]) == ("First order of a new client", account_manager.name)
    assert checking.check(order, [kept], at=NOW).answers[0].open == ()
    lower = dataclasses.replace(kept, cells={**kept.cells, "rate": "4"})
    assert [one.key for one in checking.check(order, [lower], at=NOW).answers[0].open] == ["below_floor@rate"]


def test_booked_orders_and_strangers_are_refused(order, account_manager, finance):
    save(order, [typed()], by=account_manager)
    rival = personas.client_of(order.advertiser.party, "Rita Client")
    for who in (finance, rival):
        with pytest.raises(NotAllowed):
            save(order, [], by=who)
    orders.booked(order)
    with pytest.raises(Refused, match="booked"):
        save(order, [], by=account_manager)
    assert order.lines.count() == 1


def test_queries_do_not_grow_with_the_sheet(order, account_manager):
    def asked(work) -> int:
        with CaptureQueriesContext(connection) as found:
            work()
        return len(found)

    few, many = ([typed(name=f"Line {n}", start="2026-12-07", quantity=1000 + n, rate="7") for n in range(count)] for count in (2, 30))
    checking.check(order, few, at=NOW)
    assert asked(lambda: checking.check(order, few, at=NOW)) == asked(lambda: checking.check(order, many, at=NOW)) <= 25
    other = orders.order("Another", by=account_manager)
    assert asked(lambda: save(order, few, {}, by=account_manager)) == asked(lambda: save(other, many, {}, by=account_manager)) <= 40
