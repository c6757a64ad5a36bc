"""The process page from the activity log, and what it says when there is nothing."""

import datetime
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.core import activity
from makegood.insight import changes, mined, process
from makegood.insight.models import Initiative
from makegood.insight.process import PLAYBOOK
from tests.factories import orders

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
FULL = (
    "order.created", "order.pending", "order.approved", "order.signed_by_client", "order.booked", "creative_version.created",
    "creative.approve", "assignment.created", "qa.passed", "flight.live",
)  # fmt: skip
AGAIN = (*FULL[:6], "creative.reject", "creative_version.created", *FULL[6:])


def walked(verbs, *, live_ago, each=1.0, name="Walked"):
    """A campaign whose last step was `live_ago` days ago, `each` days a step."""
    order, now = orders.order(name), timezone.now()
    for n, verb in enumerate(reversed(verbs)):
        activity.record(order, verb, by=None, at=now - live_ago * DAY - n * each * DAY)
    return order


def test_the_page_says_what_the_log_says(web, lead):
    walked(FULL, live_ago=10)
    walked(AGAIN, live_ago=12)
    walked([verb for verb in FULL if verb != "qa.passed"], live_ago=20)
    found = mined.mined(process.read(timezone.now() - 90 * DAY, timezone.now()))
    assert (found.cases, found.conforming, found.skipped) == (3, 2, {"QA": 1})
    assert found.mean == pytest.approx((9 + 11 + 8) / 3, abs=0.01)
    assert found.first_right == pytest.approx(2 / 3)
    (back,) = found.returns
    assert (back.source, back.target, back.cases, back.extra) == ("Review", "Creatives", 1, 2 * DAY)
    page = web(lead).get("/process/").content.decode()
    for words in ("9.3 days from draft to live", "33", "came back from Review to Creatives", "QA skipped", "Creatives sent again", "1 skipped"):
        assert words in page, words


def test_several_creatives_side_by_side_are_no_rework(lead):
    beside = (*FULL[:6], "creative.approve", "creative_version.created", "creative.approve", *FULL[7:])
    walked(beside, live_ago=5)
    assert mined.mined(process.read(timezone.now() - 30 * DAY, timezone.now())).returns == ()


def test_a_change_is_measured_on_both_sides_and_says_when_it_is_too_early(web, lead):
    draw = random.Random(7)
    for n in range(6):
        walked(FULL, live_ago=110 + n, each=2 + draw.random() / 4, name=f"Before {n}")
        walked(FULL, live_ago=5 + n, each=1 + draw.random() / 4, name=f"After {n}")
    today = timezone.now().date()
    Initiative.objects.create(name="Check at upload", began_on=today - 60 * DAY, owner=lead)
    Initiative.objects.create(name="Just begun", began_on=today - DAY, owner=lead)
    late, early = changes.effects(process.read(timezone.now() - changes.YEAR, timezone.now()))
    assert late.shift is None and (late.before, late.after) == (12, 0)
    assert early.shift.sure and -11 < early.shift.low <= early.shift.estimate <= early.shift.high < -7
    page = web(lead).get("/process/").content.decode()
    assert "90 % sure of" in page and "too early" in page


def test_nothing_to_mine(web, lead):
    assert "Nothing to mine yet" in web(lead).get("/process/?days=30").content.decode()


def test_one_agency_and_no_comparison(web, lead):
    walked(FULL, live_ago=10)
    assert "1 campaign" in web(lead).get("/process/?compare=off").content.decode()
    assert "Nothing to mine yet" in web(lead).get("/process/?agency=999").content.decode()


def test_queries_do_not_grow(web, lead):
    client, counts = web(lead), []
    for number in (1, 2):
        for n in range(number):
            walked(FULL, live_ago=10 + n)
            Initiative.objects.create(name=f"I{number}{n}", began_on=timezone.now().date() - 60 * DAY, owner=lead)
        with CaptureQueriesContext(connection) as found:
            assert client.get("/process/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 25 and len(PLAYBOOK) == 10, counts
