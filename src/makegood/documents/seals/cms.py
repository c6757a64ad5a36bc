"""The detached signature inside a sealed PDF: CMS SignedData (RFC 5652) with the attributes PAdES B-B asks for (ETSI EN 319 142-1).

There is exactly one way to write it from certificate, digest and signature, so a reader writes it again and compares every byte.
"""

import dataclasses

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from makegood.documents.seals import der
from makegood.documents.seals.der import value

DATA, SIGNED_DATA = der.oid("1.2.840.113549.1.7.1"), der.oid("1.2.840.113549.1.7.2")
CONTENT_TYPE, MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.3"), der.oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE = der.oid("1.2.840.113549.1.9.16.2.47")  # version 2, RFC 5035: binds the certificate into what is signed
SHA256 = value(der.SEQUENCE, der.oid("2.16.840.1.101.3.4.2.1"))
ECDSA_SHA256 = value(der.SEQUENCE, der.oid("1.2.840.10045.4.3.2"))
VERSION = value(der.INTEGER, b"\x01")


@dataclasses.dataclass(frozen=True, slots=True)
class Parts:
    """What differs from seal to seal."""

    certificate: x509.Certificate
    signature: bytes


def attributes(certificate: x509.Certificate, digest: bytes) -> bytes:
    """The signed attributes as they are signed: a SET in DER order, with the SHA-256 of the paper's bytes."""
    bound = value(der.SEQUENCE, value(der.SEQUENCE, value(der.SEQUENCE, value(der.OCTETS, certificate.fingerprint(hashes.SHA256())))))
    found = [(CONTENT_TYPE, DATA), (MESSAGE_DIGEST, value(der.OCTETS, digest)), (SIGNING_CERTIFICATE, bound)]
    return value(der.SET, *sorted(value(der.SEQUENCE, name, value(der.SET, one)) for name, one in found))


def written(parts: Parts, digest: bytes) -> bytes:
    """The whole signature."""
    certificate = parts.certificate
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    issued_by = value(der.SEQUENCE, certificate.issuer.public_bytes(), _integer(certificate.serial_number))
    signed = value(der.CONTEXT_0, attributes(certificate, digest)[_head(attributes(certificate, digest)) :])
    signer = value(der.SEQUENCE, VERSION, issued_by, SHA256, signed, ECDSA_SHA256, value(der.OCTETS, parts.signature))
    content = value(
        der.SEQUENCE, VERSION, value(der.SET, SHA256), value(der.SEQUENCE, DATA), value(der.CONTEXT_0, encoded), value(der.SET, signer)
    )
    return value(der.SEQUENCE, SIGNED_DATA, value(der.CONTEXT_0, content))


def read(data: bytes) -> Parts:
    """Certificate and signature of what `written` wrote. Raises ValueError for anything else; `written` then tells whether all of it is."""
    _, wrapped = der.inside(data, der.SEQUENCE)
    content = der.inside(der.inside(wrapped[2], der.CONTEXT_0)[0][2], der.SEQUENCE)
    if len(content) != 5:
        raise ValueError("its signature is of another kind")
    signer = der.inside(der.inside(content[4][2], der.SET)[0][2], der.SEQUENCE)
    return Parts(x509.load_der_x509_certificate(content[3][1]), signer[-1][1])


def _integer(number: int) -> bytes:
    return value(der.INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _head(encoded: bytes) -> int:
    """Bytes of tag and length."""
    return 2 + (encoded[1] & 0x7F if encoded[1] & 0x80 else 0)
