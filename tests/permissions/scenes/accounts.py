"""Clients, agreements, people and goals."""

import datetime
from decimal import Decimal

from makegood.accounts.actions import contracts
from makegood.accounts.models import Contract
from makegood.engine.renewal import WEIGHTS
from tests.factories import accounts, billing
from tests.permissions.scenes.setting import Sent, form, own, scene

DAY = datetime.timedelta(days=1)


@scene("account-merge")
def merge(w, at):
    other = accounts.advertiser("Bank on the River")
    return Sent({"into": w.ids["own"], "why": "the same company"}, {"account_id": other.pk})


@scene("account-relation")
def relation(w, at):
    return Sent({"agency": accounts.agency().pk, "commission_pct": "15", "start": at.date()})


@scene("contract-terms")
def terms(w, at):
    return Sent({
        "title": "A year", "start": at.date(), "end": at.date() + 90 * DAY, "commitment": "70000", "currency": "USD", "notice_days": "30",
        "rebate_basis": "marginal", "t0-spend_from": "1000", "t0-rebate_pct": "2",
    })  # fmt: skip


@scene("contract-rate-end")
def end_rate(w, at):
    contract = contracts.activate(Contract.objects.get(pk=w.ids["contract_id"]), by=None, at=at)
    return Sent({"last": contract.start + 30 * DAY, "why": "both agreed"})


@scene("contract-rebate")
def rebate(w, at):
    """A year that is over, with two months billed under it."""
    year = {"start": datetime.date(2026, 1, 1), "end": datetime.date(2026, 9, 30)}
    deal = contracts.create(own(w), "Last year", commitment=Decimal(3000), by=None, at=accounts.NOW, tiers=[(Decimal(0), Decimal(2))], **year)
    deal = contracts.activate(deal, by=None, at=accounts.NOW)
    made = billing.ran(client=str(own(w)), name="Billed before", agency=False, contract=deal)
    for last in billing.BROADCAST[:2]:
        billing.issued(made, w.people["F"], last)
    return Sent({}, {"contract_id": deal.pk})


@scene("goals-sheet")
def goals(w, at):
    return Sent({"file": ("goals.csv", f"Seller,2026-12,2027-01\n{w.people['S'].name},100,200\n".encode())})


@scene("renewal-weights")
def weights(w, at):
    return Sent({name: points + 1 for name, points in WEIGHTS.items()})


@scene("team-plan")
def absence(w, at):
    return Sent({"person": w.people["R"].pk, "start": at.date() + 5 * DAY, "end": at.date() + 6 * DAY, "cover": w.people["L"].pk})


@scene("zone")
def zone(w, at):
    return Sent({"zone": "Europe/Lisbon"})



@scene("account-prepay")
def prepay(w, at):
    return Sent({"prepay": "on", "why": "a new client"})


@scene("contract-new")
def agreement(w, at):
    return Sent(form(w, "A", "/contracts/new/", account=w.ids["own"], title="Next year", commitment="50000", rebate_basis="marginal"))


@scene("goals-set")
def goal(w, at):
    return Sent({"whom": f"seller-{w.people['S'].pk}", "month": "2026-12", "amount": "5000", "currency": "USD"})


@scene("rule-new")
def rule(w, at):
    return Sent(form(w, "X", "/approvals/rules/new/", name="Deep discounts", above="20", why="they grew", **{"s0-roles": ["lead"]}))


@scene("rule-change")
def other_rule(w, at):
    return Sent(form(w, "X", f"/approvals/rules/{w.ids['rule_id']}/", above="900", why="too many"))
