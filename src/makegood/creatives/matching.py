"""Which file is which deliverable: told by size, length and name, all files at once, each deliverable once.

The shape must fit; among those that fit the names decide. Arithmetic only.
"""

import dataclasses
import re
from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from makegood.creatives.shapes import Shape, words

SECONDS = 0.5  # by which a spot may differ from the length asked for
CERTAIN, CLOSE = 60, 15  # points of a fitting shape; by which the next best must be behind for the match to be sure
_SIZE = re.compile(r"\d+\s*[x×]\s*\d+|\.\w{2,5}$|[_\-]+", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Deliverable:
    """One file asked for; `creative_id` when one was sent before and is to be replaced."""

    name: str
    format: str
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    creative_id: int | None = None

    @property
    def shape(self) -> str:
        """Size or length in words."""
        return words(self.format, self.width, self.height, round(self.duration_s) if self.duration_s else None)


@dataclasses.dataclass(frozen=True)
class Match:
    """A file's deliverable with points of 100; `sure` unless another would have done nearly as well."""

    wanted: Deliverable
    score: int
    sure: bool


def match(files: Sequence[tuple[str, Shape]], wanted: Sequence[Deliverable]) -> list[Match | None]:
    """For each (name, shape) its deliverable or None, so that the points of all together are the most (Kuhn, 1955)."""
    if not files or not wanted:
        return [None] * len(files)
    points = np.array([[score(name, shape, one) for one in wanted] for name, shape in files])
    rows, columns = linear_sum_assignment(points, maximize=True)
    found: list[Match | None] = [None] * len(files)
    for row, column in zip(rows, columns, strict=True):
        if points[row, column]:
            others = np.delete(points[row], column)
            found[row] = Match(wanted[column], int(points[row, column]), bool(points[row, column] - max(others, default=0) >= CLOSE or len(files) == 1 == len(wanted)))
    return found


def score(name: str, shape: Shape, wanted: Deliverable) -> int:
    """0 when the shape does not fit, else 60 for it and up to 40 for the name."""
    if shape.format != wanted.format or not _fits(shape, wanted):
        return 0
    plain, asked = (_SIZE.sub(" ", text).lower().strip() for text in (name, wanted.name))
    return CERTAIN + round(0.4 * fuzz.token_set_ratio(plain, asked)) if plain and asked else CERTAIN


def _fits(shape: Shape, wanted: Deliverable) -> bool:
    size, asked = (shape.width, shape.height), (wanted.width, wanted.height)
    if wanted.width and wanted.format == "display" and size not in (asked, (2 * (asked[0] or 0), 2 * (asked[1] or 0))):
        return False
    return not wanted.duration_s or (shape.duration_s is not None and abs(float(shape.duration_s) - wanted.duration_s) <= SECONDS)
