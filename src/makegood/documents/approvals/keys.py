"""The installation's signing key for chain heads: Ed25519 (RFC 8032), a file of mode 0600. The public half is given away."""

import dataclasses
import os
import pathlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """Signs; `public` is its other half in hexadecimal."""

    secret: Ed25519PrivateKey = dataclasses.field(repr=False)

    @property
    def public(self) -> str:
        """32 bytes as 64 hexadecimal digits."""
        return self.secret.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """The signature, 128 hexadecimal digits."""
        return self.secret.sign(message).hex()


def read_or_make(path: pathlib.Path) -> Key:
    """The key in `path`, made at the first call. Of two processes that make it at once, one wins and both use that one."""
    try:
        return Key(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip())))
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process's key is the installation's
    finally:
        draft.unlink()
    return read_or_make(path)


def signed_by(public: str, signature: str, message: bytes) -> bool:
    """Whether the holder of `public` signed exactly this; False for anything that is no key or no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
