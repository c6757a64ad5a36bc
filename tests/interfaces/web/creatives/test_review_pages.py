"""The review queue's order, the policy's versions, consistency, and what is done beside deciding."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.catalog.actions import guidelines
from makegood.catalog.models import Guideline
from makegood.creatives.actions import reviewing
from makegood.creatives.models import Evidence, ExceptionRequest, Opinion, Pin
from makegood.creatives.queries import consistency, precedents
from makegood.trafficking.queries import reviews
from makegood.work.models import Comment
from tests.factories import creatives as make
from tests.factories import orders
from tests.personas import client_of, person

DAY = datetime.timedelta(days=1)


@pytest.fixture
def bank(db):
    return make.advertiser()


def campaign(bank, name, starts_in, quantity, manager):
    today = timezone.now().date()
    days = {"start": today + starts_in * DAY, "end": today + (starts_in + 20) * DAY}
    made = orders.order(name, advertiser=bank, account_manager=manager, campaign_manager=manager, **days)
    orders.line(made, quantity=quantity, **days)
    return made


def test_the_queue_is_by_launch_then_money(bank, reviewer, account_manager):
    for n, (name, starts_in, quantity) in enumerate((("Later", 9, 900_000), ("Small", 2, 10_000), ("Large", 2, 500_000))):
        made = campaign(bank, name, starts_in, quantity, account_manager)
        make.received(bank, name=name, seed=n, root=("orders.order", made.pk))
    make.received(bank, name="None", seed=8)
    mine = make.received(bank, name="Mine", seed=9, by=reviewer)
    found = reviews.queue(reviewer, timezone.now().date())
    assert [row.version.creative.name for row in found] == ["Large", "Small", "Later", "None"]
    assert (mine.pk in [row.version.pk for row in found], found[0].money > found[1].money) == (False, True)
    groups = reviews.groups(found, timezone.now().date())
    assert [(group.name, len(group.rows)) for group in groups] == [("Launches within a week", 2), ("Later", 1), ("No campaign yet", 1)]


def test_the_queue_costs_the_same_for_more(bank, reviewer, web, account_manager):
    client, counts = web(reviewer), []
    client.get("/creatives/review/")
    for number in range(1, 4):
        made = campaign(bank, f"Campaign {number}", number, 10_000, account_manager)
        make.received(bank, name=f"Ad {number}", seed=number, root=("orders.order", made.pk))
        if number != 2:
            with CaptureQueriesContext(connection) as seen:
                assert client.get("/creatives/review/").status_code == 200
            counts.append(len(seen))
    assert counts[0] == counts[1] <= 25


def test_a_rule_is_published_as_its_next_version(bank, lead, reviewer, web):
    today = timezone.now().date()
    guidelines.publish(guidelines.Wording("FIN-03", "Terms", "Beside the rate.", category="Banking"), valid_from=today, by=lead, at=timezone.now())
    sent = {"title": "Terms", "text": "Beside the rate, at 9 px.", "category": "Banking", "risk": "3", "valid_from": str(today + DAY), "fine": "4 % until March", "wrong": "4 %!"}
    assert web(lead).post("/creatives/policy/FIN-03/", sent).status_code == 422  # a new version says what it changes
    assert web(reviewer).post("/creatives/policy/FIN-03/", {**sent, "note": "x"}).status_code == 403
    assert web(lead).post("/creatives/policy/FIN-03/", {**sent, "note": "Legible"}).status_code == 303
    page = web(reviewer).get("/creatives/policy/FIN-03/").content.decode()
    assert ("FIN-03@2" in page, "<ins>Beside the rate, at 9 px.</ins>" in page, "4 % until March" in page) == (True, True, True)
    assert "Announced" in web(reviewer).get("/creatives/policy/").content.decode()
    assert [row.examples for row in Guideline.objects.order_by("version")][1][1] == {"ok": False, "text": "4 %!"}


@pytest.mark.parametrize("wrong", [{"valid_from": "2020-01-01"}, {"title": ""}, {"products": "nowhere"}, {"risk": "9"}, {"valid_until": "2020-01-01"}])
def test_a_rule_that_cannot_hold_is_refused(lead, web, wrong):
    sent = {"code": "A-1", "title": "A", "text": "B", "risk": "1", "valid_from": str(timezone.now().date() + DAY)}
    assert web(lead).post("/creatives/policy/new/", {**sent, **wrong}).status_code == 422
    assert Guideline.objects.count() == 0
    assert web(lead).post("/creatives/policy/new/", sent).status_code == 303


def test_beside_deciding(bank, reviewer, web):
    version = make.received(bank)
    client, at = web(reviewer), f"/creatives/versions/{version.pk}"
    assert client.post(f"{at}/pin/", {"x": "0.25", "y": "0.5", "text": "Too small", "client": "yes"}).status_code == 303
    assert [client.post(f"{at}/pin/", sent).status_code for sent in ({"text": "Where?"}, {"x": "2", "y": "0", "text": "Out"}, {"x": "nan", "y": "0", "text": "No"}, {"at_s": "-1", "text": "No"})] == [422] * 4
    assert client.post(f"{at}/opine/", {"outcome": "reject", "reason": "No terms"}).status_code == 303
    assert client.post(f"{at}/exception/", {"why": "one week", "ends_on": str(timezone.now().date() + 7 * DAY)}).status_code == 303
    assert client.post(f"/creatives/{version.creative_id}/evidence/", {"kind": "licence", "text": "BL-1"}).status_code == 303
    page = client.get(f"/creatives/{version.creative_id}/").content.decode()
    assert all(words in page for words in ("Too small (25% across, 50% down)", 'x="25.00%"', "No terms", "one week"))
    assert [model.objects.count() for model in (Pin, Opinion, ExceptionRequest, Evidence)] == [1, 1, 1, 1]
    assert client.post(f"/creatives/pins/{Pin.objects.get().pk}/settle/").status_code == 303
    assert Pin.objects.get().settled_by == reviewer
    assert client.get(f"{at}/approval.json").status_code == 404
    client.post(f"{at}/decide/", {"outcome": "reject", "reason": "No terms"})
    assert json.loads(client.get(f"{at}/approval.json").content)["approval"]["outcome"] == "reject"


def test_a_client_reads_the_remarks_meant_for_it(bank, reviewer, web):
    version = make.received(bank)
    for text, shown in (("For you", "yes"), ("Between us", "")):
        web(reviewer).post(f"/creatives/versions/{version.pk}/pin/", {"x": "0.1", "y": "0.1", "text": text, "client": shown})
    page = web(client_of(bank.party, "Lena Ortiz")).get(f"/portal/ads/{version.creative_id}/").content.decode()
    assert ("For you" in page, "Between us" in page, Comment.objects.count()) == (True, False, 2)


def test_reviewers_who_differ_are_told_apart(bank, reviewer, lead):
    second, at = person("Sol Second", "reviewer"), timezone.now()
    rule = guidelines.publish(guidelines.Wording("FIN-03", "Terms", "x"), valid_from=at.date(), by=None, at=at)
    for n in range(consistency.FEW):
        reviewing.decide(make.received(bank, name=f"A {n}", seed=n), "approve", by=reviewer, at=at, guideline=rule)
        reviewing.decide(make.received(bank, name=f"B {n}", seed=20 + n), "reject", by=second, at=at, guideline=rule, reason="no")
    rejected = make.received(bank, name="C", seed=50)
    reviewing.decide(rejected, "reject", by=second, at=at, guideline=rule, reason="no")
    reviewing.decide(rejected, "approve", by=lead, at=at + DAY, guideline=rule)
    rows = {row.reviewer: row for row in consistency.report(reviewer)}
    mei, sol = rows["Mei Lindqvist"], rows["Sol Second"]
    assert (mei.ran, sol.ran, sol.overturned, sol.tone) == (1.0, 0.0, 1, "watch")
    assert consistency.report(client_of(bank.party, "Lena Ortiz")) == []


def test_alike_to_the_eye_and_decided_differently(bank, reviewer):
    second, at = person("Sol Second", "reviewer"), timezone.now()
    one, two = make.received(bank, name="One", seed=1), make.received(make.advertiser("Harrow Mutual"), name="Two", seed=1)
    reviewing.decide(one, "approve", by=reviewer, at=at)
    reviewing.decide(two, "reject", by=second, at=at, reason="no")
    pair, = consistency.pairs(reviewer)
    assert (pair.ran.version, pair.stopped.version, pair.alike) == (one, two, 100)


def test_precedents_are_found_by_their_words(bank, reviewer):
    earlier = make.approved(make.advertiser("Harrow Mutual", category="Insurance"), reviewer, name="Winter savings rate 4 percent", seed=3, size="728x90")
    now = make.received(bank, name="Winter savings rate 5 percent", seed=40)
    found = precedents.alike(reviewer, now, on=make.NOW.date())
    assert ([row.version_id for row in found.rows], found.rows[0].shared > 30) == ([earlier.pk], True)


def test_a_brief_is_written_a_line_each_and_its_change_says_why(bank, account_manager, web):
    made = campaign(bank, "Saver", 5, 10_000, account_manager)
    client, url = web(account_manager), f"/creatives/bulk/{made.pk}/brief/"
    sent = {"deliverables": "Rectangle | 300x250 | The rate with its terms\nSpot | 30 s audio\nStory | native", "text": "Until March"}
    assert client.post(url, sent).status_code == 303
    assert [client.post(url, {**sent, "deliverables": wrong}).status_code for wrong in ("Rectangle", "Rectangle | wide", "| 300x250", "")] == [422] * 4
    assert client.post(url, {**sent, "text": "Until April"}).status_code == 422
    assert client.post(url, {**sent, "text": "Until April", "why": "prolonged"}).status_code == 303
    page = client.get(f"/creatives/bulk/{made.pk}/").content.decode()
    assert ("Brief 2" in page, "Spot | 30 s audio" in page, "Until April" in page) == (True, True, True)
