"""Tasks to list: made through the models, due around a fixed now."""

import datetime
from decimal import Decimal

import pytest
import time_machine

from makegood.core.models import Party
from makegood.work.models import Task

NOW = datetime.datetime(2026, 11, 18, 15, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def oatfield(db):
    return Party.objects.create(name="Oatfield Foods", kind="advertiser")


@pytest.fixture
def task(oatfield):
    """task("title", hours=…, amount=…): an open task due so many hours from now."""
    made = []

    def make(title="Click URL missing", hours=2, amount=None, currency="USD", **more):
        number = len(made) + 1
        fields = {"subject_type": "orders.line", "subject_id": number, "root_type": "orders.order", "root_id": 7, "party": oatfield, "key": "k",
                  "subject_label": "Autumn Breakfast", "created_at": NOW}  # fmt: skip
        amount = None if amount is None else Decimal(amount)
        made.append(
            Task.objects.create(title=title, due_at=NOW + datetime.timedelta(hours=hours), amount=amount, currency=currency if amount else "", **fields | more)
        )
        return made[-1]

    return make
