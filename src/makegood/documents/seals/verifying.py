"""Checking a sealed paper with nothing but the file: every byte, the certificate, the evidence inside, and whose key it is."""

import dataclasses
import hashlib
import json
import re
from typing import Any

import pypdfium2
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from makegood.documents.seals import cms, evidence, sealing

SPAN = re.compile(rb"/ByteRange\[0 (\d{10}) (\d{10}) (\d{10})\]")


class NotSealed(ValueError):
    """It is no paper with a seal of this kind at all."""


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """`faults` is empty when all that could be checked holds; `unchecked` says what was not, and what it takes."""

    name: str
    certificate_sha256: str
    evidence: dict[str, Any]
    held: tuple[str, ...]
    faults: tuple[str, ...]
    unchecked: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Nothing contradicts the seal."""
        return not self.faults


def verify(pdf: bytes, *, public: str = "") -> Checked:
    """Check a sealed paper; against the seller's `public` key (64 hexadecimal digits) when given. Raises NotSealed."""
    spans = list(SPAN.finditer(pdf))
    if not spans:
        raise NotSealed("it has no seal: it is not sealed, or its seal was removed")
    start, end, rest = map(int, spans[-1].groups())
    unknown = () if public else ("whose seal it is: give --key with the seller's public key",)
    try:
        parts, digest = _signature(pdf, start, end, rest)
        certificate = parts.certificate
        _demand(_signed(parts, digest), "its bytes are not those that were sealed")
        name, fingerprint = certificate.subject.rfc4514_string(), certificate.fingerprint(hashes.SHA256()).hex()
    except (ValueError, x509.InvalidVersion, UnsupportedAlgorithm) as wrong:  # whatever a changed certificate is read as
        return Checked("", "", {}, (), (str(wrong),), unknown)
    inside = _evidence(pdf)
    wrong_inside = evidence.faults(inside, fingerprint, public)
    held = ["every byte is as it was sealed"]
    held += [] if wrong_inside else ["the evidence inside is signed and names this seal", *(["the key is the seller's"] if public else [])]
    return Checked(name, fingerprint, inside if isinstance(inside, dict) else {}, tuple(held), tuple(wrong_inside), unknown)


def _signature(pdf: bytes, start: int, end: int, rest: int) -> tuple[cms.Parts, bytes]:
    """Its parts and the digest of everything around it. Raises ValueError when any byte of it is written otherwise."""
    whole = end + rest == len(pdf) and end - start == 2 * sealing.ROOM + 2 and pdf[start : start + 1] == b"<" and pdf[end - 1 : end] == b">"
    _demand(whole, "the seal does not reach over the whole file")
    digest = hashlib.sha256(pdf[:start] + pdf[end:]).digest()
    written = pdf[start + 1 : end - 1]
    try:
        padded = bytes.fromhex(written.decode("ascii"))
        length = 4 + int.from_bytes(padded[2:4], "big")
        parts = cms.read(padded[:length])
        again = cms.written(parts, digest).hex().encode().ljust(2 * sealing.ROOM, b"0")
    except (ValueError, TypeError, IndexError, x509.InvalidVersion) as wrong:
        raise ValueError(f"the seal was altered: {wrong}") from wrong
    _demand(again == written, "its bytes are not those that were sealed")
    return parts, digest


def _signed(parts: cms.Parts, digest: bytes) -> bool:
    """Whether the certificate's key signed this digest, and the certificate itself."""
    key = parts.certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(parts.signature, cms.attributes(parts.certificate, digest), ec.ECDSA(hashes.SHA256()))
        parts.certificate.verify_directly_issued_by(parts.certificate)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _evidence(pdf: bytes) -> Any:
    """The evidence attached, None when there is none that can be read."""
    book = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(book.count_attachments()):
            one = book.get_attachment(number)
            if one.get_name() == evidence.NAME:
                return json.loads(bytes(one.get_data()))
    except (ValueError, pypdfium2.PdfiumError):
        return None
    finally:
        book.close()
    return None


def _demand(condition: bool, problem: str) -> None:
    if not condition:
        raise ValueError(problem)
