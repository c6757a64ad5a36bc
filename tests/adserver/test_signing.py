"""Tokens: what is signed comes back, anything else is refused with its reason."""

import dataclasses
import json
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.adserver import capping, keys, signing
from makegood.adserver.events import BEACONS
from tests.adserver import plans

KEYS = keys.Keys("k2", {name: bytes.fromhex(value) for name, value in plans.KEYS["keys"].items()})
IDS = st.integers(0, 2**63 - 1)
GRANTS = st.builds(
    signing.Grant,
    nonce=st.just("abcdefghijklmnop"),
    issued_s=st.just(1000),
    expires_s=st.just(2000),
    placement_id=IDS,
    flight_id=IDS,
    line_id=IDS,
    order_id=IDS,
    creative_id=IDS,
    version_id=IDS,
    plan_version=IDS,
    test=st.booleans(),
    device=st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    geo=st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


def reason(kind: str, token: str, now_s: int = 1500, secrets: keys.Keys = KEYS) -> str:
    with pytest.raises(signing.Refused) as refused:
        signing.verify(secrets, kind, token, now_s)
    return refused.value.reason


@given(GRANTS, st.sampled_from(BEACONS))
@settings(max_examples=60, deadline=None)
def test_what_is_signed_comes_back(grant: signing.Grant, kind: str) -> None:
    token = signing.sign(KEYS, kind, grant.payload("k2"))
    assert signing.verify(KEYS, kind, token, 1999) == grant
    assert token.isascii()
    assert not set(token) & set(" %&#?/\"'<>")


@given(GRANTS, st.data())
@settings(max_examples=60, deadline=None)
def test_any_change_is_refused(grant: signing.Grant, data: st.DataObject) -> None:
    token = signing.sign(KEYS, "click", grant.payload("k2"))
    at = data.draw(st.integers(0, len(token) - 1))
    character = data.draw(st.characters(exclude_characters=token[at], exclude_categories=["Cs"]))
    assert reason("click", token[:at] + character + token[at + 1 :]) in ("forged", "unknown_key")
    assert reason("click", token[:at]) in ("forged", "unknown_key")


def test_control_a_server_with_other_secrets_would_take_the_forgery() -> None:
    forger = keys.Keys("k2", {"k2": bytes(32)})
    grant = signing.Grant("n" * 16, 1000, 2000, 1, 2, 3, 4, 5, 6, 7, False, "", "")
    token = signing.sign(forger, "click", grant.payload("k2"))
    assert reason("click", token) == "forged"
    assert signing.verify(forger, "click", token, 1500) == grant


def test_a_token_of_one_kind_is_worth_nothing_for_another() -> None:
    payload = signing.Grant("n" * 16, 1000, 2000, 1, 2, 3, 4, 5, 6, 7, False, "", "").payload("k2")
    kinds = (*BEACONS, "another", "third")
    tokens = {kind: signing.sign(KEYS, kind, payload) for kind in kinds}
    assert len(set(tokens.values())) == len(kinds)
    for kind in kinds:
        for other in kinds:
            if kind == other:
                signing.verify(KEYS, kind, tokens[kind], 1500)
            else:
                assert reason(kind, tokens[other]) == "forged"
    assert not set(signing.SETS) & set(kinds)  # or a set could be signed for as if it were a kind


def test_expiry_kind_and_unknown_keys() -> None:
    grant = signing.Grant("n" * 16, 1000, 2000, 1, 2, 3, 4, 5, 6, 7, False, "", "")
    token = signing.sign(KEYS, "impression", grant.payload("k2"))
    assert reason("impression", token, 2000) == "expired"
    assert reason("viewable", token) == "forged"
    assert reason("impression", token, secrets=keys.Keys("k1", {"k1": bytes(16)})) == "unknown_key"
    assert signing.verify(KEYS, "impression", token, 1500) == dataclasses.replace(grant)


def test_preview_tokens() -> None:
    url = signing.preview_url(KEYS, "https://ads.example", "ab" * 32, "a b/ü.html", 2000)
    _, _, _, _, token, path = url.split("/", 5)
    assert path == "a%20b/%C3%BC.html"
    assert signing.verify_preview(KEYS, token, 1999) == "ab" * 32
    for bad, now_s in (
        (token[:-1] + "_", 1999),
        (token, 2000),
        ("", 0),
        ("k2~x", 0),
        (token.replace("ab", "ac"), 1999),
    ):
        with pytest.raises(signing.Refused):
            signing.verify_preview(KEYS, bad, now_s)


def test_cap_counts_survive_their_token_and_end_with_their_window() -> None:
    counts = capping.shown(capping.shown({}, 7, 100), 7, 200)
    assert counts == {7: capping.Count(2, 100)}
    for kept in (capping.Kept(counts), capping.Kept(counts, "n-_x", 300), capping.Kept({}, "n", 300)):
        token = capping.write(KEYS, kept)
        assert capping.read(KEYS, token) == kept
        assert capping.read(KEYS, token[:-1] + "-") == capping.NOTHING
    assert capping.write(KEYS, capping.NOTHING) == ""
    assert capping.current(counts, {7: 60}, 159) == counts
    assert capping.current(counts, {7: 60}, 160) == {}
    many = {flight: capping.Count(1, flight) for flight in range(1000)}
    assert len(capping.write(KEYS, capping.Kept(many))) < 1500


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"current": "k9", "keys": {"k1": "11" * 32}}, "'k9' is not among keys"),
        ({"current": "k1", "keys": {"k1": "1111"}}, "2 bytes; at least 16"),
        ({"current": "k~", "keys": {"k~": "11" * 32}}, "letters and digits"),
        ({"keys": {}}, "expected"),
        ([], "expected"),
    ],
)
def test_a_keys_file_that_cannot_be_used_says_why(row: object, words: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps(row))
    with pytest.raises(keys.KeysInvalid, match=words):
        keys.load(path)
