"""Nothing goes live that differs from what was signed, was not approved for its bytes, or had no second person's QA."""

import datetime
import json
import pathlib

import pytest
from django.conf import settings

from makegood.adserver import keys
from makegood.core.errors import NotAllowed, Refused
from makegood.creatives.actions import reviewing
from makegood.engine import plan as plans
from makegood.orders.models import Line
from makegood.trafficking.actions import assigning, proving, publishing, qa
from makegood.trafficking.models import Publication, QaRun
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW

LATER = NOW + datetime.timedelta(days=6)


@pytest.fixture
def assigned(flight, version, trafficker):
    return assigning.assign(flight, version, by=trafficker, at=NOW)


def publish(by, at=NOW, **more):
    return publishing.publish(by=by, at=at, why="launch", **more)


def plan():
    return plans.from_json(pathlib.Path(settings.PLAN_FILE).read_bytes())


def statuses(flight):
    flight.refresh_from_db()
    return flight.status, flight.line.__class__.objects.get(pk=flight.line_id).status


def failing(run):
    return [(check["field"], check["signed"], check["system"], check["plan"]) for check in run.checks if not check["equal"]]


def test_a_checked_flight_is_published_and_ready(order, flight, assigned, version, trafficker, campaign_manager):
    run = qa.run(order, by=campaign_manager, at=NOW)
    assert (run.passed, run.differing, failing(run)) == (True, 0, [])
    done = publish(trafficker)
    entry, = plan().flights
    assert (done.readied, done.refused, statuses(flight)) == ((flight.pk,), (), ("ready", "ready"))
    assert (entry.id, entry.goal, entry.starts_at, entry.ends_at) == (flight.pk, 100_000, "2026-11-25T05:00:00+00:00", "2026-12-21T05:00:00+00:00")
    creative, = plan().creatives
    assert (creative.id, creative.version_id, creative.sha256) == (assigned.pk, version.pk, version.sha256)
    assert Publication.objects.get().version == plan().version == 1
    assert "k1" in keys.load(pathlib.Path(settings.KEYS_FILE))


def test_without_qa_nothing_is_published_and_who_can_help_is_said(order, flight, assigned, trafficker):
    with pytest.raises(Refused, match=r"no QA has been run.*who assigned none"):
        publish(trafficker, order=order)
    assert (Publication.objects.count(), pathlib.Path(settings.PLAN_FILE).exists(), statuses(flight)) == (0, False, ("booked", "booked"))
    done = publish(trafficker)
    assert ([one.reason for one in done.refused], plan().flights) == (["no QA has been run."], ())


def test_the_second_person_is_another_one(order, assigned, trafficker):
    assert qa.run(order, by=trafficker, at=NOW).passed is True
    done = publish(trafficker)
    assert [one.reason for one in done.refused] == ["its QA was run by Tomas Okafor, who also assigned its creatives."]


def test_a_change_after_qa_asks_for_it_again(order, flight, assigned, trafficker, campaign_manager):
    qa.run(order, by=campaign_manager, at=NOW)
    assigning.change(assigned, by=trafficker, at=NOW, click_url="https://brightwater.example/other")
    assert [one.reason for one in publish(trafficker).refused] == ["it has changed since its QA."]
    qa.run(order, by=campaign_manager, at=NOW)
    assert publish(trafficker).readied == (flight.pk,)


def test_drift_from_what_was_signed_fails_by_field(order, flight, assigned, campaign_manager, trafficker):
    qa.run(order, by=campaign_manager, at=NOW)
    Line.objects.filter(pk=flight.line_id).update(rate="19.5", targeting={"geo": ["US-NY"]})
    run = qa.run(order, by=campaign_manager, at=NOW)
    aimed = '{"geo": ["US-NY"]}'
    assert (run.passed, failing(run)) == (False, [("targeting", "everyone", aimed, aimed), ("rate", "20", "19.5", None)])
    assert "targeting differs" in publish(trafficker).refused[0].reason


