"""Reading fields of bits from the web-safe base64 in which the IAB's consent strings are written."""

from __future__ import annotations

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUE = {letter: number for number, letter in enumerate(_ALPHABET)}
MOST_BITS = 100_000
"""More than any real string has (a bit for each of 65,535 vendors, twice over, comes as ranges)."""


class Unreadable(ValueError):
    """The text is not a consent string of the expected kind."""


class Bits:
    """A text's bits and how far they have been read. Padding is ignored, so a last partial byte may be read."""

    def __init__(self, text: str) -> None:
        letters = text.rstrip("=")
        if len(letters) * 6 > MOST_BITS:
            raise Unreadable("too long")
        try:
            self._bits = "".join(f"{_VALUE[letter]:06b}" for letter in letters)
        except KeyError as odd:
            raise Unreadable(f"{odd} is no letter of web-safe base64") from odd
        self._at = 0

    def whole(self, width: int) -> int:
        """Return the next `width` bits as a number; raises Unreadable at the end."""
        return int(self._take(width), 2)

    def yes(self) -> bool:
        """Return the next bit."""
        return self._take(1) == "1"

    def chosen(self, width: int) -> frozenset[int]:
        """Return the places, from 1, of the ones among the next `width` bits."""
        return frozenset(n for n, bit in enumerate(self._take(width), 1) if bit == "1") if width else frozenset()

    def skip(self, width: int) -> None:
        """Pass over bits; raises Unreadable at the end."""
        self._take(width)

    def fibonacci(self) -> int:
        """Return the next Fibonacci-coded number (at least 1), which ends in two ones."""
        end = self._bits.find("11", self._at)
        if end < 0:
            raise Unreadable("a Fibonacci number does not end")
        code = self._take(end + 1 - self._at)
        self._at += 1
        total, one, two = 0, 1, 2
        for bit in code:
            total += one if bit == "1" else 0
            one, two = two, one + two
        return total

    def _take(self, width: int) -> str:
        taken = self._bits[self._at : self._at + width]
        if len(taken) < width:
            raise Unreadable("ends too early")
        self._at += width
        return taken
