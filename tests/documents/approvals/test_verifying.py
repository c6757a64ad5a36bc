"""An exported approval is checked by anybody without our database; whatever was touched is named."""

import copy
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.documents import approvals
from makegood.documents.approvals.chain import Link

AT = "2026-11-20T15:00:00+00:00"
BODIES = [{"decision": n, "outcome": "approve", "file_sha256": hashlib.sha256(bytes([n])).hexdigest(), "rules": ["FIN-03@1"]} for n in range(6)]


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return approvals.read_or_make(tmp_path_factory.mktemp("key") / "key")


def links() -> list[Link]:
    made: list[Link] = []
    for body in BODIES:
        made.append(approvals.following(made[-1] if made else None, body, AT))
    return made


def head(last: Link, key) -> dict:
    made = {"format": approvals.HEAD_FORMAT, "number": last.number, "sha256": last.sha256, "at": AT}
    return made | {"public_key": key.public, "signature": key.sign(approvals.head_message(made))}


@pytest.fixture(scope="module")
def document(key):
    found = links()[2:]
    chain = [{name: getattr(one, name) for name in Link.__slots__} for one in found]
    return {"format": approvals.FORMAT, "approval": BODIES[2], "chain": chain, "head": head(found[-1], key)}


def places(value, path=()):
    """Every leaf of the document but those that only describe."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [found for name, inner in pairs for found in places(inner, (*path, name))]
    return [path]


def altered(document, path):
    made = copy.deepcopy(document)
    inside = made
    for name in path[:-1]:
        inside = inside[name]
    old = inside[path[-1]]
    inside[path[-1]] = old + 1 if isinstance(old, int) else ("0" if old[:1] != "0" else "1") + old[1:]
    return made


def test_an_untouched_approval_holds(document, key, tmp_path):
    file = tmp_path / "ad.png"
    file.write_bytes(bytes([2]))
    found = approvals.verify(json.loads(json.dumps(document)), file=file, head=document["head"], public=key.public)
    assert (found.faults, found.unchecked, len(found.held)) == ((), (), 6)


def test_whatever_is_changed_is_found(document, key):
    leaves = [path for path in places(document) if path not in (("format",), ("head", "format"), ("head", "public_key"))]
    wrong = [path for path in leaves if approvals.verify(altered(document, path), public=key.public).holds]
    assert (len(leaves) > 25, wrong) == (True, [])


def test_without_the_pinned_key_a_forger_with_an_own_key_passes_and_with_it_does_not(document, key, tmp_path):
    """The control: why the key is given apart from the file."""
    forger = approvals.read_or_make(tmp_path / "forger")
    body = {**BODIES[2], "outcome": "exception"}
    link = approvals.following(links()[1], body, AT)
    forged = {**document, "approval": body, "chain": [{name: getattr(link, name) for name in Link.__slots__}], "head": head(link, forger)}
    unpinned = approvals.verify(forged)
    assert unpinned.holds and any("key" in one for one in unpinned.unchecked)
    assert approvals.verify(forged, public=key.public).faults == ("the head is not signed by this key",)
    assert approvals.verify(forged, head=head(links()[2], key)).faults == ("number 3 is not the head kept elsewhere",)


def test_one_other_byte_of_the_file_is_another_file(document, tmp_path):
    file = tmp_path / "ad.png"
    file.write_bytes(bytes([3]))
    assert approvals.verify(document, file=file).faults == ("ad.png does not have the bytes that were approved",)


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)))
def test_only_the_chain_itself_is_whole(order, left_out):
    whole = links()
    kept = [whole[n] for n in order if n not in left_out]
    consecutive = [one.number for one in kept] == list(range(kept[0].number, kept[0].number + len(kept))) if kept else True
    assert (approvals.faults(kept) == []) is consecutive


@pytest.mark.parametrize("what", [None, [], {}, {"format": "x"}, {"format": approvals.FORMAT}, {"format": approvals.FORMAT, "approval": {}, "head": {}, "chain": [{}]}])
def test_what_is_no_approval_is_said_to_be_none(what):
    with pytest.raises(ValueError, match=r"exported approval|lacks"):
        approvals.verify(what)


def test_the_key_is_a_secret_file_made_once(tmp_path):
    path = tmp_path / "home" / "key"
    assert approvals.read_or_make(path).public == approvals.read_or_make(path).public
    assert (path.stat().st_mode & 0o777, len(list(path.parent.iterdir()))) == (0o600, 1)
