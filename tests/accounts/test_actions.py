"""Accounts, credit, contacts and agreements."""

import datetime
from decimal import Decimal

import pytest

from makegood.accounts import queries
from makegood.accounts.actions import accounts as verbs
from makegood.accounts.actions import contacts, contracts
from makegood.core.errors import IllegalMove, Invalid, NotAllowed, Refused
from makegood.core.models import Activity
from tests import personas
from tests.factories import accounts
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
YEAR = {"start": datetime.date(2026, 1, 1), "end": datetime.date(2026, 12, 31), "commitment": Decimal(400_000)}


def test_an_account_is_opened_once(account_manager):
    accounts.advertiser("Kestrel Outdoor")
    with pytest.raises(Refused, match="already an account"):
        verbs.create("KESTREL OUTDOOR LLC", "advertiser", by=account_manager, at=NOW)
    with pytest.raises(Invalid, match="ISO 4217"):
        verbs.create("Harbour Bank", "advertiser", by=account_manager, at=NOW, currency="XQQ")


def test_only_finance_moves_credit_and_says_why(account_manager, finance):
    account = accounts.advertiser()
    with pytest.raises(NotAllowed):
        verbs.set_credit(account, "stop", by=account_manager, at=NOW, why="late")
    with pytest.raises(Invalid):
        verbs.set_credit(account, "stop", by=finance, at=NOW, why=" ")
    verbs.set_credit(account, "stop", by=finance, at=NOW, why="ninety days late")
    assert Activity.objects.get(verb="credit.stop").why == "ninety days late"
    with pytest.raises(IllegalMove):
        verbs.set_credit(account, "stop", by=finance, at=NOW, why="again")


def test_an_invited_contact_sees_its_account_and_a_rival_does_not(account_manager):
    account = accounts.advertiser()
    contact = contacts.add_contact(account, "Lena Ortiz", email="Lena@oatfield.example", by=account_manager, at=NOW)
    assert contacts.add_contact(account, "L. Ortiz", email="lena@oatfield.example", by=account_manager, at=NOW) == contact
    lena = contacts.invite(contact, by=account_manager, at=NOW)
    rival = personas.client_of(accounts.advertiser("Meridian Rail").party, "Rhea Rival")
    assert queries.account(lena, account.pk).contacts[0].signs_in
    with pytest.raises(account.DoesNotExist):
        queries.account(rival, account.pk)
    assert [one.pk for one in queries.account_list(rival)] != [account.pk]


def test_one_of_our_own_addresses_is_never_made_a_client(account_manager, finance):
    contact = contacts.add_contact(accounts.advertiser(), "Jonas", email=finance.email, by=account_manager, at=NOW)
    with pytest.raises(Refused, match="our own"):
        contacts.invite(contact, by=account_manager, at=NOW)


def test_an_agreement_runs_from_draft_to_its_end(account_manager, lead):
    contract = contracts.create(accounts.advertiser(), "2026 partnership", by=account_manager, at=NOW, tiers=[(Decimal(100_000), Decimal(5))], **YEAR)
    assert contract.number == "MC-00001"
    with pytest.raises(NotAllowed):
        contracts.activate(contract, by=account_manager, at=NOW)
    contracts.activate(contract, by=lead, at=NOW)
    view = queries.account(lead, contract.account_id).contracts[0]
    assert (view.status, view.notice_by, view.tiers) == ("active", datetime.date(2026, 11, 1), ((Decimal(100_000), Decimal(5)),))
    assert contracts.expire_due(today=datetime.date(2026, 12, 31), at=NOW) == 0
    assert contracts.expire_due(today=datetime.date(2027, 1, 1), at=NOW) == 1
