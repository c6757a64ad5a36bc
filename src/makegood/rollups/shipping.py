"""Finished segments of a server's folder into the warehouse, each once however often this is killed and run again.

A segment's files come first, its manifest last; a run that died leaves no manifest, and the next writes the same names.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import pathlib
from collections.abc import Iterator

from makegood.adserver import segments
from makegood.rollups import rolling
from makegood.rollups.warehouse import Stored, Warehouse

EVENTS, CONVERSIONS, MANIFEST = "events", "conversions", "manifest"


@dataclasses.dataclass(frozen=True, slots=True)
class Shipped:
    """One segment in the warehouse."""

    segment: str
    rows: int
    passed_over: int
    sha256: str
    parts: tuple[tuple[dt.date, tuple[dt.date, ...], Stored], ...]
    """(UTC day, seller's days in it, file) of each part."""
    conversions: tuple[tuple[dt.date, Stored], ...] | None = None
    """The conversions of a part once more, by its UTC day: they are looked through for weeks. None where nobody took them out."""


def ship(folder: pathlib.Path, warehouse: Warehouse, *, zone: str) -> Iterator[Shipped]:
    """Ship every finished segment the warehouse has no manifest of, oldest first; yields each when it is complete."""
    waiting = sorted(path for path in folder.glob(f"*{segments.FINISHED}"))
    there = {name for day in {_hour_day(path.stem) for path in waiting} for name in warehouse.names(f"{MANIFEST}/{day}")}
    for path in waiting:
        if f"{path.stem}.json" not in there:
            yield _ship(path, warehouse, zone)


def shipped(warehouse: Warehouse, since: dt.date) -> Iterator[Shipped]:
    """What the manifests of segments begun on `since` or later say."""
    for day in warehouse.names(MANIFEST):
        if day >= since.strftime("%Y%m%d"):
            for name in warehouse.names(f"{MANIFEST}/{day}"):
                yield _read(warehouse, f"{MANIFEST}/{day}/{name}")


def wrong(warehouse: Warehouse, since: dt.date) -> list[tuple[str, str]]:
    """(file, fault) of every event file that is not as its manifest says."""
    files = [file for one in shipped(warehouse, since) for file in (*(file for *_, file in one.parts), *(file for _, file in one.conversions or ()))]
    return [(file.path, fault) for file in files if (fault := warehouse.wrong(file))]


def _ship(path: pathlib.Path, warehouse: Warehouse, zone: str) -> Shipped:
    lines = path.read_bytes()
    parts, passed_over = rolling.parts(path.stem, lines, zone)
    written = tuple(
        (part.day, part.seller_days, warehouse.put(f"{EVENTS}/day={part.day}/{path.stem}.parquet", part.content, part.rows)) for part in parts
    )
    orders = tuple(
        (part.day, warehouse.put(f"{CONVERSIONS}/day={part.day}/{path.stem}.parquet", part.conversions)) for part in parts if part.conversions
    )
    done = Shipped(path.stem, sum(part.rows for part in parts), passed_over, hashlib.sha256(lines).hexdigest(), written, orders)
    warehouse.note(f"{MANIFEST}/{_hour_day(path.stem)}/{path.stem}.json", done)
    return done


def _read(warehouse: Warehouse, path: str) -> Shipped:
    found = warehouse.noted(path) or {}
    parts = tuple((_day(day), tuple(map(_day, days)), Stored(**file)) for day, days, file in found.pop("parts"))
    orders = found.pop("conversions", None)
    return Shipped(**found, parts=parts, conversions=None if orders is None else tuple((_day(day), Stored(**file)) for day, file in orders))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _hour_day(segment: str) -> str:
    return segment[:8]
