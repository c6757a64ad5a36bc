"""A history's values as people read them."""

import pytest

from makegood.core import activity
from makegood.interfaces.web.orders import events
from tests.factories import orders
from tests.factories.accounts import NOW

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.django_db]


@pytest.mark.parametrize(("value", "shown"), [
    ("2026-11-25T14:05:00Z", "25 Nov 14:05"), ("2026-11-25", "25 Nov"), ("2027-01-03", "3 Jan 2027"), ("2026-11-31", "2026-11-31"), ("2026-11-25T14:05", "2026-11-25T14:05"),
    (True, "yes"), (False, "no"), (None, ""), (0, "0"), ("x" * 61, "x" * 57 + "…"),
])  # fmt: skip
def test_days_and_moments_are_on_the_clock_and_the_rest_as_it_is(value, shown):
    row = activity.record(orders.drafted(), "order.edited", by=None, at=NOW, before={"due": "before"}, after={"due": value})
    assert events.event(row).changes == [("Due", "before", shown)]
