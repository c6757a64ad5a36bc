"""`makegood verify-approval`: no database; exit 1 and the reason when anything does not match."""

import contextlib
import json

import pytest
from typer.testing import CliRunner

from makegood.core.models import Team
from makegood.creatives.actions import reviewing
from makegood.interfaces.cli.main import app
from makegood.work import sealed
from makegood.work.models import Approval, ApprovalRule, RuleChange
from makegood.workflows.ordering import deciding
from tests.factories import creatives as make
from tests.factories import orders

RUN = CliRunner()


@pytest.fixture
def exported(db, reviewer, tmp_path):
    """(the exported approval, its head, the creative's file)."""
    version = make.received(make.advertiser())
    decision = reviewing.decide(version, "approve", by=reviewer, at=make.NOW)
    paths = [tmp_path / name for name in ("approval.json", "head.json", "ad.png")]
    paths[0].write_text(json.dumps(sealed.export(decision, at=make.NOW)))
    paths[1].write_text(json.dumps(sealed.head(at=make.NOW)))
    paths[2].write_bytes(version.file.path.read_bytes())
    return paths


def verify(approval, *more):
    done = RUN.invoke(app, ["verify-approval", str(approval), *map(str, more), "--json"])
    return done.exit_code, json.loads(done.stdout or done.stderr)


def test_it_holds_and_says_what_was_not_checked(exported):
    approval, head, file = exported
    code, told = verify(approval)
    assert (code, told["holds"], len(told["unchecked"])) == (0, True, 3)
    public = json.loads(head.read_text())["public_key"]
    code, told = verify(approval, "--head", head, "--file", file, "--key", public)
    assert (code, told["faults"], told["unchecked"], told["approval"]["outcome"]) == (0, [], [], "approve")


def test_one_byte_of_the_file_or_the_approval_and_it_does_not(exported):
    approval, _, file = exported
    file.write_bytes(file.read_bytes() + b"x")
    assert verify(approval, "--file", file)[1]["faults"] == ["ad.png does not have the bytes that were approved"]
    approval.write_text(approval.read_text().replace('"outcome": "approve"', '"outcome": "exception"'))
    code, told = verify(approval)
    assert (code, told["faults"]) == (1, ["the approval differs from what was sealed as number 1"])


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "makegood-approval/1"}'])
def test_what_is_no_approval_is_named_with_a_remedy(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content)
    code, told = verify(path)
    assert (code, bool(told["error"]["message"]), "export" in told["error"]["remedy"]) == (1, True, True)


@contextlib.contextmanager
def at_hand():
    """The database is open already."""
    yield


def run(*words):
    done = RUN.invoke(app, [*words, "--json"], obj=at_hand)
    return done.exit_code, json.loads(done.stdout or done.stderr)


def test_a_rule_is_proposed_and_another_approves_it(admin, lead):
    change = ("approval", "propose", "discount", "--above", "15", "--stage", "lead:any:4:leadership", "--stage", "finance,leadership:all", "--why", "deeper", "--as", admin.email)
    code, asked = run(*change)
    assert (code, asked["asked_of"], ApprovalRule.objects.exists()) == (0, ["leadership", "lead", "admin"], False)
    deciding.decide(Approval.objects.get(), "approved", by=lead, at=make.NOW)
    rule, = run("approval", "rules")[1]["rules"]
    assert [(stage["roles"], stage["need"], stage["hours"], stage["escalate"]) for stage in rule["stages"]] == [
        (["lead"], "any", 4, ["leadership"]), (["finance", "leadership"], "all", 8, []),
    ]  # fmt: skip


@pytest.mark.parametrize(("above", "stage"), [("x", "lead"), ("nan", "lead"), ("1", "nobody"), ("1", ""), ("1", "lead:any:x"), ("1", "lead:some")])
def test_a_rule_nobody_could_keep_is_refused(admin, above, stage):
    code, told = run("approval", "propose", "discount", "--above", above, "--stage", stage, "--why", "x", "--as", admin.email)
    assert (code, bool(told["error"]["remedy"])) == (1, True)


def test_delegating_from_the_command_line(lead, trafficker):
    assert run("approval", "delegate", trafficker.email, "--from", "2026-12-01", "--to", "2026-12-04", "--as", lead.email)[0] == 0
    code, told = run("approval", "delegate", lead.email, "--from", "2026-12-01", "--to", "soon", "--as", lead.email)
    assert (code, told["error"]["place"]) == (1, "day")
    assert run("approval", "chase")[1] == {"reminded": 0, "escalated": 0}


def test_a_narrowed_rule_is_proposed_by_name_and_tried_on_an_order(admin, lead, account_manager):
    Team.objects.create(name="Retail")
    narrowed = ("--from-amount", "1000", "--about", "liability", "--team", "retail", "--from", "2026-12-01", "--to", "2026-12-31", "--stage", f"{lead.email},owner:any:4:leadership")
    assert run("approval", "propose", "terms", "--above", "5", *narrowed, "--why", "x", "--as", admin.email)[0] == 0
    change = RuleChange.objects.get()
    assert (change.from_amount, change.about, str(change.team), change.stages[0]["named"], change.stages[0]["owner"]) == (1000, ["liability"], "Retail", [lead.pk], True)
    code, told = run("approval", "propose", "terms", "--above", "5", "--team", "Audio", "--stage", "lead", "--why", "x", "--as", admin.email)
    assert (code, "Retail" in told["error"]["remedy"]) == (1, True)


def test_an_order_is_tried(lead, account_manager):
    orders.rule("payment_terms", "20")
    order = orders.drafted(by=account_manager, payment_days=60)
    code, told = run("approval", "try", order.number)
    assert (code, told["rules"][0]["rule"], told["rules"][0]["asked"], Approval.objects.exists()) == (0, "payment_terms above 20", ["one of lead, in 8 working hours: Ruth Delgado"], False)
    assert run("approval", "try", "MG-99999")[1]["error"]["place"] == "number"
