"""Delivery rows drawn for the bench of cubes: impressions of orders' lines over days, sorted as our event files are.

Sizes are a large seller's: 400 orders of 5 lines over 60 days, 300 placements, 210 geographies, 5 devices, a million people.
"""
import dataclasses
import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ORDERS, LINES, PLACEMENTS, GEOS, DEVICES, DAYS = 400, 5, 300, 210, 5, 60
FIRST = 20_454  # days since 1970: 2026-01-01
COUNTS = ("impressions", "viewable", "clicks")


@dataclasses.dataclass(frozen=True)
class Day:
    """Columns of one day, each as narrow as its values allow; `person` is a 63-bit hash of `number`, which no file holds."""

    day: int
    columns: dict[str, np.ndarray]


def drawn(day: int, rows: int, people: int, seed: int) -> Day:
    """A day's rows: popular placements, places and orders take more, people of an order come back."""
    rng = np.random.default_rng([seed, day])
    live = np.flatnonzero(np.random.default_rng(seed).integers(0, DAYS, ORDERS) <= (day - FIRST + DAYS // 2) % DAYS)
    order = rng.choice(live, rows, p=popular(len(live)))
    line = order * LINES + rng.integers(0, LINES, rows)
    hour = rng.choice(24, rows, p=np.bincount([0, *range(24), *range(7, 24), *range(17, 23)], minlength=24) / 48)
    by = np.lexsort([hour, line])
    columns = {"order": order[by].astype(np.uint16), "line": line[by].astype(np.uint16), "hour": hour[by].astype(np.uint8)}
    for name, size, kind in (("placement", PLACEMENTS, np.uint16), ("geo", GEOS, np.uint8), ("device", DEVICES, np.uint8)):
        columns[name] = rng.choice(size, rows, p=popular(size)).astype(kind)
    columns["number"] = (rng.random(rows) ** 2 * people).astype(np.int64)
    columns["person"] = hashed(columns["number"].astype(np.uint64), seed)
    columns["impressions"] = rng.choice(np.array([1, 1, 1, 1, 2, 3], np.uint8), rows)
    columns["viewable"] = columns["impressions"] * (rng.random(rows) < 0.6)
    columns["clicks"] = (rng.random(rows) < 0.004).astype(np.uint8)
    return Day(day, columns)


def popular(size: int) -> np.ndarray:
    """Shares that fall with the square root of the rank."""
    shares = 1 / np.sqrt(1 + np.arange(size))
    return shares / shares.sum()


def hashed(people: np.ndarray, seed: int) -> np.ndarray:
    """63 bits that look drawn, by the finalizer of MurmurHash3."""
    with np.errstate(over="ignore"):
        bits = people + np.uint64(seed * 7_919 + 1)
        for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
            bits = (bits ^ (bits >> np.uint64(33))) * np.uint64(factor)
    return ((bits ^ (bits >> np.uint64(33))) >> np.uint64(1)).astype(np.int64)


def parquet(one: Day, folder: pathlib.Path) -> int:
    """The day as Parquet; bytes. Snappy and narrow types: what the peers read fastest."""
    path = folder / f"{one.day}.parquet"
    day = pa.array(np.full(len(one.columns["order"]), one.day, np.int32)).cast(pa.date32())
    pq.write_table(pa.table({"day": day, **one.columns}), path, compression="snappy", row_group_size=500_000)
    return path.stat().st_size
