"""Spaces that a recogniser leaves out, put back where the picture shows a hole between two letters. Pixels and letters only."""
import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

HOLE, HOLE_IN_FIGURES = 0.20, 0.36  # of the type's size: wider holes part words; a 1 has wide sides, and figures are rarely parted
TALL, TALL_BELOW = 0.72, 0.93       # of the type's size that letters rise, without and with those that reach below the line
BELOW = set("gjpqyQ()[]{}|,;$_")
FIGURES = set("0123456789.,/:-$")
DARK = 0.7        # of the way from the darkest to the lightest
FLATTEST = 40     # greys between them; less is paper

Crop = NDArray[np.uint8]


def spaced(text: str, middles: Sequence[float], crop: Crop) -> str:
    """The text with a space wherever a hole of the crop (grey, one line of writing) lies between two of its letters.

    `middles` are the letters' middles in the crop's columns, spaces not among them.
    """
    letters = [letter for letter in text if not letter.isspace()]
    if len(letters) != len(middles) or len(letters) < 2:
        return text
    holes, size = holes_of(crop, bool(BELOW & set(text)))
    said, found = spaces_of(text), letters[0]
    for index, (left, right) in enumerate(itertools.pairwise(middles)):
        least = (HOLE_IN_FIGURES if {letters[index], letters[index + 1]} <= FIGURES else HOLE) * size
        parted = index in said or any(left < (first + last) / 2 < right and last - first - 1 > least for first, last in holes)
        found += " " + letters[index + 1] if parted else letters[index + 1]
    return found


def spaces_of(text: str) -> set[int]:
    """After which letters (counted without spaces) the text has a space already."""
    found, index = set(), -1
    for letter in text:
        if letter.isspace():
            found.add(index)
        else:
            index += 1
    return found


def holes_of(crop: Crop, below: bool) -> tuple[list[tuple[int, int]], float]:
    """(columns of ink on both sides of each hole, the type's size in pixels); no hole where the crop is all paper."""
    if crop.size == 0 or int(crop.max()) - int(crop.min()) < FLATTEST:
        return [], 1.0
    ink = crop < int(crop.min()) + DARK * (int(crop.max()) - int(crop.min()))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    size = float(rows[-1] - rows[0] + 1) / (TALL_BELOW if below else TALL)
    return [(int(left), int(right)) for left, right in itertools.pairwise(columns) if right - left > 1], size
