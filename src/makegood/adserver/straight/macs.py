"""Where kernels find the keyed BLAKE2b that signs: in OpenSSL's libcrypto, or by way of Python's hashlib where there is none.

Both are `keys.Keys`' own MAC; what is made here is tried against it before it is used.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
from typing import Any, Protocol

DIGEST_BYTES = 54
_UNSIGNED = 2
_TRIAL = b"shown~a trial of more than one block " * 9


class Mac(Protocol):
    """Addresses of C functions and of what they are handed: begin(mac, 0, 0, 0), add(mac, text, length), end(mac, to, &made, size).

    Each returns 1 when it went well.
    """

    calls: tuple[int, int, int]
    mac: int


class _Parameter(ctypes.Structure):
    """OSSL_PARAM."""

    _fields_ = (("key", ctypes.c_char_p), ("kind", ctypes.c_uint), ("data", ctypes.c_void_p), ("size", ctypes.c_size_t), ("made", ctypes.c_size_t))


class OpenSsl:
    """BLAKE2BMAC of OpenSSL 3; raises OSError or AttributeError where that is not to be had."""

    def __init__(self, key: bytes) -> None:
        self._library = library = ctypes.CDLL(ctypes.util.find_library("crypto") or "libcrypto.so.3")
        for name in ("EVP_MAC_fetch", "EVP_MAC_CTX_new"):
            getattr(library, name).restype = ctypes.c_void_p
        found = library.EVP_MAC_fetch(None, b"BLAKE2BMAC", None)
        if not found:
            raise OSError("libcrypto has no BLAKE2BMAC")
        self.mac = int(library.EVP_MAC_CTX_new(ctypes.c_void_p(found)))
        size = ctypes.c_size_t(DIGEST_BYTES)
        given = (_Parameter * 2)(_Parameter(b"size", _UNSIGNED, ctypes.addressof(size), ctypes.sizeof(size), 0), _Parameter())
        # A beginning without a key takes the one before: every MAC starts so.
        if library.EVP_MAC_init(ctypes.c_void_p(self.mac), key, ctypes.c_size_t(len(key)), given) != 1:
            raise OSError("libcrypto refused the key")
        begin, add, end = (address_of(getattr(library, f"EVP_MAC_{name}")) for name in ("init", "update", "final"))
        self.calls = begin, add, end


class Hashlib:
    """The same by calls back into Python: some microseconds a MAC."""

    mac = 0

    def __init__(self, key: bytes) -> None:
        self._begun = self._now = hashlib.blake2b(key=key, digest_size=DIGEST_BYTES)
        kind = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_size_t] * 4)
        self._kept = kind(self._begin), kind(self._add), kind(self._end)
        begin, add, end = map(address_of, self._kept)
        self.calls = begin, add, end

    def _begin(self, *unused: int) -> int:
        self._now = self._begun.copy()
        return 1

    def _add(self, mac: int, text: int, length: int, unused: int) -> int:
        self._now.update(ctypes.string_at(text, length))
        return 1

    def _end(self, mac: int, to: int, made: int, size: int) -> int:
        ctypes.memmove(to, self._now.digest(), DIGEST_BYTES)
        return 1


def of(key: bytes) -> Mac:
    """Return the quickest MAC under a key of 16 to 64 bytes that gives what hashlib does."""
    try:
        made = OpenSsl(key)
        if digest(made, _TRIAL) == hashlib.blake2b(_TRIAL, key=key, digest_size=DIGEST_BYTES).digest():
            return made
    except (OSError, AttributeError):
        pass
    return Hashlib(key)


def digest(mac: Mac, message: bytes) -> bytes:
    """Return one MAC, made as kernels make it."""
    kind = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_size_t] * 4)
    text, to, made = ctypes.create_string_buffer(message, len(message)), ctypes.create_string_buffer(DIGEST_BYTES), ctypes.c_size_t(0)
    begin, add, end = map(kind, mac.calls)
    begin(mac.mac, 0, 0, 0)
    add(mac.mac, ctypes.addressof(text), len(message), 0)
    end(mac.mac, ctypes.addressof(to), ctypes.addressof(made), DIGEST_BYTES)
    return to.raw


def address_of(function: Any) -> int:
    """Return where a C function stands."""
    return ctypes.cast(function, ctypes.c_void_p).value or 0
