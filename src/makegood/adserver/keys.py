"""The signing keys and their file: one current key signs, every key in the file verifies.

Reading them and computing the MAC live here; what is signed is in `signing`.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
import pathlib
import re
from collections.abc import Mapping

TAG_LENGTH = 24
TAGS = 3
_KEY_ID = re.compile(r"[A-Za-z0-9]{1,16}")
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class KeysInvalid(ValueError):
    """The keys file cannot be used; the message names the place and the remedy."""


class Keys:
    """Keyed BLAKE2b under named keys. Rotation: add a key, make it current, drop the old one after URLs expire.

    `secret` is the current key, for whoever makes the same MAC elsewhere (`straight.macs`).
    """

    def __init__(self, current: str, keys: Mapping[str, bytes]) -> None:
        if current not in keys:
            raise KeysInvalid(f"keys.current: {current!r} is not among keys: add it or name another")
        for name, secret in keys.items():
            if not _KEY_ID.fullmatch(name):
                raise KeysInvalid(f"keys.{name}: an id is 1 to 16 letters and digits")
            if len(secret) < 16:
                raise KeysInvalid(f"keys.{name}: {len(secret)} bytes; at least 16 (32 hex digits) are needed")
        self.current = current
        self.secret = _within(keys[current])
        # The key's own block is hashed once: a MAC then starts from a copy.
        self._states = {name: _state(secret) for name, secret in keys.items()}

    def __contains__(self, key_id: object) -> bool:
        return key_id in self._states

    def tags(self, message: bytes, key_id: str | None = None) -> str:
        """Return the MAC (RFC 7693, keyed, 432 bits) as TAGS tags of TAG_LENGTH URL-safe characters, one behind another.

        Each is 144 bits of one pseudo-random output: knowing some of them says nothing about the others.
        """
        state = self._states[key_id or self.current].copy()
        state.update(message)
        return text_of(state.digest())

    def number(self, message: bytes, size: int, key_id: str | None = None) -> int:
        """Return the first `size` bytes of a MAC as a whole number."""
        state = self._states[key_id or self.current].copy()
        state.update(message)
        return int.from_bytes(state.digest()[:size])

    def sign(self, message: bytes, key_id: str | None = None, number: int = 0) -> str:
        """Return one tag of a message."""
        return self.tags(message, key_id)[number * TAG_LENGTH : (number + 1) * TAG_LENGTH]

    def matches(self, message: bytes, signature: str, key_id: str, number: int = 0) -> bool:
        """Compare in constant time."""
        expected = self.sign(message, key_id, number)
        return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def text_of(digest: bytes) -> str:
    """Return a MAC as URL-safe characters."""
    return binascii.b2a_base64(digest, newline=False).translate(_URL_SAFE).decode("ascii")


def _state(secret: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(key=_within(secret), digest_size=TAGS * TAG_LENGTH * 6 // 8)


def _within(secret: bytes) -> bytes:
    """A key of the length BLAKE2b takes."""
    return secret if len(secret) <= hashlib.blake2b.MAX_KEY_SIZE else hashlib.blake2b(secret).digest()


def load(path: pathlib.Path) -> Keys:
    """Read `{"current": "k1", "keys": {"k1": "<hex>"}}`; raises KeysInvalid naming what is wrong."""
    try:
        row = json.loads(path.read_bytes())
        return Keys(str(row["current"]), {str(k): bytes.fromhex(v) for k, v in row["keys"].items()})
    except KeysInvalid:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysInvalid(f'{path}: {error!r}; expected {{"current": "k1", "keys": {{"k1": "hex"}}}}') from error
