"""Every picture of a video seen small: black, frozen, framed by bars, flashing.
Takes decoded frames one by one; nothing is opened and nothing is judged here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from makegood.documents.creatives.flicker import Flicker, luminance, redness
from makegood.engine.specs.facts import Stretch

WIDE, HIGH = 96, 54
DARK = 25  # of 255: a tenth of the range, as ffmpeg's blackdetect counts black
BLACK_SHARE = 0.98
STILL = 1.5  # levels of 255 by which an encoder's noise moves a block of a still picture
BLOCK = 6
SHORTEST_S = {"black": 0.2, "frozen": 1.0}

Picture = npt.NDArray[np.uint8]


@dataclass(slots=True)
class Run:
    """Stretches of frames of which something holds; those shorter than ``least_s`` are forgotten."""

    least_s: float
    stretches: list[Stretch] = field(default_factory=list)
    _since: float | None = None

    def take(self, holds: bool, at_s: float) -> None:
        """Whether it holds of the frame shown from ``at_s`` on."""
        if holds and self._since is None:
            self._since = at_s
        elif not holds and self._since is not None:
            if at_s - self._since >= self.least_s - 0.0005:
                self.stretches.append(Stretch(round(self._since, 3), round(at_s, 3)))
            self._since = None


def still(picture: Picture, before: Picture) -> bool:
    """Whether nothing moved between two pictures beyond an encoder's noise."""
    apart = np.abs(np.subtract(picture, before, dtype=np.float32))
    rows = np.add.reduceat(apart.reshape(HIGH, -1), np.arange(0, HIGH, BLOCK), axis=0)
    blocks = np.add.reduceat(rows, np.arange(0, WIDE * 3, BLOCK * 3), axis=1)
    return bool(blocks.max() <= STILL * BLOCK * BLOCK * 3)


@dataclass(slots=True)
class Watcher:
    """Takes frames in the order they are shown; the answers are whole after ``close``."""

    black: Run = field(default_factory=lambda: Run(SHORTEST_S["black"]))
    frozen: Run = field(default_factory=lambda: Run(SHORTEST_S["frozen"]))
    flicker: tuple[Flicker, Flicker] = field(default_factory=lambda: (Flicker(0.1, 0.8), Flicker(20 / 320, 2.0)))
    _shrink: VideoReformatter = field(default_factory=VideoReformatter)
    _before: Picture | None = None
    _before_s: float = 0.0
    _brightest: Picture | None = None

    def take(self, frame: VideoFrame, at_s: float) -> None:
        """See one frame shown from ``at_s`` on."""
        small = self._shrink.reformat(frame, WIDE, HIGH, "rgb24", interpolation=Interpolation.FAST_BILINEAR)
        picture = np.asarray(small.to_ndarray(), dtype=np.uint8)
        bright = np.maximum(np.maximum(picture[..., 0], picture[..., 1]), picture[..., 2])
        is_black = bool(np.count_nonzero(bright <= DARK) >= BLACK_SHARE * bright.size)
        self.black.take(is_black, at_s)
        if self._before is not None:
            self.frozen.take(not is_black and still(picture, self._before), self._before_s)
        if not is_black:
            self._brightest = bright if self._brightest is None else np.maximum(self._brightest, bright)
        sparse = picture[::2, ::2]
        for one, level in zip(self.flicker, (luminance(sparse), redness(sparse)), strict=True):
            one.take(level, at_s)
        self._before, self._before_s = picture, at_s

    def close(self, end_s: float) -> None:
        """No frame follows; the last was shown until ``end_s``."""
        self.black.take(False, end_s)
        self.frozen.take(False, end_s)

    @property
    def bars(self) -> tuple[float, float, float, float]:
        """Shares of the picture that stay black all along: top, bottom, left, right."""
        if self._brightest is None:
            return 0.0, 0.0, 0.0, 0.0
        lit = self._brightest > DARK
        rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
        if not rows.size:
            return 0.0, 0.0, 0.0, 0.0
        return (round(int(rows[0]) / HIGH, 3), round((HIGH - 1 - int(rows[-1])) / HIGH, 3),
                round(int(columns[0]) / WIDE, 3), round((WIDE - 1 - int(columns[-1])) / WIDE, 3))  # fmt: skip

    @property
    def flashes(self) -> tuple[int, float]:
        """Most flashes within any one second, and the second at which it begins."""
        return max((one.most for one in self.flicker), key=lambda most: most[0])
