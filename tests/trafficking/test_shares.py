"""What is sold by share of voice is served by that share."""

import pytest

from makegood.trafficking.plan import entries, terms
from tests.factories import catalog, orders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("product", "tier", "share"), [
    (lambda: catalog.shared(25), "sponsorship", 0.25), (catalog.takeover, "sponsorship", 1.0), (catalog.run_of_site, "guaranteed", None),
])  # fmt: skip
def test_a_flight_takes_the_share_it_was_sold(product, tier, share):
    made = orders.order()
    line = orders.line(made, product(), quantity=14)
    orders.booked(made)
    flight = line.flights.get()
    compiled = entries.flight(flight, [])
    assert (compiled.priority, compiled.share) == (tier, share)
    assert terms.contract(flight, 0.0, None, usual_price=1.0).share == share
