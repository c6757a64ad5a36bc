"""Every verb × everybody, about a record of one client. A verb that is not in verbs.txt fails the tests."""

import pathlib

import pytest

from makegood.accounts.models import Account
from makegood.billing.models import Invoice
from makegood.core import permissions
from makegood.core.models import Role
from makegood.creatives.models import Version
from makegood.orders.models import Line, Order
from makegood.sales.models import Brief, Hold
from makegood.work.models import Approval, Case, Task
from tests.permissions.world import AGENT, LETTERS, OWN, RIVAL, World

EVERYBODY = (*LETTERS, AGENT)
SUBJECTS = {  # longest prefix of the verb first
    "work.tasks": (Task, "task_id"), "work.approvals": (Approval, "approval_id"), "work.": (Case, "case_id"), "accounts.": (Account, "account_id"),
    "sales.hold": (Hold, "hold_id"), "sales.release": (Hold, "hold_id"), "sales.": (Brief, "brief_id"), "creatives.": (Version, "version_id"),
    "orders.": (Order, "order_id"), "trafficking.": (Order, "order_id"), "delivery.": (Line, "line_id"), "billing.": (Invoice, "invoice_id"),
    "insight.": (Order, "order_id"),
}  # fmt: skip


def table() -> dict[str, str]:
    """{verb: "letters own rival"} as it stands."""
    lines = (pathlib.Path(__file__).parent / "verbs.txt").read_text().splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


def answer(verb: str, world: World) -> str:
    """Who may, in the table's words."""
    kind = next((pair for prefix, pair in SUBJECTS.items() if verb.startswith(prefix)), None)
    subject = kind[0].objects.get(pk=world.ids[kind[1]]) if kind else None
    staff = "".join(who for who in EVERYBODY if permissions.may(world.people[who], verb, subject))
    clients = [who for who in (OWN, RIVAL) if permissions.may(world.people[who], verb, subject)]
    return " ".join(["*" if len(staff) == len(EVERYBODY) else staff or "none", *clients])


def test_every_verb_is_in_the_table_and_nothing_else():
    assert sorted(permissions.VERBS) == sorted(table())


@pytest.mark.parametrize("verb", sorted(permissions.VERBS))
def test_a_verb_is_open_to_those_of_the_table(verb, world, db):
    assert answer(verb, world) == table().get(verb)


def test_software_may_approve_sign_publish_or_pay_nothing(world, db):
    """The agent has every role of staff: what it may not is what asks for a human being."""
    deciding = {"orders.sign", "orders.cancel", "orders.push_change", "work.approvals.decide", "creatives.decide", "creatives.except", "creatives.withdraw", "trafficking.check",
                "trafficking.publish", "delivery.apply", "delivery.offer_make_good", "delivery.recount", "billing.issue", "billing.record_payment", "billing.credit", "billing.refund",
                "billing.settle_dispute", "accounts.set_credit", "accounts.merge", "accounts.invite", "accounts.activate_contract", "accounts.end_contract",
                "catalog.set_rates", "orders.sign_for_client", "catalog.set_policy", "catalog.set_clauses", "orders.send_paper", "work.approvals.delegate",
                "work.approvals.revoke", "work.approvals.rules", "core.administer", "sales.jump", "sales.hold_rules"}  # fmt: skip
    assert {verb for verb, who in table().items() if AGENT not in who and "*" not in who} == deciding


def test_whoever_left_may_nothing(world, db):
    person = world.people["L"]
    person.is_active = False
    try:
        assert [verb for verb in permissions.VERBS if answer(verb, world) and permissions.may(person, verb)] == []
    finally:
        person.is_active = True


def test_a_role_without_a_person_and_no_role_at_all_may_nothing_of_the_sellers(world, db):
    from tests import personas

    nobody = personas.person("No Role")
    assert {verb for verb in permissions.VERBS if permissions.may(nobody, verb, None)} == {"core.sign_in", "work.comments.add"}
    assert set(Role.values) - {Role.CLIENT} == set(LETTERS.values())


def test_a_verb_made_wider_would_be_seen(world, db, monkeypatch):
    monkeypatch.setitem(permissions.VERBS, "billing.issue", permissions.staff)
    assert answer("billing.issue", world) != table()["billing.issue"]
