"""The installation's seal: an ECDSA P-256 key with a certificate it signed itself, one PEM file of mode 0600. Made once.

P-256, not Ed25519: readers of PDF know the one and not yet the other (ISO 32002 is newer than most of them).
"""

import dataclasses
import datetime
import os
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

YEARS = 30
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


@dataclasses.dataclass(frozen=True, slots=True)
class Identity:
    """Seals; the certificate is given away with every sealed paper."""

    secret: ec.EllipticCurvePrivateKey = dataclasses.field(repr=False)
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def sign(self, message: bytes) -> bytes:
        """The ECDSA signature over SHA-256 of `message`, in DER."""
        return self.secret.sign(message, ec.ECDSA(hashes.SHA256()))


def read_or_make(path: pathlib.Path, *, name: str, at: datetime.datetime) -> Identity:
    """The identity in `path`, made for `name` at the first call. Of two processes that make it at once, both use the one that won."""
    try:
        pem = path.read_bytes()
    except FileNotFoundError:
        _write(path, name, at)
        pem = path.read_bytes()
    secret = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(secret, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path}: the key in it is none of P-256; put back the file that was made at set-up")
    return Identity(secret, x509.load_pem_x509_certificate(pem))


def _write(path: pathlib.Path, name: str, at: datetime.datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = ec.generate_private_key(ec.SECP256R1())
    pem = secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem + _certificate(secret, name, at).public_bytes(serialization.Encoding.PEM))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process's seal is the installation's
    finally:
        draft.unlink()


def _certificate(secret: ec.EllipticCurvePrivateKey, name: str, at: datetime.datetime) -> x509.Certificate:
    short = name.strip().encode()[:64].decode(errors="ignore") or "Makegood"  # X.520 counts bytes
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, short), x509.NameAttribute(NameOID.ORGANIZATION_NAME, short)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    begins = at.astimezone(datetime.UTC) - datetime.timedelta(hours=1)
    draft = x509.CertificateBuilder(subject, subject, secret.public_key(), x509.random_serial_number(), begins, begins + datetime.timedelta(days=365 * YEARS))
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True).add_extension(usage, critical=True)
    return draft.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False).sign(secret, hashes.SHA256())
