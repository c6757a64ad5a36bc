"""Withdrawn and ended creatives leave the plan at once; a new version takes over its predecessor's flights."""

import datetime
import pathlib

import pytest
from django.conf import settings

from makegood.catalog.actions import guidelines
from makegood.core.errors import Refused
from makegood.creatives.actions import excepting, reviewing
from makegood.creatives.models import Decision
from makegood.engine import plan as plans
from makegood.trafficking import confined
from makegood.trafficking.actions import assigning, fitting, proving, qa
from makegood.trafficking.models import Assignment
from makegood.work.models import Approval, Task
from makegood.workflows import creative_life, publishing
from makegood.workflows.ordering import deciding
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW

DAY = datetime.timedelta(days=1)


@pytest.fixture
def order(db, campaign_manager):
    return trafficking.order(make.advertiser(), campaign_manager, trafficking.product(sizes=("300x250", "728x90")))


def served():
    return [row.creative_id for flight in plans.from_json(pathlib.Path(settings.PLAN_FILE).read_bytes()).flights for row in flight.creatives]


def live(order, trafficker, campaign_manager):
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch", order=order)
    proving.seen({trafficking.flight(order).pk: 5}, by=None, at=NOW)


def test_all_that_fits_is_assigned_once(order, reviewer, trafficker):
    for n, size in enumerate(("300x250", "728x90", "160x600")):
        make.approved(order.advertiser, reviewer, name=size, size=size, seed=n, root=("orders.order", order.pk))
    assert [one.version.creative.name for one in fitting.assign_all(order, by=trafficker, at=NOW)] == ["300x250", "728x90"]
    assert fitting.assign_all(order, by=trafficker, at=NOW) == []


def test_an_exception_that_ends_leaves_the_plan(order, lead, reviewer, trafficker, campaign_manager):
    version = make.received(order.advertiser, fault="too_heavy")
    reviewing.decide(version, "exception", by=lead, at=NOW, reason="one week", expires_on=NOW.date())
    made = assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW)
    live(order, trafficker, campaign_manager)
    assert (served(), creative_life.stop_ended(at=NOW)) == ([made.pk], 0)
    assert (creative_life.stop_ended(at=NOW + DAY), served()) == (1, [])
    assert Task.objects.get(key="creative.missing").owner == campaign_manager
    assert creative_life.stop_ended(at=NOW + DAY) == 0


def test_a_withdrawn_creative_stops_at_once(order, reviewer, trafficker, campaign_manager):
    version = make.approved(order.advertiser, reviewer)
    assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW)
    live(order, trafficker, campaign_manager)
    assert creative_life.withdraw(version, by=reviewer, at=NOW, why="the offer ended") == 1
    assert (served(), Assignment.objects.get().status) == ([], "removed")


def test_a_new_version_succeeds_the_old_one(order, reviewer, trafficker):
    old = make.approved(order.advertiser, reviewer)
    assigning.assign(trafficking.flight(order), old, by=trafficker, at=NOW)
    new = make.approved(order.advertiser, reviewer, creative=old.creative, seed=4)
    made = creative_life.succeed(new, by=trafficker, at=NOW)
    assert [(one.version, one.flight.line.order) for one in made] == [(new, order)]


def excepted(order, lead, last, **where):
    """A heavy banner that may run until `last`, asked for and given."""
    version = make.received(order.advertiser, fault="too_heavy", root=("orders.order", order.pk))
    excepting.ask(version, excepting.Wanted(NOW.date(), last, **where), why="one week", by=None, at=NOW)
    deciding.decide(Approval.objects.get(), "approved", by=lead, at=NOW)
    version.refresh_from_db()
    return version


def test_the_owner_is_told_before_an_exception_ends(order, lead, trafficker, campaign_manager):
    version = excepted(order, lead, NOW.date() + 9 * DAY)
    assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW)
    assert [creative_life.warn_ending(at=NOW + n * DAY) for n in (0, 4, 5)] == [0, 1, 1]
    task = Task.objects.get(key=f"creative.ends.{version.pk}")
    assert (task.owner, "its exception ends on 2026-11-29" in task.title) == (campaign_manager, True)


def test_the_owner_is_told_before_a_rule_voids_an_approval_and_then_it_stops(order, reviewer, trafficker, campaign_manager):
    version = make.approved(order.advertiser, reviewer)
    made = assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW)
    live(order, trafficker, campaign_manager)
    guidelines.publish(guidelines.Wording("FIN-03", "Terms", "Beside the rate."), valid_from=NOW.date() + 3 * DAY, by=None, at=NOW)
    assert (creative_life.warn_ending(at=NOW), creative_life.stop_ended(at=NOW), served()) == (1, 0, [made.pk])
    assert creative_life.stop_ended(at=NOW + 3 * DAY) == 1
    version.refresh_from_db()
    assert (version.status, served(), creative_life.stop_ended(at=NOW + 3 * DAY)) == ("in_review", [], 0)


def test_an_exception_runs_only_where_it_was_given(order, lead, trafficker, campaign_manager):
    flight = trafficking.flight(order)
    version = excepted(order, lead, NOW.date() + 30 * DAY, placements=["ros-300x250"])
    with pytest.raises(Refused, match="holds on ros-300x250 only"):
        assigning.assign(flight, version, by=trafficker, at=NOW)
    reviewing.decide(version, "exception", by=lead, at=NOW, reason="wider", expires_on=NOW.date() + 30 * DAY, placements=["ros-300x250", "ros-728x90"])
    made = assigning.assign(flight, version, by=trafficker, at=NOW)
    live(order, trafficker, campaign_manager)
    assert (served(), creative_life.stop_ended(at=NOW)) == ([made.pk], 0)
    reviewing.decide(version, "exception", by=lead, at=NOW, reason="narrower", expires_on=NOW.date() + 30 * DAY, placements=["ros-300x250"])
    assert (creative_life.stop_ended(at=NOW), served()) == (1, [])
    assert "holds on ros-300x250 only" in Task.objects.get(key="creative.missing").title


@pytest.mark.parametrize(
    ("targeted", "inside"),
    [({}, False), ({"geo": ["US-NY"]}, True), ({"geo": ["US-NY", "CA"]}, False), ({"geo": ["US"]}, True), ({"geo": {"exclude": ["CA"]}}, False)],
)
def test_a_market_holds_for_flights_confined_to_it(targeted, inside):
    assert (confined.breach(Decision(markets=["US"]), [], targeted) == "") is inside


def test_one_byte_changed_on_disk_stops_it(order, reviewer, trafficker, campaign_manager):
    version = make.approved(order.advertiser, reviewer)
    made = assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW)
    live(order, trafficker, campaign_manager)
    assert (creative_life.stop_altered(at=NOW), served()) == (0, [made.pk])
    path = pathlib.Path(settings.ASSETS_FOLDER) / version.asset_path
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert (creative_life.stop_altered(at=NOW), served()) == (1, [])
    assert "copy has changed" in Task.objects.get(key="creative.missing").title
