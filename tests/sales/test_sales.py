"""Holds and briefs."""

import datetime
from decimal import Decimal

import pytest

from makegood.core.errors import IllegalMove, Invalid, Refused
from makegood.sales import queries
from makegood.sales.actions import briefs, extending
from makegood.workflows import holding
from tests import personas
from tests.factories import accounts, catalog, orders, sales
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
SPAN = {"start": orders.START, "end": orders.END}


def test_an_exclusive_day_is_held_by_one_client_and_the_next_waits_for_it(account_manager, campaign_manager):
    product = catalog.takeover()
    first = sales.hold(product, accounts.advertiser(), by=account_manager, **SPAN)
    second = sales.hold(product, accounts.advertiser("Meridian Rail"), by=campaign_manager, start=orders.END, end=orders.END)
    assert (second.status, second.waits_for, second.place) == ("queued", first, 2)


def test_a_hold_lapses_at_its_moment_whether_or_not_the_job_ran(account_manager):
    hold = sales.hold(catalog.takeover(), accounts.advertiser(), by=account_manager, **SPAN)
    later = hold.expires_at
    assert list(queries.in_force(later - datetime.timedelta(seconds=1))) == [hold]
    assert list(queries.in_force(later)) == []
    assert (holding.expire_due(at=later), holding.expire_due(at=later)) == (1, 0)
    hold.refresh_from_db()
    assert hold.status == "expired"
    with pytest.raises(Refused):
        extending.extend(hold, later + datetime.timedelta(days=2), by=account_manager, at=later, why="they are thinking")


def test_a_hold_is_extended_for_a_while_only(account_manager):
    hold = sales.hold(catalog.takeover(), accounts.advertiser(), by=account_manager, **SPAN)
    with pytest.raises(Invalid, match="14 days"):
        extending.extend(hold, NOW + datetime.timedelta(days=30), by=account_manager, at=NOW, why="later")
    extending.extend(hold, NOW + datetime.timedelta(days=10), by=account_manager, at=NOW, why="board meets on Friday")
    holding.release(hold, by=account_manager, at=NOW)
    with pytest.raises(IllegalMove):
        holding.release(hold, by=account_manager, at=NOW)


def test_a_brief_is_won_or_lost_with_a_reason_and_weighs_its_budget(account_manager):
    brief = briefs.create(accounts.advertiser(), "Autumn", objective="awareness", budget=Decimal(100_000), by=account_manager, at=NOW, **SPAN)
    assert queries.brief_list(account_manager).get().weighted == Decimal(50_000)
    briefs.propose(brief, by=account_manager, at=NOW)
    with pytest.raises(Invalid, match="reason"):
        briefs.lose(brief, by=account_manager, at=NOW, why="")
    briefs.win(brief, by=account_manager, at=NOW)
    assert (brief.status, queries.brief_list(account_manager).get().weighted) == ("won", Decimal(100_000))


def test_clients_see_neither_holds_nor_briefs(account_manager):
    account = accounts.advertiser()
    sales.hold(catalog.takeover(), account, by=account_manager, **SPAN)
    client = personas.client_of(account.party, "Lena Ortiz")
    assert (queries.hold_list(client).count(), queries.brief_list(client).count()) == (0, 0)
