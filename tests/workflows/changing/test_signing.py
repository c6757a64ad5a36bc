"""A change of a booked order is signed as the order was: by link or in the portal, frozen, sealed, and then in effect."""

from decimal import Decimal

import pytest

from makegood.core.errors import Refused
from makegood.core.queries import seller
from makegood.orders import queries, redlining, signing_links, signing_mail
from makegood.orders.actions import by_link, changing, inviting
from makegood.orders.models import IssuedFile, Order
from makegood.workflows import changing as workflow
from tests import personas
from tests.factories import accounts, orders, papers
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(account_manager):
    """Half as much again, out for signature."""
    accounts.seller()
    made = orders.order(by=account_manager)
    orders.line(made, by=account_manager)
    begun = changing.begin(orders.booked(made), by=account_manager, at=NOW)
    workflow.collect(begun, {"op": "line.quantity", "line": 1, "quantity": 600_000}, by=account_manager, at=NOW)
    return workflow.send(begun, by=account_manager, at=NOW, reason="a third week")


def now(change) -> tuple[str, int]:
    order = Order.objects.get(pk=change.order_id)
    change.refresh_from_db()
    return change.status, order.revision


def test_by_link_it_is_signed_sealed_and_in_effect(change, account_manager):
    request = papers.opened(change.order)
    assert request.revision == change.revision
    workflow.sign(change, "seller", "Dana Whitfield", by=account_manager, at=NOW)
    assert now(change) == ("approved", 1)
    made = papers.signed(request)
    workflow.follow_signature(made.revision, at=NOW)
    assert now(change) == ("applied", 2)
    kinds = {one.kind: one.file.path.read_bytes() for one in IssuedFile.objects.filter(revision=change.revision)}
    assert set(kinds) == {"sent", "sealed"} and kinds["sealed"] != kinds["sent"]
    assert made.document_sha256 == IssuedFile.objects.get(revision=change.revision, kind="sent").file.sha256
    assert Order.objects.get(pk=change.order_id).gross == Decimal("7200.00")


def test_declined_by_link_it_is_collected_again_and_the_order_runs_on(change):
    request = papers.opened(change.order)
    by_link.decline(request, "Too much for now", at=NOW, ip=None)
    assert now(change) == ("collecting", 1)
    assert Order.objects.get(pk=change.order_id).status == "booked"
    with pytest.raises(Refused, match="booked"):
        inviting.send(change.order, request.contact, by=None, at=NOW)


def test_taken_up_again_its_link_opens_nothing(change, account_manager):
    request = papers.opened(change.order)
    changing.take_up(change, by=account_manager, at=NOW, why="one line was forgotten")
    assert signing_links.standing(request, NOW) == "superseded"
    with pytest.raises(Refused, match="not the one to sign"):
        papers.signed(request)


def test_in_the_portal_the_client_finds_it_first_and_a_rival_nothing(client, change):
    rival = personas.client_of(accounts.advertiser("Rival Motors").party, "Rita Rival")
    lena = personas.client_of(change.order.advertiser.party, "Lena Ortiz")
    assert [one.change for one in queries.to_sign(lena)] == [change] and queries.to_sign(rival) == []
    address = f"/portal/orders/{change.order_id}/sign/"
    client.force_login(lena, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Sign the change of" in client.get("/portal/").content.decode()
    shown = client.get(address).content.decode()
    assert "Sign the change" in shown and "a third week" not in client.get("/portal/").content.decode()  # our reason is ours
    assert "500,000" in shown and "600,000" in shown and change.revision.sha256 in shown
    assert client.post(address, {"name": "Lena Ortiz"}).status_code == 422
    assert client.post(address, {"name": "Lena Ortiz", "title": "Head of media", "agree": "yes"}).status_code == 303
    assert client.get(address).status_code == 303  # signed: nothing is left to sign
    client.force_login(rival, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).status_code == 404 and client.post(address, {"name": "x", "agree": "yes"}).status_code == 404


def test_the_mail_says_that_it_is_a_change_and_what_it_comes_to(change):
    request = papers.opened(change.order)
    mail = signing_mail.of(request, "link")
    assert mail.subject.startswith("Please sign the change of")
    assert "a change of the order MG-00001" in mail.body and "the gross goes from USD 6,000.00 to 7,200.00" in mail.body and "the order runs as it is" in mail.body
    assert "third week" not in mail.body
    assert signing_mail.of(request, "reminder").subject.startswith("Reminder: please sign the change of")


def test_the_redline_reads_as_a_client_reads_it(change, account_manager):
    changing.withdraw(change, by=account_manager, at=NOW)
    order = Order.objects.get(pk=change.order_id)
    again = changing.begin(order, by=account_manager, at=NOW)
    for asked in (
        {"op": "line.rate", "line": 1, "rate": "11"}, {"op": "line.cap", "line": 1, "cap": [3, 24]}, {"op": "line.priority", "line": 1, "priority": "non_guaranteed"},
        {"op": "line.targeting", "line": 1, "targeting": {"geo": {"include": ["US-MA"]}, "hour_of_week": [6, 7, 8]}},
        {"op": "line.add", "product": "run-of-site", "start": str(orders.START), "end": str(orders.END), "quantity": 1000},
    ):
        workflow.collect(again, asked, by=account_manager, at=NOW)
    workflow.send(again, by=account_manager, at=NOW, reason="they asked for less")
    found = redlining.redline(order.revisions.get(number=1), again.revision, seller())
    old, new = ({edit.what: (edit.before, edit.after) for edit in line.edits} for line in found.lines)
    assert old["Frequency cap"] == ("", "3 in 24 hours") and old["Priority"] == ("Guaranteed", "Non-guaranteed") and old["Rate"] == ("12.00", "11.00")
    assert old["Targeting"] == ("Everybody", "Geography US-MA; hours Mon 06:00 to 09:00") and "Flights" not in old
    assert new["Product"][1].endswith(": Run of site") and "Flights" not in new
    assert b"%PDF" in redlining.pdf(order.revisions.get(number=1), again.revision, seller())[:8]
