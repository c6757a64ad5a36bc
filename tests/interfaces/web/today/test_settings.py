"""The bell and what a person sets for themselves."""

import pytest
from django.utils import timezone

from makegood.core.models import Notification
from makegood.work.actions import comments
from tests.factories import orders

pytestmark = pytest.mark.django_db


def test_a_notice_is_read_by_opening_it(web, campaign_manager, account_manager):
    order = orders.drafted()
    comments.add(order, "look @priya.raman", by=account_manager, at=timezone.now())
    notice, client = Notification.objects.get(), web(campaign_manager)
    assert str(order) in client.get("/notices/").content.decode()
    assert client.post(f"/notices/{notice.pk}/")["Location"] == f"/orders/{order.pk}/"
    assert Notification.objects.get().read_at is not None
    assert web(account_manager).post(f"/notices/{notice.pk}/").status_code == 404


@pytest.mark.parametrize(("field", "value", "name", "kept"), [("zone", "Europe/Berlin", "zone", "Europe/Berlin"), ("shortcuts", "off", "shortcuts", False), ("theme", "dark", "theme", "dark")])
def test_a_person_sets_clock_theme_and_keys(web, lead, field, value, name, kept):
    assert web(lead).post(f"/preferences/{field}/", {field: value}).status_code == 303
    lead.refresh_from_db()
    assert getattr(lead, name) == kept


def test_a_zone_nobody_knows_is_refused(web, lead):
    assert web(lead).post("/preferences/zone/", {"zone": "Mars/Base"}).status_code == 422
