"""The signing keys and their file: one current key signs, every key in the file verifies.

Reading and computing HMAC-SHA256 lives here; what is signed is in `signing`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import pathlib
import re
from collections.abc import Mapping

SIGNATURE_LENGTH = 22
_KEY_ID = re.compile(r"[A-Za-z0-9]{1,16}")
_BLOCK_SIZE = 64


class KeysInvalid(ValueError):
    """The keys file cannot be used; the message names the place and the remedy."""


class Keys:
    """HMAC-SHA256 under named keys. Rotation: add a key, make it current, drop the old one after URLs expire."""

    def __init__(self, current: str, keys: Mapping[str, bytes]) -> None:
        if current not in keys:
            raise KeysInvalid(f"keys.current: {current!r} is not among keys: add it or name another")
        for name, secret in keys.items():
            if not _KEY_ID.fullmatch(name):
                raise KeysInvalid(f"keys.{name}: an id is 1 to 16 letters and digits")
            if len(secret) < 16:
                raise KeysInvalid(f"keys.{name}: {len(secret)} bytes; at least 16 (32 hex digits) are needed")
        self.current = current
        # The padded key blocks are hashed once: a signature then costs two copies instead of a fresh HMAC.
        self._states = {name: _states(secret) for name, secret in keys.items()}

    def __contains__(self, key_id: object) -> bool:
        return key_id in self._states

    def sign(self, message: bytes, key_id: str | None = None) -> str:
        """Return the first 128 bits of HMAC-SHA256 (RFC 2104) as 22 URL-safe characters."""
        inner, outer = self._states[key_id or self.current]
        inner, outer = inner.copy(), outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return base64.urlsafe_b64encode(outer.digest()[:16])[:SIGNATURE_LENGTH].decode()

    def matches(self, message: bytes, signature: str, key_id: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(self.sign(message, key_id).encode(), signature.encode("utf-8", "replace"))


def _states(secret: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    block = (secret if len(secret) <= _BLOCK_SIZE else hashlib.sha256(secret).digest()).ljust(_BLOCK_SIZE, b"\0")
    return hashlib.sha256(bytes(b ^ 0x36 for b in block)), hashlib.sha256(bytes(b ^ 0x5C for b in block))


def load(path: pathlib.Path) -> Keys:
    """Read `{"current": "k1", "keys": {"k1": "<hex>"}}`; raises KeysInvalid naming what is wrong."""
    try:
        row = json.loads(path.read_bytes())
        return Keys(str(row["current"]), {str(k): bytes.fromhex(v) for k, v in row["keys"].items()})
    except KeysInvalid:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysInvalid(f'{path}: {error!r}; expected {{"current": "k1", "keys": {{"k1": "hex"}}}}') from error
