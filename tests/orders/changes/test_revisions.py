"""A 60-line order revised eight times: every revision is diffed and priced as reckoned by hand, beside the application."""

import datetime
import itertools
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.engine import apportion
from makegood.orders import queries, snapshots
from makegood.orders.actions import changing
from makegood.orders.models import Order, Reservation
from makegood.workflows import changing as workflow
from tests.factories import catalog, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
LINES = 60
DAY = datetime.timedelta(days=1)
D = Decimal


@pytest.fixture
def sixty(account_manager):
    made = orders.order(by=account_manager, commission_pct=D(15))
    product = catalog.run_of_site(requests=40_000_000)
    for number in range(1, LINES + 1):
        orders.line(made, product, quantity=10_000 * number, name=f"Line {number}", retotal=number == LINES)
    return orders.booked(made)


def revised(order, by, asked):
    change = changing.begin(order, by=by, at=NOW)
    for one in asked:
        workflow.collect(change, one, by=by, at=NOW)
    seen = workflow.preview(by, change.pk, at=NOW)
    if not seen.view.commercial:
        workflow.push(change, by=by, at=NOW)
        return seen
    workflow.send(change, by=by, at=NOW)
    for side in ("seller", "client"):
        workflow.sign(change, side, "Somebody", by=None, at=NOW)
    return seen


STEPS = (  # what is asked, and what it does to the gross, by hand: line n is n × 10,000 at $12 a thousand, $120 n
    ([{"op": "line.quantity", "line": n, "quantity": 20_000 * n} for n in range(1, 11)], D(120 * 55)),
    ([{"op": "line.rate", "line": n, "rate": "15"} for n in range(11, 21)], D(30 * 155)),
    ([{"op": "line.cap", "line": n, "cap": [4, 24]} for n in range(40, 52)], D(0)),
    ([{"op": "line.cut", "line": n} for n in range(56, 61)], D(-120 * 290)),
    ([{"op": "line.add", "product": "run-of-site", "start": str(orders.START), "end": str(orders.END + 7 * DAY), "quantity": 500_000, "name": "Late"}], D(6000)),
    ([{"op": "line.dates", "line": n, "end": str(orders.END - 3 * DAY)} for n in range(21, 26)], D(0)),
    ([{"op": "flight.split", "line": 30, "flight": 1, "day": str(orders.START + 7 * DAY)}, {"op": "line.rename", "line": 31, "name": "Home"}], D(0)),
    ([{"op": "order.term", "name": "commission_pct", "value": "10"}, {"op": "line.quantity", "line": 61, "quantity": 250_000}], D(-3000)),
)


def test_eight_revisions_of_sixty_lines(sixty, account_manager):
    gross, frozen = D(120 * LINES * (LINES + 1) // 2), [sixty.revisions.get(number=1)]
    assert sixty.gross == gross
    for number, (asked, delta) in enumerate(STEPS, 2):
        before = Order.objects.get(pk=sixty.pk)
        seen = revised(before, account_manager, asked)
        order = Order.objects.get(pk=sixty.pk)
        newest = order.revisions.get(number=number)
        gross += delta
        rate = D("0.90") if number == 9 else D("0.85")
        assert (order.revision, order.gross, order.net) == (number, gross, (gross * rate).quantize(D("0.01")))
        found = queries.between(account_manager, order.pk, number - 1, number)
        assert (found.gross_delta, sum((one for _, _, one in found.deltas), D(0))) == (delta, delta) == (seen.view.money.gross.delta, delta)
        assert len({line for one in asked if (line := one.get("line"))}) == len(found.changed) + len(found.cut)
        assert snapshots.sha256(snapshots.of(order)) == newest.sha256
        frozen.append(newest)
    whole = queries.diff(frozen[0], frozen[-1])
    steps = [queries.diff(one, two) for one, two in itertools.pairwise(frozen)]
    assert whole.gross_delta == sum(one.gross_delta for one in steps) == gross - D(120 * 1830)
    assert whole.net_delta == sum(one.net_delta for one in steps)
    assert [len(part) for part in (whole.added, whole.cut)] == [1, 5]
    claims = Reservation.objects.filter(released_at=None, flight__line__order=sixty).values_list("flight__line__number", "units")
    sold = {line.number: line.quantity for line in Order.objects.get(pk=sixty.pk).lines.exclude(status="cancelled")}
    assert {number: sum(units for n, units in claims if n == number) for number in sold} == sold
    assert apportion.largest_remainder(300_000, [7, 7]) == [flight.goal for flight in Order.objects.get(pk=sixty.pk).lines.get(number=30).flights.order_by("number")]


def test_the_preview_asks_as_much_for_twenty_changed_lines_as_for_one(sixty, account_manager):
    counts = []
    change = changing.begin(sixty, by=account_manager, at=NOW)
    for numbers in ((1,), range(2, 21)):
        for number in numbers:
            workflow.collect(change, {"op": "line.cap", "line": number, "cap": [4, 24]}, by=account_manager, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            workflow.preview(account_manager, change.pk, at=NOW)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1, counts
