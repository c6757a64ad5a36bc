"""A vendor's placements to our flights: by rule where one is kept, else likely ones to choose from."""

import dataclasses
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from makegood.delivery.models import PlacementRule
from makegood.documents.counts import CountFile, CountRow
from makegood.orders.models import Flight

LIKELY, OFFERED = 55.0, 3
SPILL = datetime.timedelta(days=1)  # days of another zone begin before ours, and end after them
OWN_NUMBER = re.compile(r"\b[A-Z]{2}-\d{3,}/\d+\b")


@dataclasses.dataclass(frozen=True)
class Likely:
    """A flight a placement may mean; `score` from 0 to 1."""

    flight: Flight
    score: float


@dataclasses.dataclass(frozen=True)
class Unknown:
    """A placement of the file without a rule."""

    key: str
    name: str
    impressions: int
    likely: tuple[Likely, ...]


@dataclasses.dataclass(frozen=True)
class Joined:
    """A row with the flight it counts for. Without one: it is not ours, not known yet, or (`problem`) on a day nothing ran."""

    row: CountRow
    flight: Flight | None = None
    ignored: bool = False
    problem: str = ""
    spill: bool = False


def known(vendor: str, choices: Mapping[str, int | None]) -> dict[str, int | None]:
    """Placement -> flight id, or None for those that are not ours: rules kept, and choices made on this file."""
    return dict(PlacementRule.objects.filter(vendor=vendor).values_list("placement", "flight_id")) | dict(choices)


def join(file: CountFile, rules: Mapping[str, int | None]) -> list[Joined]:
    """Every row with its flight. Of a line with several flights the one that runs on the day counts it."""
    chosen = Flight.objects.select_related("line__order__advertiser__party").in_bulk({pk for pk in rules.values() if pk is not None})
    slices: dict[int, list[Flight]] = defaultdict(list)
    for flight in Flight.objects.filter(line__in={one.line_id for one in chosen.values()}).select_related("line__order__advertiser__party"):
        slices[flight.line_id].append(flight)
    return [_joined(row, rules, chosen, slices) for row in file.rows]


def unknown(file: CountFile, rules: Mapping[str, int | None], flights: Sequence[Flight]) -> list[Unknown]:
    """Placements that no rule knows, the largest first, each with the flights most like it."""
    texts = [(flight, _text(flight)) for flight in flights]
    return [
        Unknown(key, name, units, _likely(f"{key} {name}", texts))
        for key, (name, units) in file.placements().items() if key and key not in rules
    ]  # fmt: skip


def _joined(row: CountRow, rules: Mapping[str, int | None], chosen: Mapping[int, Flight], slices: Mapping[int, list[Flight]]) -> Joined:
    if row.key not in rules:
        return Joined(row)
    pk = rules[row.key]
    if pk is None:
        return Joined(row, ignored=True)
    meant = chosen[pk]
    running = [one for one in [meant, *slices[meant.line_id]] if one.start <= row.day <= one.end]
    if running:
        return Joined(row, running[0])
    near = any(one.start - SPILL <= row.day <= one.end + SPILL for one in slices[meant.line_id])
    words = f"{row.day} lies outside {meant}, which runs from {meant.start} to {meant.end}."
    return Joined(row, problem=words, spill=near or not row.impressions)


def _text(flight: Flight) -> str:
    line = flight.line
    return f"{line.order.number}/{line.number} {line.name} {line.order.name} {line.order.advertiser} {line.order.external_number}"


def _likely(name: str, texts: Iterable[tuple[Flight, str]]) -> tuple[Likely, ...]:
    plain, own = re.sub(r"[_\-|/]+", " ", name), OWN_NUMBER.search(name)
    scored = []
    for flight, text in texts:
        exact = own is not None and text.startswith(f"{own[0]} ")
        score = 100.0 if exact else float(fuzz.token_set_ratio(plain.casefold(), text.casefold()))
        scored.append(Likely(flight, score / 100))
    best = sorted(scored, key=lambda one: (-one.score, one.flight.pk))[:OFFERED]
    return tuple(one for one in best if one.score * 100 >= LIKELY)
