"""What became of simulated ads: rendered, seen, clicked, played, invalid - drawn row by row from given rates.

Arrays in and out; which ads were served is decided in `simulate`.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from makegood.adserver import events

VALID = ""
Ints = npt.NDArray[np.int64]
Key = tuple[int, int, int, int]
"""Hour since 1970 UTC, flight, creative, placement."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rates:
    """What people do, each as a share of the step before: served, rendered, then viewable, clicked and played.

    `quartiles` are start, 25, 50, 75, 100 %, each of the one before. `invalid` are shares of impressions by reason.
    """

    rendered: float = 0.97
    viewable: float = 0.68
    click: float = 0.0012
    quartiles: tuple[float, float, float, float, float] = (0.99, 0.93, 0.94, 0.95, 0.96)
    invalid: Mapping[str, float] = dataclasses.field(default_factory=dict)
    invalid_click_factor: float = 8.0
    """How much more often invalid traffic clicks than people do."""


DEFAULT = Rates()


@dataclasses.dataclass(frozen=True, slots=True)
class Counts:
    """Columns of one length; `hours` are hours since 1970 UTC, flight and creative 0 in the rows of requests.

    `kinds[kind]` has shape (rows, reasons): `reasons[0]` is "" for valid traffic, so gross is the sum along the row.
    """

    hours: Ints
    flights: Ints
    creatives: Ints
    placements: Ints
    reasons: tuple[str, ...]
    kinds: dict[events.Kind, Ints]

    def rows(self) -> Iterator[tuple[dt.datetime, int, int, int, events.Kind, str, int]]:
        """Yield (hour, flight, creative, placement, kind, reason, count) for every count above 0."""
        for kind, table in self.kinds.items():
            for row, reason in np.argwhere(table).tolist():
                hour = dt.datetime.fromtimestamp(int(self.hours[row]) * 3600, dt.UTC)
                keys = int(self.flights[row]), int(self.creatives[row]), int(self.placements[row])
                yield hour, *keys, kind, self.reasons[reason], int(table[row, reason])


class Drawing:
    """Rates of every served row as columns, and the draws along the chain from served to clicked."""

    def __init__(
        self, rows: list[Key], rates: Mapping[int, Rates], clicks: Mapping[int, float], spoken: set[int]
    ) -> None:
        self._rows = rows
        self._rates = [rates.get(placement, DEFAULT) for _, _, _, placement in rows]
        self._clicks = np.array([clicks.get(creative, 1.0) for _, _, creative, _ in rows])
        self._plays = np.array([placement in spoken for _, _, _, placement in rows], dtype=np.bool_)
        self._reasons = (VALID, *sorted({reason for each in self._rates for reason in each.invalid}))

    def counts(
        self, served: collections.Counter[Key], asked: collections.Counter[Key], rng: np.random.Generator
    ) -> Counts:
        """Return the table of served rows, followed by the rows of requests."""
        width, more = len(self._reasons), len(asked)
        shown = np.array([served[row] for row in self._rows], dtype=np.int64)
        kinds: dict[events.Kind, Ints] = {"served": _valid_only(shown, width)}
        split = self._split(rng.binomial(shown, self._column("rendered")), rng)
        kinds["impression"] = split
        kinds["viewable"] = rng.binomial(split, self._column("viewable")[:, None])
        kinds["click"] = rng.binomial(split, self._click_chances(width))
        playing = split * self._plays[:, None]
        for step, kind in enumerate(events.QUARTILES):
            chances = np.array([each.quartiles[step] for each in self._rates])
            kinds[kind] = playing = rng.binomial(playing, chances[:, None])
        padded = {kind: np.vstack([table, np.zeros((more, width), np.int64)]) for kind, table in kinds.items()}
        requests = np.array([0] * len(self._rows) + list(asked.values()), dtype=np.int64)
        columns = np.array([*self._rows, *asked], dtype=np.int64).reshape(-1, 4).T
        hours, flights, creatives, placements = columns
        return Counts(
            hours, flights, creatives, placements, self._reasons, {"request": _valid_only(requests, width), **padded}
        )

    def _split(self, impressions: Ints, rng: np.random.Generator) -> Ints:
        """Share impressions out to valid and each reason; multinomial by row, as successive binomials."""
        table, left, rest = (
            np.zeros((len(impressions), len(self._reasons)), np.int64),
            impressions,
            np.ones(len(impressions)),
        )
        for number, reason in enumerate(self._reasons[1:], 1):
            share = np.array([each.invalid.get(reason, 0.0) for each in self._rates])
            table[:, number] = rng.binomial(left, np.clip(share / rest, 0.0, 1.0))
            left, rest = left - table[:, number], np.maximum(rest - share, 1e-12)
        table[:, 0] = left
        return table

    def _click_chances(self, width: int) -> npt.NDArray[np.float64]:
        people = self._column("click") * self._clicks
        factor = self._column("invalid_click_factor")
        chances: npt.NDArray[np.float64] = np.column_stack([people, *[people * factor] * (width - 1)])
        np.minimum(chances, 1.0, out=chances)
        return chances

    def _column(self, name: str) -> npt.NDArray[np.float64]:
        return np.array([getattr(each, name) for each in self._rates], dtype=np.float64)


def _valid_only(counts: Ints, width: int) -> Ints:
    table = np.zeros((len(counts), width), np.int64)
    table[:, 0] = counts
    return table
