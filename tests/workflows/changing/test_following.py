"""What a change does to what is served: pushed changes are compared and published, those out for signature touch nothing, split flights keep their creatives."""

import datetime
import json
import pathlib

import pytest
from django.conf import settings

from makegood.orders.actions import changing
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import assigning, publishing, qa
from makegood.trafficking.models import QaRun
from makegood.work.models import Task
from makegood.workflows import changing as workflow
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW

pytestmark = pytest.mark.django_db


def plan() -> list[dict]:
    """The flights the ad servers have."""
    return json.loads(pathlib.Path(settings.PLAN_FILE).read_bytes())["flights"]


@pytest.fixture
def published(trafficker, reviewer, campaign_manager):
    """A published order of one line, with one approved creative."""
    bank = make.advertiser()
    order = trafficking.order(bank, campaign_manager, trafficking.product())
    version = make.approved(bank, reviewer)
    assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW)
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch")
    return Order.objects.get(pk=order.pk)


def begun(order, by, *asked):
    change = changing.begin(order, by=by, at=NOW)
    for one in asked:
        workflow.collect(change, one, by=by, at=NOW)
    return change


def test_a_pushed_cap_is_compared_with_the_signatures_before_it_and_served(published, campaign_manager):
    assert [one["frequency_cap"] for one in plan()] == [None]
    workflow.push(begun(published, campaign_manager, {"op": "line.cap", "line": 1, "cap": [3, 24]}), by=campaign_manager, at=NOW)
    run = QaRun.objects.latest("pk")
    assert (run.passed, run.by) == (True, campaign_manager)
    assert [one["frequency_cap"]["count"] for one in plan()] == [3]


def test_pushed_by_whoever_assigned_the_creatives_it_waits_for_a_second_person(published, trafficker):
    workflow.push(begun(published, trafficker, {"op": "line.cap", "line": 1, "cap": [3, 24]}), by=trafficker, at=NOW)
    assert Order.objects.get(pk=published.pk).lines.get().cap_count == 3
    assert "frequency_cap" not in str(plan()) or [one["frequency_cap"] for one in plan()] in ([], [None])


def test_a_change_out_for_signature_is_not_served_and_stops_nothing(published, account_manager, trafficker, campaign_manager):
    before = plan()
    change = begun(published, account_manager, {"op": "line.quantity", "line": 1, "quantity": 150_000})
    workflow.send(change, by=account_manager, at=NOW)
    workflow.sign(change, "client", "Lena Ortiz", by=None, at=NOW)
    assert publishing.publish(by=trafficker, at=NOW, why="again").refused == ()
    assert [one["goal"] for one in plan()] == [one["goal"] for one in before] == [100_000]
    workflow.sign(change, "seller", "Dana Whitfield", by=None, at=NOW)
    task = Task.objects.get(key="qa", status="open")
    assert (change.status, task.owner) == ("applied", campaign_manager)
    qa.run(Order.objects.get(pk=published.pk), by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="compared")
    assert [one["goal"] for one in plan()] == [150_000]


def test_the_new_part_of_a_split_flight_shows_what_the_old_one_shows(published, campaign_manager):
    day = trafficking.START + datetime.timedelta(days=10)
    workflow.push(begun(published, campaign_manager, {"op": "flight.split", "line": 1, "flight": 1, "day": str(day)}), by=campaign_manager, at=NOW)
    one, two = Flight.objects.filter(line__order=published).order_by("number")
    assert (one.end + datetime.timedelta(days=1), one.goal + two.goal) == (two.start, 100_000)
    assert [row.version_id for row in one.assignments.all()] == [row.version_id for row in two.assignments.all()]
    assert sorted(entry["id"] for entry in plan()) == [one.pk, two.pk]
