"""What signs inside kernels gives what hashlib gives, by whichever library; one that does not is not taken."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.adserver import keys
from makegood.adserver.straight import macs
from tests.adserver import straight
from tests.adserver.test_straight import targeted


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=16, max_size=64), st.lists(st.binary(max_size=400), min_size=1, max_size=3))
def test_both_libraries_give_what_hashlib_gives(key, messages):
    for mac in (macs.OpenSsl(key), macs.Hashlib(key)):
        for message in messages:  # each begins anew
            assert macs.digest(mac, message) == hashlib.blake2b(message, key=key, digest_size=54).digest()


@pytest.mark.parametrize("secret", [b"k" * 16, b"k" * 64, b"k" * 65, b"k" * 200])
def test_keys_of_any_length_sign_the_same(secret):
    signing = keys.Keys("k1", {"k1": secret})
    assert signing.tags(b"shown~payload") == keys.text_of(macs.digest(macs.of(signing.secret), b"shown~payload"))


def another(key: bytes) -> macs.Mac:
    return macs.Hashlib(key[::-1] + b"x")


def without(key: bytes) -> macs.Mac:
    raise OSError("no such library")


@pytest.mark.parametrize("library", [without, another])
def test_a_library_that_is_not_there_or_gives_something_else_is_not_taken(monkeypatch, library):
    monkeypatch.setattr(macs, "OpenSsl", library)
    assert isinstance(macs.of(b"k" * 32), macs.Hashlib)


def test_the_library_that_python_itself_links_is_taken():
    assert isinstance(macs.of(b"k" * 32), macs.OpenSsl)


def test_answers_are_the_same_without_it(tmp_path, monkeypatch):
    import asyncio

    monkeypatch.setattr(macs, "OpenSsl", without)
    loop = asyncio.new_event_loop()
    pair = straight.Pair(tmp_path, targeted(), loop)
    for seed in range(20):
        for place in (b"home", b"audio", b"targeted"):
            one, other, logged, logged_too = pair.ask(straight.request(b'{"slots":[{"placement":"%s"}]}' % place), seed)
            assert (one, logged) == (other, logged_too)
    assert pair.straightly > 20
    pair.close()
    loop.close()
