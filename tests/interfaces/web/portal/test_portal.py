"""A client's whole way through the portal over HTTP, and what a rival and our own people get."""

import pathlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.billing.models import Dispute
from makegood.creatives.models import Version
from makegood.orders.actions import approval
from makegood.orders.models import Order, Signature
from makegood.work.actions import comments
from makegood.work.models import Case, Task
from tests.factories import creatives, orders

pytestmark = pytest.mark.django_db
JARGON = ("CPM", "pacing", "IO ", "flight", "SECRET", "OSI", "make-good")


def banner(tmp_path: pathlib.Path, **more):
    path = creatives.banner(tmp_path, **more)
    return SimpleUploadedFile(path.name, path.read_bytes(), "image/png")


def test_a_client_lands_in_the_portal_and_signs(web, lena, unsigned):
    client = web(lena)
    page = client.get("/portal/").content.decode()
    assert "1 thing needs you" in page and "Sign the order for Winter Getaways" in page
    url = f"/portal/orders/{unsigned.pk}/sign/"
    revision = unsigned.revisions.get()
    assert revision.sha256 in client.get(url).content.decode()
    assert client.post(url, {"name": "Lena Ortiz"}).status_code == 422
    assert client.post(url, {"name": "  ", "agree": "yes"}).status_code == 422
    assert client.post(url, {"name": "Lena Ortiz", "agree": "yes"}, REMOTE_ADDR="203.0.113.7").status_code == 303
    mark = Signature.objects.get()
    assert (mark.side, mark.name, mark.person, mark.ip, mark.sha256) == ("client", "Lena Ortiz", lena, "203.0.113.7", revision.sha256)
    assert client.get(url).status_code == 303  # nothing is left to sign
    assert "Nothing is needed from you" in client.get("/portal/").content.decode()


def test_a_failing_file_says_how_to_fix_it_and_a_good_one_is_taken(web, lena, running, reviewers, tmp_path):
    client = web(lena)
    assert "Missing" in client.get("/portal/ads/").content.decode()
    url = f"/portal/orders/{running.pk}/upload/"
    bad = client.post(url, {"file": banner(tmp_path, fault="too_heavy", name="heavy.png"), "click_url": "https://oatfield.example/a"})
    text = bad.content.decode()
    assert bad.status_code == 422 and "This file cannot run yet." in text and "needed" in text
    version = Version.objects.get()
    assert (version.status, version.creative.root_id, version.uploaded_by) == ("failed", running.pk, lena)
    assert "Needs a change" in client.get("/portal/ads/").content.decode()
    good = client.post(f"{url}{version.creative_id}/", {"file": banner(tmp_path, name="good.png", seed=2)})
    assert good.status_code == 303
    page = client.get("/portal/ads/").content.decode()
    assert "We are looking at it" in page and "Missing" not in page and "Needs a change" not in page
    assert list(Task.objects.filter(key="creative.correct").values_list("status", flat=True)) == ["done"]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n broken", b""])
def test_a_file_that_cannot_be_read_is_refused_in_words(web, lena, running, content):
    answer = web(lena).post(f"/portal/orders/{running.pk}/upload/", {"file": SimpleUploadedFile("x.png", content)})
    assert answer.status_code == 422 and "We could not take this file" in answer.content.decode()
    assert Version.objects.count() == 0


def test_delivery_in_plain_words(web, lena, running):
    pages = [web(lena).get(path).content.decode() for path in ("/portal/", f"/portal/orders/{running.pk}/", "/portal/results/")]
    for page in pages:
        assert "40K" in page and "100K" in page and "A little behind: we expect to finish at 97.0" in page
        assert [word for word in JARGON if word in page] == []


