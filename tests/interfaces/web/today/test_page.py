"""Today as somebody sees it: what is there, what the buttons do, what it costs."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.core.models import Notification, Party, Role
from makegood.insight import queue
from makegood.insight.models import Snooze
from makegood.orders.actions import approval, signing
from makegood.work.actions import approvals
from makegood.work.approving.stages import Stage
from makegood.work.models import Approval, Task
from tests import personas
from tests.factories import orders

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.django_db]
HX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/"}


def test_one_of_each_stands_in_its_group(web, campaign_manager, add):
    add(1)
    page = web(campaign_manager).get("/").content.decode()
    seen = queue.of(campaign_manager, timezone.now())
    assert sorted(item.key.partition("-")[0] for item in seen.items) == ["case", "mention", "order", "pace", "task", "task"]
    assert seen.items[0].title == "Creative 0 is missing"
    for words in ("6 things need you.", "1 is late", "Overdue", "Countersign revision 1", "ends 7.0 % short", "Odd thing 0", "look at this", "Remind all"):
        assert words in page, words


def test_queries_do_not_grow(web, campaign_manager, add):
    client, counts = web(campaign_manager), []
    for first, more in ((0, 1), (1, 2)):
        add(more, first)
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 25, counts


def test_empty_means_done(web, campaign_manager):
    page = web(campaign_manager).get("/").content.decode()
    assert "Done: nothing needs you" in page


def test_a_kind_is_chosen_by_its_chip(web, campaign_manager, add):
    add(2)
    page = web(campaign_manager).get("/?show=pacing").content.decode()
    assert page.count("ends 7.0 % short") >= 2
    assert "Odd thing" not in page


def test_done_and_back(web, campaign_manager, add):
    add(1)
    client, task = web(campaign_manager), Task.objects.get(title="Call about 0")
    answer = client.post(f"/today/tasks/{task.pk}/done/", **HX)
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#queue")
    assert "Call about 0" not in answer.content.decode() and f"/today/tasks/{task.pk}/reopen/" in answer["HX-Trigger"]
    assert "Call about 0" in client.post(f"/today/tasks/{task.pk}/reopen/", **HX).content.decode()


@pytest.mark.parametrize("title", ["Creative 0 is missing", "Odd thing 0"])
def test_put_off_and_back(web, campaign_manager, add, title):
    add(1)
    client = web(campaign_manager)
    item = next(one for one in queue.of(campaign_manager, timezone.now()).items if one.title == title)
    until = timezone.now() + datetime.timedelta(minutes=30)
    answer = client.post(f"/today/snooze/{item.key}/", {"until": until.isoformat()}, **HX)
    assert answer.status_code == 200 and title not in answer.content.decode()
    assert title in client.post(f"/today/wake/{item.key}/", **HX).content.decode()
    assert Snooze.objects.count() == 0


def test_nothing_is_put_off_past_its_due_date(web, campaign_manager, add):
    add(1)
    task = Task.objects.get(title="Call about 0")
    until = timezone.now() + datetime.timedelta(days=2)
    assert web(campaign_manager).post(f"/today/snooze/task-{task.pk}/", {"until": until.isoformat()}, **HX).status_code == 422


def test_reminding_counts_and_all_at_once_leaves_the_fresh_alone(web, campaign_manager, add):
    add(2)
    client = web(campaign_manager)
    first, second = Task.objects.filter(owed_by__isnull=False).order_by("pk")
    client.post(f"/today/tasks/{first.pk}/ask/", **HX)
    client.post("/today/remind/", {"task": [first.pk, second.pk]}, **HX)
    assert list(Task.objects.filter(owed_by__isnull=False).order_by("pk").values_list("asked_count", flat=True)) == [1, 1]


@pytest.mark.parametrize(("title", "kind"), [("Call about 0", "task"), ("Odd thing 0", "case"), ("ends 7.0 % short", "pace")])
def test_a_hand_over_moves_it_to_the_colleague(web, campaign_manager, trafficker, add, title, kind):
    add(1)
    client = web(campaign_manager)
    item = next(one for one in queue.of(campaign_manager, timezone.now()).items if title in one.title and one.key.startswith(kind))
    assert "Choose a colleague" in client.get(f"/today/hand-over/{item.key}/", **HX).content.decode()
    answer = client.post(f"/today/hand-over/{item.key}/", {"to": trafficker.pk, "note": "You know the tag"})
    assert answer.status_code == 303
    assert title not in client.get("/").content.decode().partition("</aside>")[0].partition("mg-panel")[0]
    assert title in web(trafficker).get("/").content.decode()


def test_a_hand_over_without_a_note_is_refused(web, campaign_manager, trafficker, add):
    add(1)
    task = Task.objects.get(title="Call about 0")
    assert web(campaign_manager).post(f"/today/hand-over/task-{task.pk}/", {"to": trafficker.pk, "note": " "}).status_code == 422
    assert Task.objects.get(pk=task.pk).owner == campaign_manager


def test_an_approval_is_decided_beside_the_queue(web, lead, account_manager, at):
    orders.rule("discount")
    asked = approvals.request(
        orders.drafted(), "discount", title="18 % off the card", measure=18, facts={"lines": {"1": "18.00"}}, binds_to="a" * 64,
        makers=[account_manager], by=account_manager, at=at,
    )  # fmt: skip
    client = web(lead)
    assert "Approve: 18 % off the card" in client.get("/").content.decode()
    assert "Line 1" in client.get(f"/today/decide/{asked.pk}/", **HX).content.decode()
    assert client.post(f"/today/decide/{asked.pk}/", {"outcome": "rejected"}).status_code == 422
    assert client.post(f"/today/decide/{asked.pk}/", {"outcome": "approved"}).status_code == 303
    assert Approval.objects.get().status == "approved"
    assert web(account_manager).get(f"/today/decide/{asked.pk}/").status_code in (403, 404)


def test_countersigning_completes_the_order(web, account_manager, at):
    order = approval.submit(orders.drafted(account_manager=account_manager), by=None, at=at)
    signing.sign(order, "client", "Lena Ortiz", by=None, at=at)
    client = web(account_manager)
    assert order.revisions.get().sha256[:12] in client.get(f"/today/countersign/{order.pk}/", **HX).content.decode()
    assert client.post(f"/today/countersign/{order.pk}/", {"name": "Dana Whitfield"}).status_code == 303
    order.refresh_from_db()
    assert order.status == "signed"


def test_a_reply_reads_the_mention(web, campaign_manager, add):
    add(1)
    notice = Notification.objects.get(person=campaign_manager)
    answer = web(campaign_manager).post(f"/today/reply/{notice.pk}/")
    assert answer["Location"].endswith("?tab=conversation")
    assert Notification.objects.get(pk=notice.pk).read_at is not None


def test_colleagues_see_their_own_and_the_team_together(web, campaign_manager, trafficker, add):
    add(1)
    assert "Odd thing 0" not in web(trafficker).get("/").content.decode()
    assert "Odd thing 0" in web(trafficker).get("/?team=1").content.decode()


def test_a_client_is_sent_to_the_portal(web):
    party = Party.objects.create(name="Oatfield", kind="advertiser")
    answer = web(personas.client_of(party, "Lena Ortiz")).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/portal/")


def test_the_rail_counts_what_is_due_today(campaign_manager, add, at):
    add(1)
    assert queue.waiting(campaign_manager, at + datetime.timedelta(hours=2)).count() == 2  # one is late, one is due by then


def test_the_stages_of_an_approval_stand_beside_it(web, lead, leadership, account_manager, at):
    both = [Stage((Role.LEAD,)), Stage((Role.LEADERSHIP,), hours=4)]
    asked = approvals.begin(orders.drafted(), "any", both, title="It", measure=1, facts={}, binds_to="a" * 64, makers=[account_manager], by=account_manager, at=at)
    assert "one of leadership, in 4 working hours" in web(lead).get(f"/today/decide/{asked.pk}/", **HX).content.decode()
    assert web(lead).post(f"/today/decide/{asked.pk}/", {"outcome": "approved"}).status_code == 303
    page = web(leadership).get(f"/today/decide/{asked.pk}/", **HX).content.decode()
    assert ("Ruth Delgado: approved" in page, "Given" in page) == (True, True)
