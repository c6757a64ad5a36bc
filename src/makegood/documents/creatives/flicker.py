"""How often a quarter of the screen flashes within a second.
Source: ITU-R BT.1702-2 and WCAG 2.2, 2.3.1: a flash is a pair of opposing changes of relative luminance of a tenth of
the maximum or more, the darker below 0.80; or a pair of opposing changes to or from saturated red.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Levels = npt.NDArray[np.float32]
Marks = npt.NDArray[np.bool_]
AREA = 0.25
BLOCK = 3
TOGETHER = 3  # frames over which a change of a quarter of the screen may be spread
LINEAR = np.where(
    np.arange(256) / 255 <= 0.04045, np.arange(256) / 255 / 12.92, ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4
).astype(np.float32)


def luminance(picture: npt.NDArray[np.uint8]) -> Levels:
    """Mean relative luminance from 0 to 1 of the blocks of an sRGB picture of shape (rows, columns, 3)."""
    return _blocks(LINEAR[picture] @ np.array([0.2126, 0.7152, 0.0722], np.float32))


def redness(picture: npt.NDArray[np.uint8]) -> Levels:
    """How saturated a red the blocks show, from 0 to 1; 0 where red is less than four fifths of the light."""
    red, rest = LINEAR[picture[..., 0]], LINEAR[picture[..., 1]] + LINEAR[picture[..., 2]]
    return _blocks(np.where(red >= 4 * rest, red - rest, np.float32(0)))


def _blocks(levels: Levels) -> Levels:
    """Means of BLOCK x BLOCK cells: a fine texture that moves is no flash."""
    rows, columns = levels.shape[0] // BLOCK, levels.shape[1] // BLOCK
    mean: Levels = levels.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))
    return mean


@dataclass(slots=True)
class Flicker:
    """Follows the level of each block; ``step`` is the change that counts, ``darker_below`` bounds its darker side."""

    step: float
    darker_below: float
    most: tuple[int, float] = (0, 0.0)
    _extreme: Levels | None = None
    _rising: npt.NDArray[np.int8] | None = None
    _recent: deque[tuple[Marks, Marks]] = field(default_factory=lambda: deque(maxlen=TOGETHER))
    _turns: deque[float] = field(default_factory=deque)
    _last: int = 0

    def take(self, level: Levels, at_s: float) -> None:
        """The levels of a frame shown from ``at_s`` on."""
        if self._extreme is None or self._rising is None:
            self._extreme, self._rising = level.copy(), np.zeros(level.shape, np.int8)
            return
        extreme, rising = self._extreme, self._rising
        up = (level - extreme >= self.step) & (extreme < self.darker_below) & (rising != 1)
        down = (extreme - level >= self.step) & (level < self.darker_below) & (rising != -1)
        rising[up], rising[down] = 1, -1
        follows = up | down | ((rising == 1) & (level > extreme)) | ((rising == -1) & (level < extreme))
        extreme[follows] = level[follows]
        self._recent.append((up, down))
        for way, marks in ((1, [one[0] for one in self._recent]), (-1, [one[1] for one in self._recent])):
            if way != self._last and np.count_nonzero(np.logical_or.reduce(marks)) >= AREA * level.size:
                self._turn(way, at_s)

    def _turn(self, way: int, at_s: float) -> None:
        self._last = way
        self._recent.clear()
        self._turns.append(at_s)
        while self._turns[0] < at_s - 1.0005:
            self._turns.popleft()
        pairs = len(self._turns) // 2
        if pairs > self.most[0]:
            self.most = (pairs, round(self._turns[0], 3))
