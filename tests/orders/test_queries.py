"""What each page is told, and what a rival is not."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.orders import queries
from makegood.orders.actions import approval, lines
from makegood.orders.models import Order
from tests import personas
from tests.factories import accounts, orders
from tests.factories.accounts import NOW
from tests.orders.test_importing import book, receive, sheet

pytestmark = pytest.mark.django_db
__all__ = ["book"]


def test_the_campaign_tells_its_lines_revisions_and_money(account_manager):
    order = orders.booked(orders.drafted(by=account_manager))
    view = queries.campaign(account_manager, order.pk)
    assert (view.units, view.money.gross, view.money.card, view.money.discount_pct) == (500_000, Decimal("6000.00"), Decimal("6000.00"), 0)
    assert [(line.property, line.sizes, line.status) for line in view.lines] == [("Northlight News", ("300×250",), "booked")]
    assert [mark.side for mark in view.revisions[0].signatures] == ["seller", "client"]


def test_a_client_sees_its_campaign_without_the_rate_card_and_a_rival_sees_nothing(account_manager):
    order = orders.drafted(by=account_manager)
    client = personas.client_of(order.advertiser.party, "Lena Ortiz")
    rival = personas.client_of(accounts.advertiser("Meridian Rail").party, "Rhea Rival")
    view = queries.campaign(client, order.pk)
    assert (view.lines[0].card_rate, view.money.card) == (None, None)
    with pytest.raises(Order.DoesNotExist):
        queries.campaign(rival, order.pk)
    for rows in (queries.order_list, queries.line_list, queries.flight_list):
        assert (rows(client).count(), rows(rival).count()) == (1, 0)
    assert (queries.import_list(client).count(), queries.import_list(rival).count()) == (0, 0)


def test_the_agency_sees_the_order_it_placed(account_manager):
    agency = accounts.agency()
    order = orders.drafted(by=account_manager, agency=agency)
    assert list(queries.order_list(personas.client_of(agency.party, "Bo Agent"))) == [order]


def test_a_diff_says_what_was_added_cut_and_changed_and_the_money(account_manager):
    order = orders.drafted(by=account_manager)
    second = orders.line(order, quantity=100_000)
    approval.submit(order, by=account_manager, at=NOW)
    lines.edit(order.lines.get(number=1), by=account_manager, at=NOW, quantity=600_000)
    lines.remove(second, by=account_manager, at=NOW)
    order.refresh_from_db()
    orders.line(order, quantity=50_000, number=3)
    approval.submit(order, by=account_manager, at=NOW)
    found = queries.diff(order.revisions.get(number=1), order.revisions.get(number=2))
    assert ([one["number"] for one in found.added], [one["number"] for one in found.cut]) == ([3], [2])
    assert ("quantity", 500_000, 600_000) in found.changed[0].changes
    assert found.gross_delta == Decimal("600.00")


def test_an_import_is_shown_with_places_sums_and_availability(book, account_manager):
    received = receive(sheet(), account_manager)
    view = queries.import_view(account_manager, received.pk, at=NOW)
    assert [row.avails.says for row in view.lines][1] == "Free, exclusive"
    assert view.lines[0].cells["rate"].where.cell
    assert [check.equal for check in view.sums] == [True] * len(view.sums)
    assert {row.role: row.how for row in view.parties} == {"advertiser": "exact"}
    assert view.open == ()


@pytest.mark.parametrize("many", [1, 3])
def test_lists_and_the_campaign_cost_the_same_queries_with_one_and_three_rows(account_manager, many):
    order = orders.order(by=account_manager)
    for _ in range(many):
        orders.line(order)
    with CaptureQueriesContext(connection) as seen:
        queries.campaign(account_manager, order.pk)
        list(queries.order_list(account_manager))
        [str(line) for line in queries.line_list(account_manager)]
    assert len(seen) <= 10
