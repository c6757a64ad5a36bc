"""Traffic replayed through the very decisions the server makes, over time that is passed in: history and what-ifs.

Counts only, no events and no clock: requests are decided in bulk, then people are drawn by given rates.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from makegood.adserver import events
from makegood.engine import decision, targeting

VALID = ""
Ints = npt.NDArray[np.int64]
Key = tuple[int, int, int, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """`requests` ad requests of one hour that are all like `request` (its hour_of_week is set by the replay)."""

    request: targeting.Request
    requests: int


@dataclasses.dataclass(frozen=True, slots=True)
class Hour:
    """One hour from `at` (aware) on, decided by the plan that was live then."""

    at: dt.datetime
    decider: decision.Decider
    cells: Sequence[Cell]


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


def replay(
    hours: Iterable[Hour],
    *,
    rng: np.random.Generator,
    rates: Mapping[int, Rates] | None = None,
    clicks: Mapping[int, float] | None = None,
) -> Counts:
    """Decide the traffic of `hours` and draw what became of it.

    `rates` by placement id (else DEFAULT); `clicks` is a factor on the click rate by creative id (else 1). Frequency
    caps need a person and are not seen. A month of hours at a time keeps memory small: counts of calls just add up.
    """
    served: collections.Counter[Key] = collections.Counter()
    asked: collections.Counter[Key] = collections.Counter()
    spoken: set[int] = set()
    for hour in hours:
        spoken |= {p.id for p in hour.decider.plan.placements if p.format in ("audio", "video")}
        _decide(hour, served, asked, rng)
    return _Drawing(list(served), rates or {}, clicks or {}, spoken).counts(served, asked, rng)


def _decide(
    hour: Hour, served: collections.Counter[Key], asked: collections.Counter[Key], rng: np.random.Generator
) -> None:
    local = hour.at.astimezone(zoneinfo.ZoneInfo(hour.decider.plan.zone))
    hour_of_week, since = local.weekday() * 24 + local.hour, int(hour.at.timestamp()) // 3600
    fallbacks = {p.id: p.fallback_creative_id for p in hour.decider.plan.placements}
    for cell in hour.cells:
        request = dataclasses.replace(cell.request, hour_of_week=hour_of_week)
        placement, left = request.placement, cell.requests
        for answer in decision.serve(hour.decider, request, cell.requests, at=hour.at, rng=rng):
            served[since, answer.flight_id, answer.creative_id, placement] += answer.count
            left -= answer.count
        asked[since, 0, 0, placement] += cell.requests
        if left and (fallback := fallbacks.get(placement)):
            served[since, 0, fallback, placement] += left


class _Drawing:
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
