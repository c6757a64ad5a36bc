"""Many signed orders booked in the background: queued with the click, for those who may, and only once each."""

import json

import pytest
from django.db import connection

from makegood.orders.models import Order
from tests.factories import orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued():
    def asked() -> list[dict[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'orders.book' AND status = 'todo' ORDER BY id")
            return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]

    return asked


def test_signed_orders_are_queued_and_others_left(web, campaign_manager, queued):
    signed, draft = orders.signed(), orders.drafted(name="Still a draft")
    sent = {"action": "book_later", "ids": [signed.pk, draft.pk]}
    preview = web(campaign_manager).post("/orders/", sent)
    assert (preview.status_code, queued()) == (200, [])
    done = web(campaign_manager).post("/orders/", sent | {"confirmed": "1"})
    assert (done.status_code in (200, 303), queued()) == (True, [{"order_id": signed.pk, "actor_id": campaign_manager.pk}])
    assert Order.objects.get(pk=signed.pk).status == "signed"


def test_who_may_not_book_queues_nothing(web, finance, queued):
    signed = orders.signed()
    refused = web(finance).post("/orders/", {"action": "book_later", "ids": [signed.pk], "confirmed": "1"})
    assert (refused.status_code, queued()) == (403, [])