def test_a_placement_added_in_flight_is_shown_but_no_new_promise(order, flight, assigned, campaign_manager, trafficker):
    qa.run(order, by=campaign_manager, at=NOW)
    other = trafficking.product("other").placements.get()
    flight.placement_ids = [*flight.placement_ids, other.pk]
    flight.save(update_fields=["placement_ids"])
    assert failing(qa.run(order, by=campaign_manager, at=NOW)) == [("added placements", "none", "other-300x250", "other-300x250")]
    assert (publish(trafficker).readied, plan().flights[0].placement_ids) == ((flight.pk,), tuple(flight.placement_ids))


def test_a_click_to_a_strange_host_stands_in_the_way(order, flight, version, trafficker, campaign_manager):
    assigning.assign(flight, version, by=trafficker, at=NOW, click_url="https://brightwater.example.evil.test/")
    run = qa.run(order, by=campaign_manager, at=NOW)
    assert (run.passed, [row[0] for row in failing(run)]) == (False, ["landing domain"])


def test_altered_bytes_are_found_after_approval(order, assigned, version, campaign_manager):
    pathlib.Path(settings.ASSETS_FOLDER, version.asset_path).write_bytes(b"other")
    run = qa.run(order, by=campaign_manager, at=NOW)
    assert (run.passed, failing(run)) == (False, [("file", "as received", "the ad server's copy has changed", None)])


def test_a_live_flight_keeps_running_as_published_until_its_change_is_checked(order, flight, assigned, version, bank, reviewer, trafficker, campaign_manager):
    qa.run(order, by=campaign_manager, at=NOW)
    publish(trafficker)
    assert proving.seen({flight.pk: 12}, by=None, at=LATER) == [flight.pk]
    order.refresh_from_db()
    assert (statuses(flight), order.status) == (("live", "live"), "live")
    assigning.assign(flight, make.approved(bank, reviewer, name="Second", seed=6), by=trafficker, at=LATER)
    done = publish(trafficker, LATER, asked={flight.pk: 1_000.0})
    assert (done.kept, [one.creative_id for one in plan().flights[0].creatives]) == ((flight.pk,), [assigned.pk])
    reviewing.withdraw(version, by=reviewer, at=LATER, why="the offer ended")
    done = publish(trafficker, LATER)
    assert (done.kept, plan().flights, len(done.refused)) == ((), (), 1)


def test_exclusive_flights_are_sponsorships_and_supply_makes_theta(bank, campaign_manager, reviewer, trafficker):
    order = trafficking.order(bank, campaign_manager, trafficking.product("takeover", exclusive=True))
    assigning.assign(trafficking.flight(order), make.approved(bank, reviewer), by=trafficker, at=NOW)
    qa.run(order, by=campaign_manager, at=NOW)
    publish(trafficker)
    entry, = plan().flights
    assert (entry.priority, entry.share, entry.goal) == ("sponsorship", 1.0, None)


def test_an_order_without_flights_has_nothing_to_check(bank, campaign_manager):
    draft = trafficking.order(bank, campaign_manager, trafficking.product("other"), book=False)
    with pytest.raises(Refused, match="no flight"):
        qa.run(draft, by=campaign_manager, at=NOW)
    assert QaRun.objects.count() == 0


def test_a_client_and_finance_publish_nothing(order, finance):
    with pytest.raises(NotAllowed):
        publish(finance)


def test_the_plan_is_whole_json_with_its_recorded_hash(order, assigned, trafficker, campaign_manager):
    import hashlib

    qa.run(order, by=campaign_manager, at=NOW)
    publish(trafficker)
    content = pathlib.Path(settings.PLAN_FILE).read_bytes()
    assert hashlib.sha256(content).hexdigest() == Publication.objects.get().sha256
    assert json.loads(content)["plan_id"] == "makegood-1"


def test_a_bid_can_name_the_price_and_the_deal(order, assigned, bank, reviewer, campaign_manager, trafficker):
    daily = trafficking.order(bank, campaign_manager, trafficking.product("takeover", exclusive=True), name="Takeover")
    assigning.assign(trafficking.flight(daily), make.approved(bank, reviewer, name="Other", seed=5), by=trafficker, at=NOW)
    for one in (order, daily):
        qa.run(one, by=campaign_manager, at=NOW)
    publish(trafficker)
    assert [(entry.cpm, entry.currency, entry.deal_id) for entry in plan().flights] == [
        ("20.0000", "USD", f"{order.number}-1"), (None, "USD", f"{daily.number}-1"),
    ]  # fmt: skip
