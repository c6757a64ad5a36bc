"""An order sent to sign by link: the client proves the address, signs or declines; ours signs; the paper is sealed and checked offline."""

import datetime
import threading

import pytest
from django.db import connection

from makegood.core import queries
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Notification
from makegood.documents import seals
from makegood.orders import mailing, signing_links
from makegood.orders.actions import by_link, inviting, revising, sealing, signing
from makegood.orders.models import IssuedFile, Signature, SignatureRequest
from tests import personas
from tests.documents.written import reading
from tests.factories import accounts, orders, papers
from tests.factories.accounts import NOW

DAY = datetime.timedelta(days=1)


def verbs_of(order) -> list[str]:
    return [one.verb for one in queries.history(personas.person("Any One", "lead"), order)][::-1]


def test_sent_signed_by_link_countersigned_sealed_and_verified_offline(account_manager):
    order = papers.approved()
    request = papers.opened(order)
    mark = papers.signed(request)
    revision = order.revisions.get()
    assert (mark.name, mark.title, mark.ip, mark.user_agent) == ("Lena Ortiz", "Head of media", "203.0.113.7", "Firefox/140")
    shown = IssuedFile.objects.get(revision=revision, kind="sent").file.sha256
    assert (mark.sha256, mark.document_sha256) == (revision.sha256, shown)

    signing.sign(order, "seller", "Dana Whitfield", title="Account manager", by=account_manager, at=NOW + DAY, ip="198.51.100.1")
    order.refresh_from_db()
    sealed = IssuedFile.objects.get(revision=revision, kind="sealed").file.path.read_bytes()
    found = seals.verify(sealed, public=sealing.public_key())
    assert (order.status, found.holds, found.unchecked, found.evidence["order"]) == ("signed", True, (), order.number)
    assert [one["name"] for one in found.evidence["signatures"]] == ["Lena Ortiz", "Dana Whitfield"]
    assert found.evidence["snapshot"]["lines"][0]["quantity"] == 500_000
    happened = [one["what"] for one in found.evidence["events"]]
    assert happened == ["Revision 1 frozen", "Sent to sign", "Code sent", "Opened with the code from the mail", "Signed for the client", "Signed for the seller"]
    words = reading.words(sealed)
    for told in ("Record of signing", "203.0.113.7", "Signed for the seller", "Cancellation", shown[:32]):
        assert told in words


def test_a_changed_byte_and_anothers_seal_are_found(account_manager):
    order = papers.approved()
    papers.signed(papers.opened(order))
    signing.sign(order, "seller", "Dana Whitfield", by=account_manager, at=NOW + DAY)
    sealed = IssuedFile.objects.get(kind="sealed").file.path.read_bytes()
    changed = sealed.replace(b"/Rotate", b"/Rotatf", 1) if b"/Rotate" in sealed else sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:]
    assert not seals.verify(changed).holds
    assert seals.verify(sealed, public="0" * 64).faults == ("the evidence is signed with another key: not the seal of this seller",)


def test_mails_carry_the_link_then_the_code(db, mailoutbox):
    request = papers.sent(papers.approved(), message="With best wishes")
    mailing.mail_signing(request.pk, "link")
    by_link.send_code(request, at=NOW)
    mailing.mail_signing(request.pk, "code")
    request.refresh_from_db()
    link, code = mailoutbox
    assert (link.to, signing_links.url(request) in link.body, "With best wishes" in link.body) == (["lena.ortiz@client.example"], True, True)
    assert signing_links.code(request) in code.subject


def test_a_forged_link_finds_nothing(db):
    request = papers.sent(papers.approved())
    good = signing_links.token(request)
    assert signing_links.find(good).pk == request.pk
    other = good.replace(f"{request.pk}.", f"{request.pk + 1}.", 1)
    assert [signing_links.find(one) for one in (other, good[:-1], good + "a", "", "1.2:3", good.upper())] == [None] * 6


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda order, request: SignatureRequest.objects.filter(pk=request.pk).update(expires_at=NOW), "expired"),
        (lambda order, request: inviting.withdraw(request, by=None, at=NOW, why="wrong person"), "taken back"),
        (lambda order, request: revising.reopen(order, by=None, at=NOW, why="the rate"), "not the one to sign"),
        (lambda order, request: signing.sign(order, "client", "Otto On Paper", by=None, at=NOW, on_paper="a fax"), "taken back"),
        (lambda order, request: inviting.send(order, papers.contact(order, "Otto Other"), by=None, at=NOW), "taken back"),
    ],
    ids=["expired", "withdrawn", "revised", "signed otherwise", "sent to another"],
)
def test_a_link_that_is_over_signs_nothing(db, spoil, says):
    order = papers.approved()
    request = papers.opened(order)
    spoil(order, request)
    fresh = signing_links.find(signing_links.token(request))
    with pytest.raises(Refused, match=says):
        papers.signed(fresh)
    assert Signature.objects.filter(name="Lena Ortiz").count() == 0


