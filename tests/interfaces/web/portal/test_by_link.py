"""Signing by link over HTTP by somebody without a sign-in: code, pages, signature; forged, foreign and ended links."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from makegood.orders import mailing, signing_links
from makegood.orders.actions import approval, drafting, inviting, signing
from makegood.orders.models import Signature, SignatureRequest
from tests.documents.written import reading
from tests.factories import orders, papers

pytestmark = pytest.mark.django_db


def sent(order) -> tuple[SignatureRequest, str]:
    made = inviting.send(order, papers.contact(order), by=None, at=timezone.now())
    return made, f"/portal/sign/{signing_links.token(made)}/"


def enter(client: Client, request: SignatureRequest, url: str) -> None:
    client.post(url, {"do": "code"})
    mailing.mail_signing(request.pk, "code")
    code = re.search(r"\d{6}", mail.outbox[-1].subject)[0]
    assert client.post(url, {"do": "enter", "code": code}).status_code == 303


def test_a_contact_without_a_sign_in_reads_and_signs(unsigned):
    request, url = sent(unsigned)
    client = Client(REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Firefox/140")
    before = client.get(url)
    assert before.status_code == 200 and "Winter Getaways" not in before.content.decode() and "l•••@client.example" in before.content.decode()
    assert [client.get(url + more).status_code for more in ("order.pdf", "1.png")] == [404, 404]
    enter(client, request, url)
    page = client.get(url).content.decode()
    assert "Winter Getaways" in page and unsigned.revisions.get().sha256 in page
    assert [client.get(url + more)["Content-Type"] for more in ("order.pdf", "1.png")] == ["application/pdf", "image/png"]
    assert client.get(url + "99.png").status_code == 404
    assert client.post(url, {"do": "sign", "name": "Lena Ortiz", "title": "Buyer"}).status_code == 422
    assert client.post(url, {"do": "sign", "name": "Lena Ortiz", "title": "", "agree": "yes"}).status_code == 422
    assert client.post(url, {"do": "sign", "name": "Lena Ortiz", "title": "Buyer", "agree": "yes"}).status_code == 303
    mark = Signature.objects.get()
    assert (mark.side, mark.name, mark.title, mark.ip, mark.user_agent, mark.person) == ("client", "Lena Ortiz", "Buyer", "203.0.113.7", "Firefox/140", None)
    assert "Signed. Thank you." in client.get(url).content.decode()
    approval.withdraw(unsigned, by=None, at=timezone.now(), why="the rate")
    drafting.edit(unsigned, payment_days=60, by=None, at=timezone.now())
    unsigned.refresh_from_db()
    approval.submit(unsigned, by=None, at=timezone.now())
    assert "revision 1" in reading.words(client.get(url + "order.pdf").content)  # what was signed, never a later version
    assert client.post(url, {"do": "sign", "name": "Again", "title": "Buyer", "agree": "yes"}).status_code == 200
    assert Signature.objects.count() == 1


def test_a_signature_sent_again_is_one_with_one_answer_and_a_link_is_known_by_its_own_keys(unsigned):
    request, url = sent(unsigned)
    client, key = Client(), {"Idempotency-Key": "s-1"}
    enter(client, request, url)
    asked = {"do": "sign", "name": "Lena Ortiz", "title": "Buyer", "agree": "yes"}
    assert client.post(url, asked | {"agree": ""}, headers=key).status_code == 422  # refused, so not kept
    answers = [client.post(url, asked, headers=key) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, url)] * 2 and Signature.objects.count() == 1
    assert client.post(url, asked | {"name": "Another"}, headers=key).status_code == 409
    assert Client().post(url.replace("sign/", "sign/x", 1), asked, headers=key).status_code == 404


def test_another_browser_with_the_link_but_without_the_code_reads_nothing(unsigned):
    request, url = sent(unsigned)
    enter(Client(), request, url)
    thief = Client()
    assert "Winter Getaways" not in thief.get(url).content.decode()
    assert thief.post(url, {"do": "sign", "name": "A Thief", "title": "x", "agree": "yes"}).status_code == 409
    assert [thief.get(url + more).status_code for more in ("order.pdf", "1.png")] == [404, 404]
    assert Signature.objects.count() == 0


def test_the_code_of_one_link_opens_no_other(unsigned, rival):
    request, url = sent(unsigned)
    other = SignatureRequest.objects.exclude(pk=request.pk).first() or inviting.send(
        approval.submit(orders.drafted(name="Another"), by=None, at=timezone.now()), papers.contact(unsigned, "Otto Other"), by=None, at=timezone.now()
    )
    client = Client()
    enter(client, request, url)
    theirs = f"/portal/sign/{signing_links.token(other)}/"
    assert "Another" not in client.get(theirs).content.decode()
    assert client.get(theirs + "order.pdf").status_code == 404


def test_forged_and_ended_links_say_so(unsigned):
    request, url = sent(unsigned)
    client = Client()
    assert client.get(url[:-3] + "x/").status_code == 404
    inviting.withdraw(request, by=None, at=timezone.now(), why="wrong person")
    over = client.get(url)
    assert over.status_code == 410 and "taken back" in over.content.decode() and "Winter" not in over.content.decode()
    assert client.post(url, {"do": "code"}).status_code == 410
    assert client.post(url, {"do": "what"}).status_code == 422


def test_declining_with_a_reason(unsigned):
    request, url = sent(unsigned)
    client = Client()
    enter(client, request, url)
    assert client.post(url, {"do": "decline", "reason": " "}).status_code == 422
    assert client.post(url, {"do": "decline", "reason": "Too dear"}).status_code == 303
    unsigned.refresh_from_db()
    assert (unsigned.status, "Declined." in client.get(url).content.decode()) == ("draft", True)


def test_the_page_shows_what_changed_since_the_version_before(unsigned):
    at = timezone.now()
    drafting.edit(unsigned, payment_days=45, by=None, at=at)
    unsigned.refresh_from_db()
    approval.submit(unsigned, by=None, at=at)
    request, url = sent(unsigned)
    client = Client()
    enter(client, request, url)
    page = client.get(url).content.decode()
    assert "What changed since version" in page and "<del>30</del>" in page and "<ins>45</ins>" in page


def test_a_client_with_a_sign_in_sees_its_own_papers_and_a_rival_nothing(web, lena, rival, unsigned):
    base = f"/portal/orders/{unsigned.pk}/papers/1/"
    assert [web(lena).get(base + more).status_code for more in ("", "1.png")] == [200, 200]
    assert [web(rival).get(base + more).status_code for more in ("", "1.png")] == [404, 404]
    signing.sign(unsigned, "client", "Lena Ortiz", by=lena, at=timezone.now())
    assert Signature.objects.get().document_sha256 == unsigned.revisions.get().document.sha256
