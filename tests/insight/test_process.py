"""The flow mined from what people did: rework and skipped stages show, nothing is typed in."""

import datetime

from makegood.core import activity
from makegood.insight import process
from tests.factories import orders
from tests.factories.accounts import NOW

START = datetime.datetime(2026, 10, 1, 9, tzinfo=datetime.UTC)
FULL = (
    "order.created", "order.pending", "order.approved", "order.signed", "order.booked", "creative_version.created",
    "creative_version.approved", "assignment.created", "qa.run", "flight.live",
)  # fmt: skip


def walked(verbs, name):
    order = orders.order(name)
    for day, verb in enumerate(verbs):
        activity.record(order, verb, by=None, at=START + datetime.timedelta(days=day))
    return order


def test_two_campaigns_one_with_rework_one_that_skipped_qa(db):
    again = [*FULL[:7], "creative_version.rejected", "creative_version.created", "creative_version.approved", *FULL[7:]]
    reworked = walked(again, "Rework")
    walked([verb for verb in FULL if verb != "qa.run"], "Skipped")
    found = process.flow(process.read(START, NOW))
    assert (found.measures.cases, found.conforming, found.skipped) == (2, 1, {"QA": 1})
    assert [event.stage for event in found.events if event.case == reworked.pk] == [
        "Brief", "Plan", "Approval", "Signature", "Booking", "Creatives", "Review", "Creatives", "Review", "Set-up", "QA", "Live",
    ]  # fmt: skip
    assert {one.stage: one.repeats for one in found.measures.rework} == {"Creatives": 1, "Review": 1}


def test_only_campaigns_that_went_live_in_the_window(db):
    walked(FULL, "Before")
    assert process.flow(process.read(START + datetime.timedelta(days=30), NOW)).measures.cases == 0


def test_a_window_of_what_was_read_is_what_would_be_read_for_it(db, django_assert_num_queries):
    early, late = walked(FULL, "Early"), walked(FULL, "Late")
    activity.record(late, "flight.live", by=None, at=START - datetime.timedelta(days=20))  # live once before: it is not launched again
    with django_assert_num_queries(1):
        read = process.read(START - datetime.timedelta(days=60), NOW)
    windows = [(START, NOW), (START - datetime.timedelta(days=60), START), (START, START + datetime.timedelta(days=9))]
    assert [{row.case for row in read.between(*one).rows} for one in windows] == [{early.pk}, {late.pk}, set()]
    for one in windows:
        assert read.between(*one) == process.read(*one)
    assert read.between(START, NOW, among=[late.pk]).rows == ()