def test_the_link_alone_signs_nothing_without_the_code(db):
    request = papers.sent(papers.approved())
    with pytest.raises(Refused, match="code was not entered"):
        papers.signed(request)
    with pytest.raises(Refused, match="code was not entered"):
        by_link.decline(request, "no", at=NOW, ip=None)


def test_wrong_codes_lock_the_link_and_old_codes_open_nothing(db):
    request = papers.sent(papers.approved())
    by_link.send_code(request, at=NOW)
    request.refresh_from_db()
    right = signing_links.code(request)
    with pytest.raises(Invalid, match="not the code"):
        by_link.enter(request, right, at=NOW + datetime.timedelta(minutes=16), ip=None)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(signing_links.TRIES - 1):
        with pytest.raises(Invalid, match="not the code"):
            by_link.enter(request, wrong, at=NOW + papers.MINUTE, ip=None)
    with pytest.raises(Refused, match="too many wrong codes"):
        by_link.enter(request, right, at=NOW + papers.MINUTE, ip=None)


def test_a_code_opens_once_and_one_a_minute_is_sent(db):
    request = papers.sent(papers.approved())
    by_link.send_code(request, at=NOW)
    with pytest.raises(Refused, match="a moment ago"):
        by_link.send_code(request, at=NOW + datetime.timedelta(seconds=30))
    request.refresh_from_db()
    code = signing_links.code(request)
    by_link.enter(request, code, at=NOW + papers.MINUTE, ip=None)
    with pytest.raises(Invalid, match="not the code"):
        by_link.enter(request, code, at=NOW + papers.MINUTE, ip=None)


def test_declining_sends_the_order_back_with_the_reason(db):
    order = papers.approved()
    request = papers.opened(order)
    by_link.decline(request, "The rate is not\nwhat we agreed", at=NOW, ip="203.0.113.7")
    order.refresh_from_db()
    assert (order.status, order.revision, request.status) == ("draft", 2, "declined")
    reopened = next(one for one in queries.history(personas.person("Any One", "lead"), order) if one.verb == "order.reopened")
    assert reopened.why == "declined by Lena Ortiz: The rate is not what we agreed"


def test_whoever_sent_it_hears_how_it_ended(account_manager):
    order = papers.approved()
    request = papers.sent(order, by=account_manager)
    by_link.send_code(request, at=NOW)
    request.refresh_from_db()
    by_link.enter(request, signing_links.code(request), at=NOW + papers.MINUTE, ip=None)
    papers.signed(request)
    assert [one.activity.why for one in Notification.objects.filter(person=account_manager)] == ["Lena Ortiz signed"]


def test_reminders_and_expiry_happen_once_each(account_manager):
    order = papers.approved()
    request = papers.sent(order, by=account_manager, days=10)
    done = [inviting.chase(at=NOW + days * DAY) for days in (1, 3, 4, 9.5, 9.6, 10, 11)]
    request.refresh_from_db()
    assert (done, request.status) == ([0, 1, 0, 1, 0, 1, 0], "expired")
    assert verbs_of(order).count("signing.reminded") == 2


def test_a_link_to_an_older_version_is_ended_not_reminded(db):
    order = papers.approved()
    request = papers.sent(order)
    revising.reopen(order, by=None, at=NOW, why="the rate")
    assert [inviting.chase(at=NOW + days * DAY) for days in (4, 5)] == [1, 0]
    request.refresh_from_db()
    assert (request.status, request.reminded_at) == ("withdrawn", None)


def test_only_a_contact_of_the_client_with_an_address_is_sent_to(account_manager, trafficker):
    order = papers.approved()
    rival = papers.contact(orders.order("Other", advertiser=accounts.advertiser("Harrow Mutual")), "Rita Rival")
    with pytest.raises(Invalid, match="no contact of"):
        inviting.send(order, rival, by=account_manager, at=NOW)
    mute = papers.contact(order, "No Mail")
    mute.email = ""
    with pytest.raises(Invalid, match="no e-mail"):
        inviting.send(order, mute, by=account_manager, at=NOW)
    with pytest.raises(NotAllowed):
        inviting.send(order, papers.contact(order), by=trafficker, at=NOW)
    assert SignatureRequest.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_signing_at_the_same_time_one_wins():
    order = papers.approved()
    token = signing_links.token(papers.opened(order))
    outcomes, gate = [], threading.Barrier(2)

    def one(name: str) -> None:
        request = signing_links.find(token)
        gate.wait()
        try:
            outcomes.append(papers.signed(request, name).name)
        except Refused as error:
            outcomes.append(error.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(name,)) for name in ("Lena Ortiz", "Lena Again")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.startswith("Lena") for one in outcomes) == [False, True]
    assert Signature.objects.count() == 1