def test_bills_questions_and_objections(web, lena, billed):
    client = web(lena)
    assert billed.number in client.get("/portal/bills/").content.decode()
    url = f"/portal/bills/{billed.pk}/"
    page = client.get(url).content.decode()
    assert "IBAN" in page and f"/files/{billed.document_id}/" in page
    assert client.get(f"/files/{billed.document_id}/").status_code == 200
    assert client.post(url, {"body": " "}).status_code == 422
    client.post(url, {"body": "Why so many?"})
    assert (Case.objects.get().title, Dispute.objects.count()) == (f"Question on Invoice {billed.number}", 0)
    assert client.post(url, {"body": "Wrong", "amount": "many"}).status_code == 422
    client.post(url, {"body": "Too much", "amount": "100.00"})
    assert Dispute.objects.get().amount == 100
    assert "you hear from" in client.get("/portal/messages/").content.decode()


def test_messages_show_what_is_meant_for_the_client_only(web, lena, running, account_manager):
    at = timezone.now()
    comments.add(running, "CANARY internal", by=account_manager, at=at)
    comments.add(running, "We are on it", by=account_manager, at=at, visible_to_client=True)
    client = web(lena)
    assert client.post("/portal/messages/say/", {"order": running.pk, "body": "Thank you"}).status_code == 303
    page = client.get(f"/portal/messages/?order={running.pk}").content.decode()
    assert "We are on it" in page and "Thank you" in page and "CANARY" not in page
    task = Task.objects.get(key="client.message")
    assert (task.owner, task.title) == (account_manager, "Answer Lena Ortiz")
    assert "Answer Lena Ortiz" in web(account_manager).get("/").content.decode()


def test_a_rival_sees_nothing(web, lena, rival, running, unsigned, billed):
    client = web(rival)
    canaries = ("Autumn Breakfast", "Winter Getaways", "Summer Rides", billed.number, "Oatfield")
    for path in ("/portal/", "/portal/ads/", "/portal/results/", "/portal/bills/", "/portal/messages/", f"/portal/messages/?order={running.pk}"):
        page = client.get(path).content.decode()
        assert [word for word in canaries if word in page] == [], path
    for path in (
        f"/portal/orders/{running.pk}/", f"/portal/orders/{unsigned.pk}/sign/", f"/portal/orders/{running.pk}/upload/", f"/portal/bills/{billed.pk}/",
        f"/files/{billed.document_id}/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert client.post(f"/portal/orders/{unsigned.pk}/sign/", {"name": "R", "agree": "yes"}).status_code == 404
    assert client.post("/portal/messages/say/", {"order": running.pk, "body": "x"}).status_code == 404
    assert Signature.objects.filter(name="R").count() == 0
    assert "CANARY campaign" in client.get("/portal/").content.decode()
    assert "CANARY" not in web(lena).get("/portal/").content.decode()


def test_our_own_people_are_told_where_to_look(web, lead):
    assert web(lead).get("/portal/").status_code == 403


@pytest.mark.parametrize("path", ["/", "/orders/", "/accounts/", "/palette/", "/today/tasks/1/done/", "/styleguide/"])
def test_the_sellers_pages_are_closed_to_clients(web, lena, path):
    client = web(lena)
    assert client.get(path)["Location"] == "/portal/"
    assert client.post(path).status_code == 403


def test_queries_do_not_grow(web, lena, oatfield, running):
    client, counts = web(lena), []
    for number in (1, 2):
        for n in range(number):
            approval.submit(orders.drafted(name=f"More {number}{n}", advertiser=oatfield), by=None, at=timezone.now())
        with CaptureQueriesContext(connection) as found:
            assert client.get("/portal/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 25, counts
    assert Order.objects.count() == 4


def test_a_campaign_costs_the_same_beside_many(web, lena, oatfield, running):
    client, counts = web(lena), []
    for number in range(3):
        client.get(f"/portal/orders/{running.pk}/")
        with CaptureQueriesContext(connection) as found:
            assert running.name in client.get(f"/portal/orders/{running.pk}/").content.decode()
        counts.append(len(found))
        approval.submit(orders.drafted(name=f"More {number}", advertiser=oatfield), by=None, at=timezone.now())
    assert counts == [counts[0]] * 3
    assert counts[0] <= 25


def test_nothing_yet(web, lena):
    for path in ("/portal/", "/portal/ads/", "/portal/results/", "/portal/bills/", "/portal/messages/"):
        assert web(lena).get(path).status_code == 200
