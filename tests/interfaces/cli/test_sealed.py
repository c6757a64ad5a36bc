"""`makegood order verify`: no database; valid, changed, or not ours, and exit 1 for the last two."""

import contextlib
import json

import pytest
from typer.testing import CliRunner

from makegood.interfaces.cli.main import app
from makegood.orders.actions import sealing, signing
from makegood.orders.models import IssuedFile
from tests.factories import accounts, papers
from tests.factories.accounts import NOW

RUN = CliRunner()


@pytest.fixture
def sealed(account_manager, tmp_path):
    """(a sealed paper, the seller's public key)."""
    order = papers.approved()
    papers.signed(papers.opened(order))
    signing.sign(order, "seller", "Dana Whitfield", by=account_manager, at=NOW)
    path = tmp_path / "order.pdf"
    path.write_bytes(IssuedFile.objects.get(kind="sealed").file.path.read_bytes())
    return path, sealing.public_key()


def verify(path, *more):
    done = RUN.invoke(app, ["order", "verify", str(path), *more, "--json"])
    return done.exit_code, json.loads(done.stdout or done.stderr)


def test_valid_changed_and_not_ours(sealed):
    path, public = sealed
    code, told = verify(path, "--key", public)
    assert (code, told["verdict"], told["unchecked"], [one["name"] for one in told["signatures"]]) == (0, "valid", [], ["Lena Ortiz", "Dana Whitfield"])
    assert verify(path)[1]["unchecked"] != []
    code, told = verify(path, "--key", "0" * 64)
    assert (code, told["verdict"]) == (1, "not ours")
    content = bytearray(path.read_bytes())
    content[4000] ^= 1
    path.write_bytes(content)
    code, told = verify(path, "--key", public)
    assert (code, told["verdict"], told["faults"]) == (1, "changed", ["its bytes are not those that were sealed"])


def test_what_is_not_sealed_or_not_there_is_named(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    code, told = verify(tmp_path / "x.pdf")
    assert (code, "no seal" in told["error"]["message"]) == (1, True)
    assert verify(tmp_path / "none.pdf")[0] == 1


def test_it_is_told_in_words(sealed):
    path, public = sealed
    text = RUN.invoke(app, ["order", "verify", str(path), "--key", public]).stdout
    assert "valid: order MG-" in text and "signed   Lena Ortiz, Head of media, for Oatfield Foods" in text


def test_the_key_to_check_with_is_told(sealed):
    done = RUN.invoke(app, ["order", "seal-key", "--json"], obj=contextlib.nullcontext)
    assert json.loads(done.stdout) == {"public_key": sealed[1]}


def test_the_seal_is_made_at_set_up_once_there_is_a_seller(db, settings, tmp_path):
    settings.APPROVALS_KEY_FILE = tmp_path / "approvals-key"
    sealing.made_ready(at=NOW)
    assert not (tmp_path / "papers-seal.pem").exists()
    accounts.seller()
    sealing.made_ready(at=NOW)
    assert (tmp_path / "papers-seal.pem").exists()
