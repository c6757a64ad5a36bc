"""An order's documents on its page: sent to sign, taken as PDF and Word, compared, and who took a copy."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.accounts.actions import contacts
from makegood.documents import seals
from makegood.orders.actions import approval, drafting, sealing, signing
from makegood.orders.models import SignatureRequest
from tests import personas
from tests.documents.written import reading
from tests.factories import accounts, orders, papers
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


def test_everything_on_paper_is_listed_and_whoever_took_it(web, account_manager, lead):
    order = papers.approved()
    papers.signed(papers.opened(order))
    signing.sign(order, "seller", "Dana Whitfield", by=account_manager, at=NOW)
    client, base = web(account_manager), f"/orders/{order.pk}/documents/"
    sealed = client.get(f"{base}1/sealed.pdf")
    assert (sealed.status_code, sealed["Content-Type"], seals.verify(sealed.content, public=sealing.public_key()).holds) == (200, "application/pdf", True)
    assert "Insertion order" in reading.words(client.get(f"{base}1/sent.pdf").content)
    with zipfile.ZipFile(io.BytesIO(client.get(f"{base}1/order.docx").content)) as word:
        assert "Lena Ortiz" in word.read("word/document.xml").decode()
    page = web(lead).get(base).content.decode()
    for told in ("Signed and sealed", "To sign", "Word", "lena.ortiz@client.example", "203.0.113.7", "sealed, revision 1", "Dana Whitfield"):
        assert told in page
    assert [client.get(base + odd).status_code for odd in ("1/redline-1.pdf", "1/redline-0.pdf", "2/sent.pdf", "1/other.pdf", "now/order.txt")] == [404] * 5


def test_sending_from_the_page_and_taking_back(web, account_manager):
    order = papers.approved()
    contact = papers.contact(order)
    client, base = web(account_manager), f"/orders/{order.pk}/documents/"
    assert "Lena Ortiz, Oatfield Foods (lena.ortiz@client.example)" in client.get(base).content.decode()
    assert client.post(f"{base}send/", {"contact": contact.pk, "days": "7", "message": "Please"}).status_code == 303
    request = SignatureRequest.objects.get()
    assert (request.email, request.message, (request.expires_at - request.at).days) == ("lena.ortiz@client.example", "Please", 7)
    assert client.post(f"{base}send/", {"contact": "0"}).status_code == 422
    assert client.post(f"{base}sent/{request.pk}/remind/").status_code == 303
    assert client.post(f"{base}sent/{request.pk}/withdraw/").status_code == 303
    request.refresh_from_db()
    assert request.status == "withdrawn" and "Withdrawn" in client.get(base).content.decode()


def test_a_redline_between_two_revisions(web, account_manager):
    order = papers.approved()
    drafting.edit(order, payment_days=45, commission_pct=order.commission_pct + 5, by=None, at=NOW)
    orders.line(order, quantity=100_000, by=None)
    order.refresh_from_db()
    approval.submit(order, by=None, at=NOW, reason="More days to pay")
    words = reading.words(web(account_manager).get(f"/orders/{order.pk}/documents/2/redline-1.pdf").content)
    for told in ("revision 1 to 2", "Days to pay", "45", "Added", "Gross changes by"):
        assert told in words
    assert "More days to pay" not in words  # why we did it stands in our history


def test_a_proposal_of_a_draft_in_german(web, account_manager):
    accounts.seller()
    order = orders.drafted()
    client, base = web(account_manager), f"/orders/{order.pk}/documents/"
    assert client.post(f"{base}language/", {"language": "de"}).status_code == 303
    assert client.post(f"{base}language/", {"language": "xx"}).status_code == 422
    assert "Angebot" in reading.words(client.get(f"{base}now/proposal.pdf").content)
    assert order.revisions.count() == 0


def test_queries_do_not_grow_with_revisions_and_links(web, account_manager):
    order, counted = papers.approved(), []
    client = web(account_manager)
    for days in (30, 45, 60):
        papers.sent(order)
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/orders/{order.pk}/documents/")
        counted.append(len(seen))
        drafting.edit(order, payment_days=days + 1, by=None, at=NOW)
        order.refresh_from_db()
        approval.submit(order, by=None, at=NOW)
    assert counted[1:] == counted[:1] * 2


def test_a_rival_reaches_nothing_of_it(web, account_manager):
    order = papers.approved()
    rival = personas.client_of(accounts.advertiser("Harrow Mutual").party, "Rita Rival")
    base = f"/orders/{order.pk}/documents/"
    assert [web(rival).get(base + more).status_code for more in ("", "1/sent.pdf", "now/order.pdf")] == [302] * 3
    assert web(rival).post(f"{base}send/").status_code == 403


def test_the_signer_is_proposed_first_and_named_so(web, account_manager):
    order = papers.approved()
    papers.contact(order, "Ada First")
    papers.contact(order)
    client, base = web(account_manager), f"/orders/{order.pk}/documents/"
    assert "signer" not in client.get(base).content.decode()  # the control: nobody has the role
    contacts.set_roles(order.bill_to.contacts.get(name="Lena Ortiz"), ["signer"], by=None, at=NOW)
    page = client.get(base).content.decode()
    assert "selected>Lena Ortiz, Oatfield Foods (lena.ortiz@client.example): signer</option>" in page
    assert page.index("Lena Ortiz, Oatfield") < page.index("Ada First, Oatfield")
