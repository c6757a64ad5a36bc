"""How much a scanned page leans, and places on the straightened picture brought back to the page as it is. Pixels and geometry only."""
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LOOKED_AT_PX = 900   # the longer side of the picture on which the lean is measured
MOST, COARSE, FINE = 4.0, 0.5, 0.1  # degrees
LEAST = 0.15         # below this nothing is turned
INK = 128

Box = tuple[float, float, float, float]


def lean_of(picture: Image.Image) -> float:
    """Degrees the page has to be turned (counter-clockwise) so that its lines lie level: the turn at which rows of ink and rows

    of paper differ most (projection profiles, Postl 1986). 0 for a blank or a level page.
    """
    small = picture.convert("L")
    small.thumbnail((LOOKED_AT_PX, LOOKED_AT_PX))
    ink = Image.fromarray(((np.asarray(small) < INK) * 255).astype(np.uint8))
    if not ink.getbbox():
        return 0.0
    best = max(np.arange(-MOST, MOST + COARSE / 2, COARSE), key=lambda turn: contrast(ink, float(turn)))
    best = max(np.arange(best - COARSE, best + COARSE + FINE / 2, FINE), key=lambda turn: contrast(ink, float(turn)))
    return float(best) if abs(best) >= LEAST else 0.0


def contrast(ink: Image.Image, turn: float) -> float:
    """How sharply rows of ink stand against rows of paper when the page is turned so."""
    rows: NDArray[np.float64] = np.asarray(ink.rotate(turn)).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def turned(picture: Image.Image, lean: float) -> Image.Image:
    """The picture made level, of the same size, what comes into view white."""
    return picture.rotate(lean, resample=Image.Resampling.BICUBIC, fillcolor=255) if lean else picture


def back(box: Box, lean: float, size: tuple[float, float]) -> Box:
    """A box of the level page where its middle lies on the page as it is."""
    if not lean:
        return box
    x0, top, x1, bottom = box
    angle = math.radians(lean)
    across, down = (x0 + x1) / 2 - size[0] / 2, (top + bottom) / 2 - size[1] / 2
    x, y = across * math.cos(angle) - down * math.sin(angle) + size[0] / 2, across * math.sin(angle) + down * math.cos(angle) + size[1] / 2
    return x - (x1 - x0) / 2, y - (bottom - top) / 2, x + (x1 - x0) / 2, y + (bottom - top) / 2
