"""Pause and resume by a change order: from a day on, at once or later; nothing promised moves, the plan follows, the preview says what is lost."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Activity
from makegood.orders.actions import changing, running
from makegood.orders.models import Flight, Order, Pause
from makegood.trafficking.actions import assigning, publishing, qa
from makegood.work.models import Comment
from makegood.workflows import changing as workflow
from tests import personas
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW
from tests.workflows.changing.test_following import begun, plan

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TODAY = trafficking.START + 2 * DAY
LATER = datetime.datetime.combine(TODAY, datetime.time(17), datetime.UTC)  # noon in New York


@pytest.fixture
def published(trafficker, reviewer, campaign_manager):
    """A live order of two lines with a creative each."""
    bank = make.advertiser()
    order = trafficking.order(bank, campaign_manager, trafficking.product(), trafficking.product("mpu"))
    version = make.approved(bank, reviewer)
    for number in (1, 2):
        assigning.assign(trafficking.flight(order, number), version, by=trafficker, at=NOW)
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch")
    for number in (1, 2):
        running.start(trafficking.flight(order, number), by=None, at=LATER)
    return Order.objects.get(pk=order.pk)


def served() -> list[int]:
    """The lines the ad servers have."""
    return sorted(Flight.objects.filter(pk__in=[one["id"] for one in plan()]).values_list("line__number", flat=True))


def pushed(order, by, *asked, at=LATER):
    change = changing.begin(order, by=by, at=at)
    for one in asked:
        workflow.collect(change, one, by=by, at=at)
    return workflow.push(change, by=by, at=at, why="the site is being moved")


def test_a_line_paused_today_leaves_the_plan_at_once_and_the_order_as_it_was(published, campaign_manager):
    change = pushed(published, campaign_manager, {"op": "delivery.pause", "line": 1, "first": str(TODAY)})
    order = Order.objects.get(pk=published.pk)
    assert (change.status, change.revision.number, order.revision, order.status) == ("applied", 1, 1, "live")
    assert ([one.status for one in order.lines.order_by("number")], served()) == (["paused", "live"], [2])
    told = Activity.objects.filter(verb="flight.paused", visible_to_client=True).get()
    assert told.why == "the site is being moved" and told.party_id == order.advertiser_id
    said = Comment.objects.get(visible_to_client=True)
    assert (said.text, said.by, said.subject_id) == ("Pause line 1 from 27 Nov: the site is being moved.", campaign_manager, order.pk)
    back = pushed(order, campaign_manager, {"op": "delivery.resume", "line": 1, "day": str(TODAY)})
    assert (back.status, served(), Pause.objects.filter(lifted_at=None).count()) == ("applied", [1, 2], 0)


def test_planned_days_begin_and_end_by_themselves(published, campaign_manager):
    first, last = TODAY + 3 * DAY, TODAY + 5 * DAY
    pushed(published, campaign_manager, {"op": "delivery.pause", "first": str(first), "last": str(last)})
    assert served() == [1, 2] and workflow.follow_pauses(at=LATER + 2 * DAY) == 0
    midnight = datetime.datetime.combine(first, datetime.time(5, 1), datetime.UTC)  # 00:01 in New York
    assert workflow.follow_pauses(at=midnight - datetime.timedelta(minutes=5)) == 0
    assert (workflow.follow_pauses(at=midnight), served()) == (2, [])
    assert workflow.follow_pauses(at=midnight + 2 * DAY) == 0
    assert (workflow.follow_pauses(at=midnight + 3 * DAY), served()) == (2, [1, 2])
    assert {one.status for one in Flight.objects.filter(line__order=published)} == {"live"}


def test_a_flight_that_is_not_ready_yet_stays_out_of_the_plan_while_it_is_paused(published, campaign_manager, trafficker):
    order = trafficking.order(published.advertiser, campaign_manager, trafficking.product("third"))
    assigning.assign(trafficking.flight(order), published.lines.first().flights.get().assignments.get().version, by=trafficker, at=NOW)
    pushed(order, campaign_manager, {"op": "delivery.pause", "line": 1, "first": str(TODAY), "last": str(TODAY)})
    publishing.publish(by=trafficker, at=LATER, why="again")
    assert trafficking.flight(order).status == "booked"
    qa.run(order, by=campaign_manager, at=LATER + DAY)
    publishing.publish(by=trafficker, at=LATER + DAY, why="its pause is over")
    assert trafficking.flight(order).status == "ready"


def test_one_that_is_ready_and_has_not_run_stays_ready_and_out_of_the_plan(published, campaign_manager, trafficker):
    order = trafficking.order(published.advertiser, campaign_manager, trafficking.product("third"))
    assigning.assign(trafficking.flight(order), published.lines.first().flights.get().assignments.get().version, by=trafficker, at=NOW)
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="ready")
    pushed(order, campaign_manager, {"op": "delivery.pause", "line": 1, "first": str(TODAY), "last": str(TODAY)}, at=NOW)
    own = trafficking.flight(order)
    assert own.pk in {one["id"] for one in plan()}
    assert [workflow.follow_pauses(at=LATER), workflow.follow_pauses(at=LATER)] == [1, 0]
    assert trafficking.flight(order).status == "ready" and own.pk not in {one["id"] for one in plan()}
    assert [workflow.follow_pauses(at=LATER + DAY), workflow.follow_pauses(at=LATER + DAY)] == [1, 0]
    assert trafficking.flight(order).status == "ready" and own.pk in {one["id"] for one in plan()}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"op": "delivery.pause", "line": 1, "first": str(TODAY - DAY)}, "is over"),
        ({"op": "delivery.pause", "line": 1, "first": str(TODAY), "last": str(TODAY - DAY)}, "before it begins"),
        ({"op": "delivery.pause", "line": 1, "first": str(trafficking.END + DAY)}, "nothing of it is served"),
        ({"op": "delivery.pause", "line": 1, "flight": 1, "first": str(trafficking.END + DAY)}, "it ends"),
        ({"op": "delivery.pause", "line": 9, "first": str(TODAY)}, "no line 9"),
        ({"op": "delivery.pause", "first": "soon"}, "no day|date"),
        ({"op": "delivery.resume", "line": 1, "day": str(TODAY)}, "nothing of it is paused"),
    ],
)  # fmt: skip
def test_what_cannot_be_paused_is_said_and_nothing_is_collected(published, campaign_manager, asked, said):
    change = begun(published, campaign_manager)
    with pytest.raises(Invalid, match=said):
        workflow.collect(change, asked, by=campaign_manager, at=LATER)
    change.refresh_from_db()
    assert change.operations == []


def test_two_pauses_do_not_meet_nor_does_one_wait_for_a_signature(published, campaign_manager):
    change = begun(published, campaign_manager)
    workflow.collect(change, {"op": "delivery.pause", "line": 1, "first": str(TODAY), "last": str(TODAY + DAY)}, by=campaign_manager, at=LATER)
    with pytest.raises(Invalid, match="paused 27 Nov to 28 Nov already"):
        workflow.collect(change, {"op": "delivery.pause", "first": str(TODAY + DAY)}, by=campaign_manager, at=LATER)
    with pytest.raises(Invalid, match="waits for both signatures"):
        workflow.collect(change, {"op": "line.quantity", "line": 1, "quantity": 90_000}, by=campaign_manager, at=LATER)
    workflow.push(change, by=campaign_manager, at=LATER)
    flight = trafficking.flight(published)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(flight=flight, days=DateRange(TODAY + DAY, None), at=NOW)


def test_by_hand_and_by_a_change_it_is_one_pause(published, campaign_manager):
    running.pause(trafficking.flight(published), by=campaign_manager, at=LATER, why="the landing page is down")
    change = begun(Order.objects.get(pk=published.pk), campaign_manager)
    with pytest.raises(Invalid, match="paused from 27 Nov already"):
        workflow.collect(change, {"op": "delivery.pause", "line": 1, "first": str(TODAY)}, by=campaign_manager, at=LATER)
    workflow.collect(change, {"op": "delivery.resume", "line": 1, "day": str(TODAY + DAY)}, by=campaign_manager, at=LATER)
    workflow.push(change, by=campaign_manager, at=LATER)
    assert (trafficking.flight(published).status, workflow.follow_pauses(at=LATER + DAY), trafficking.flight(published).status) == ("paused", 1, "live")


def test_the_preview_says_how_much_would_not_be_delivered(published, campaign_manager):
    change = begun(published, campaign_manager)
    left = (trafficking.END - TODAY).days + 0.5  # today is half over by its own clock
    last = trafficking.END - 10 * DAY
    workflow.collect(change, {"op": "delivery.pause", "line": 1, "first": str(TODAY), "last": str(last)}, by=campaign_manager, at=LATER)
    (seen,) = workflow.preview(campaign_manager, change.pk, at=LATER).outlook
    assert (seen.number, seen.goal, seen.before) == (1, 100_000, 100_000)
    assert seen.after == round(100_000 * 10 / left) and seen.short == 100_000 - seen.after
    assert seen.carry == pytest.approx(left / 10)
    assert Pause.objects.count() == 0 and trafficking.flight(published).status == "live"


def test_who_may_not_push_does_not_pause(published, campaign_manager, finance):
    change = begun(published, campaign_manager)
    workflow.collect(change, {"op": "delivery.pause", "first": str(TODAY)}, by=campaign_manager, at=LATER)
    rival = personas.client_of(make.advertiser("Harrow Mutual").party, "Rita Rival")
    for person in (finance, rival):
        with pytest.raises(NotAllowed):
            workflow.push(change, by=person, at=LATER)
    assert served() == [1, 2]
