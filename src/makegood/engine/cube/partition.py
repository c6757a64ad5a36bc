"""One day of a cube: its rows, and the same rows summed by what they are sorted by. Only shapes live here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]
DAY = "day"


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Where each code of a key lies in a block: rows starts[code] to stops[code]. Codes that came later lie nowhere."""

    starts: Array
    stops: Array

    def of(self, code: int) -> tuple[int, int]:
        """First row and the row after the last."""
        return (int(self.starts[code]), int(self.stops[code])) if code < len(self.starts) else (0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Rows as columns of one length: `keys` are codes, `counts` are unsigned, `spans` says where the codes of sorted keys lie."""

    keys: Mapping[str, Array]
    counts: Mapping[str, Array]
    spans: Mapping[str, Span]

    def __len__(self) -> int:
        return len(next(iter(self.counts.values())))


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """One day (days since 1970): every row, the rows summed by the sorted keys (`level`), and 32-bit hashes of people.

    `people` is as long as the rows and 0 for nobody known, or None where the cube has no people.
    """

    day: int
    rows: Block
    level: Block
    people: Array | None = None
