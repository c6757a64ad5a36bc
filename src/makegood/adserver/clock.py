"""Time and chance as things passed in, and the real ones a running server uses.

What decides or counts reads no other clock and draws no other number; connection timeouts go by the event loop.
"""

from __future__ import annotations

import base64
import os
import random
import time
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
_DRAWN = 1024


class Clock(Protocol):
    """Wall clock in whole milliseconds since 1970 UTC."""

    def now_ms(self) -> int: ...


class Random(Protocol):
    """Where draws and nonces come from."""

    def u(self) -> float:
        """Return a uniform draw in [0, 1)."""
        ...

    def nonce(self) -> str:
        """Return 16 URL-safe characters (96 bits) that never repeat."""
        ...

    def many(self, count: int) -> tuple[Floats, Bytes]:
        """Return so many draws, and as many nonces one behind another, as bytes."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Return milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000


class ShiftedClock:
    """The machine's clock moved so that it says `start_ms` now: for running a plan of another time."""

    def __init__(self, start_ms: int) -> None:
        self._shift_ms = start_ms - SystemClock().now_ms()

    def now_ms(self) -> int:
        """Return the shifted milliseconds since 1970 UTC."""
        return SystemClock().now_ms() + self._shift_ms


class SystemRandom:
    """Fast draws from the Mersenne twister; nonces from the operating system, because they guard billing."""

    def __init__(self) -> None:
        self.u = random.Random(os.urandom(16)).random
        self._generator, self._next, self._pool = np.random.Generator(np.random.SFC64()), 0, list[str]()
        self._fill()

    def nonce(self) -> str:
        """Return 96 random bits as 16 URL-safe characters, read from the system 64 at a time."""
        if not self._pool:
            text = base64.urlsafe_b64encode(os.urandom(12 * 64)).decode()
            self._pool = [text[n : n + 16] for n in range(0, len(text), 16)]
        return self._pool.pop()

    def many(self, count: int) -> tuple[Floats, Bytes]:
        """Return so many of each, at most `_DRAWN`, from a store that is filled when it has no more."""
        if self._next + count > _DRAWN:
            self._fill()
        first, self._next = self._next, self._next + count
        return self._us[first : first + count], self._nonces[16 * first : 16 * (first + count)]

    def _fill(self) -> None:
        nonces = base64.urlsafe_b64encode(os.urandom(12 * _DRAWN))
        self._us, self._nonces, self._next = self._generator.random(_DRAWN), _bytes(nonces), 0


class SeededRandom:
    """Repeatable draws and nonces from one seed, for replays and tests."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.u = self._random.random

    def nonce(self) -> str:
        """Return the next 96 bits of the seeded sequence."""
        return base64.urlsafe_b64encode(self._random.randbytes(12)).decode()

    def many(self, count: int) -> tuple[Floats, Bytes]:
        """Return what `u` and `nonce` would in turn."""
        pairs = [(self.u(), self.nonce()) for _ in range(count)]
        return np.array([u for u, _ in pairs]), _bytes("".join(nonce for _, nonce in pairs).encode())


def _bytes(text: bytes) -> Bytes:
    return np.frombuffer(bytearray(text), dtype=np.uint8)
