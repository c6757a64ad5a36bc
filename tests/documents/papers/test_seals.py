"""A sealed paper: found whole, found changed wherever a byte was, found not ours; never taken for sealed when it is not."""

import datetime
import functools
import pathlib
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.documents import approvals, papers, seals
from makegood.documents.seals import cms, der
from tests.documents.written import samples

AT = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)


@functools.cache
def made() -> tuple[bytes, str]:
    """A sealed paper and the public key to check it with."""
    folder = pathlib.Path(tempfile.mkdtemp())
    return sealed(folder, "NL-20377")


def sealed(folder: pathlib.Path, number: str) -> tuple[bytes, str]:
    mark, key = seals.read_or_make(folder / "seal.pem", name="Northlight Media", at=AT), approvals.read_or_make(folder / "key")
    snapshot = {"number": number, "net": "34000.00"}
    body = {"order": number, "revision": 2, "snapshot": snapshot, "snapshot_sha256": approvals.body_sha256(snapshot)}
    attached = seals.attested(body, key, certificate_sha256=mark.fingerprint)
    return seals.seal(papers.pdf(samples.ORDER, attached={seals.NAME: attached}), mark, name="Northlight Media", reason="Both signed ()\\", at=AT), key.public


def holds(pdf: bytes, public: str = "") -> bool:
    try:
        return seals.verify(pdf, public=public).holds
    except seals.NotSealed:
        return False


def test_a_sealed_paper_holds_and_says_what_was_not_checked():
    pdf, public = made()
    found = seals.verify(pdf, public=public)
    assert (found.holds, found.faults, found.unchecked, found.evidence["order"]) == (True, (), (), "NL-20377")
    assert seals.verify(pdf).unchecked == ("whose seal it is: give --key with the seller's public key",)


@given(st.data())
def test_a_changed_bit_anywhere_is_found(data):
    pdf, public = made()
    at, bit = data.draw(st.integers(0, len(pdf) - 1)), data.draw(st.integers(0, 7))
    assert not holds(pdf[:at] + bytes([pdf[at] ^ 1 << bit]) + pdf[at + 1 :], public)
    assert not holds(pdf[:at] + bytes([pdf[at] ^ 1 << bit]) + pdf[at + 1 :])


def test_no_byte_of_the_signature_itself_is_free():
    """Hexadecimal reads the same in either case, and DER has fields no signature covers: all of them are compared."""
    pdf, public = made()
    start = pdf.rindex(b"/Contents<") + 10
    used = pdf[start:].index(b"0" * 64) + 40
    for at in range(start, start + used, 3):
        for bit in (0, 5):
            assert not holds(pdf[:at] + bytes([pdf[at] ^ 1 << bit]) + pdf[at + 1 :], public), at


def test_cut_short_added_to_or_unsealed_does_not_hold():
    pdf, public = made()
    assert [holds(one, public) for one in (pdf[:-1], pdf + b"\n", pdf[: len(pdf) // 2], b"", papers.pdf(samples.ORDER))] == [False] * 5
    with pytest.raises(seals.NotSealed, match="no seal"):
        seals.verify(papers.pdf(samples.ORDER))


def test_anothers_seal_over_the_same_words_is_not_ours(tmp_path):
    _, public = made()
    other, their_key = sealed(tmp_path, "NL-20377")
    assert (holds(other, their_key), holds(other, public)) == (True, False)
    assert "not the seal of this seller" in seals.verify(other, public=public).faults[0]


def test_a_sealed_paper_is_not_sealed_twice_and_anything_else_is_refused(tmp_path):
    mark = seals.read_or_make(tmp_path / "seal.pem", name="", at=AT)
    for odd in (made()[0], b"", b"%PDF-1.7 nothing"):
        with pytest.raises(ValueError, match="no unsealed paper"):
            seals.seal(odd, mark, name="x", reason="y", at=AT)


def test_the_seal_is_made_once_and_only_its_owner_reads_it(tmp_path):
    one, two = (seals.read_or_make(tmp_path / "deep" / "seal.pem", name="Ünïcode & Söhne " * 9, at=AT) for _ in range(2))
    assert one.fingerprint == two.fingerprint
    assert (tmp_path / "deep" / "seal.pem").stat().st_mode & 0o777 == 0o600


@given(st.binary(max_size=200))
def test_what_is_no_signature_is_refused_in_words(data):
    try:
        cms.read(data)
    except ValueError:
        return
    raise AssertionError("nothing random is a signature")


@given(st.binary(max_size=300))
def test_der_is_read_back_as_it_was_written(body):
    assert der.inside(der.value(der.SEQUENCE, der.value(der.OCTETS, body)), der.SEQUENCE)[0][1] == body
