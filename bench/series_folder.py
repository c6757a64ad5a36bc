"""Series read from a folder of CSV files: wide rows as in the M4 competition, or one series of timestamp and value.

Reads and cuts only; what is not one of the two forms is refused with the file's name.
"""
import csv
import datetime as dt
import pathlib

import numpy as np

from bench.series import Held
from makegood.engine.forecast import seasons
from makegood.engine.forecast.seasons import Seasons

WEEKS, LEAST_WINDOW = 6, 400


class SeriesUnreadable(ValueError):
    """A file is in neither of the two forms."""


def read(folder: pathlib.Path, horizon: int, windows: int) -> tuple[list[Held], int]:
    """The series of every CSV in the folder, and how many were too short; long ones cut, newest first, into windows.

    A window has six weeks (400 days for daily series) before the steps held back. `X-test.csv` continues `X-train.csv`.
    """
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise SeriesUnreadable(f"{folder} holds no CSV files")
    found, short = [], 0
    for path in paths:
        if path.stem.lower().endswith("test") and (path.with_name(_train(path))).exists():
            continue
        for name, values, rhythm in _series(path):
            cut = _cut(name, values, rhythm, horizon, windows)
            found += cut
            short += not cut
    return found, short


def _train(path: pathlib.Path) -> str:
    return path.name[: -len("test.csv")] + ("Train.csv" if path.stem.endswith("Test") else "train.csv")


def _series(path: pathlib.Path) -> list[tuple[str, np.ndarray, Seasons]]:
    with path.open(newline="", encoding="utf-8-sig") as stream:
        rows = [row for row in csv.reader(stream) if row]
    if len(rows) < 2:
        raise SeriesUnreadable(f"{path.name}: no rows; give `id,v1,v2…` a row or `timestamp,value` a line")
    if len(rows[0]) == 2:
        return [_long(path, rows)]
    tests = path.with_name(path.name.replace("train", "test").replace("Train", "Test"))
    after = dict(_wide(tests)) if tests != path and tests.exists() else {}
    whole = [(name, np.concatenate([values, after.get(name, np.empty(0))])) for name, values in _wide(path)]
    return [(name, values, seasons.heard(values)) for name, values in whole]


def _wide(path: pathlib.Path) -> list[tuple[str, np.ndarray]]:
    """Rows `id,v1,v2…`; blanks after the last value are its end, blanks before it are missing. A header is left out."""
    found = []
    with path.open(newline="", encoding="utf-8-sig") as stream:
        for number, row in enumerate(csv.reader(stream)):
            try:
                values = np.array([float(cell) if cell.strip() not in {"", "NA"} else np.nan for cell in row[1:]])
            except ValueError:
                if number:
                    raise SeriesUnreadable(f"{path.name}, line {number + 1}: not `id,v1,v2…` with numbers") from None
                continue
            if (~np.isnan(values)).any():
                found.append((row[0], values[: np.flatnonzero(~np.isnan(values))[-1] + 1]))
    return found


def _long(path: pathlib.Path, rows: list[list[str]]) -> tuple[str, np.ndarray, Seasons]:
    """Lines `timestamp,value` put on an even grid: steps without a line are missing, several of one step are averaged."""
    try:
        read = [(dt.datetime.fromisoformat(stamp.strip()).replace(tzinfo=None), float(value)) for stamp, value in rows[1:]
                if value.strip() not in {"", "NA"}]  # fmt: skip
    except ValueError as wrong:
        raise SeriesUnreadable(f"{path.name}: {wrong}; give `timestamp,value` lines with ISO timestamps") from wrong
    stamps = np.array([stamp for stamp, _ in read], dtype="datetime64[s]")
    order = np.argsort(stamps)
    apart = np.diff(stamps[order])
    step = np.median(apart[apart > np.timedelta64(0)].astype(np.int64))
    place = np.rint((stamps - stamps.min()).astype(np.int64) / step).astype(np.int64)
    number = np.bincount(place)
    with np.errstate(invalid="ignore"):
        values = np.bincount(place, [value for _, value in read]) / np.where(number, number, np.nan)
    return path.stem, values, seasons.every(dt.timedelta(seconds=float(step)))


def _cut(name: str, values: np.ndarray, rhythm: Seasons, horizon: int, windows: int) -> list[Held]:
    """Windows from the end backwards; none where the series is too short or what is held back was not counted."""
    found, length, end = [], max(WEEKS * rhythm.week, LEAST_WINDOW), len(values)
    while len(found) < windows and end - horizon >= 2 * rhythm.week:
        known, held = values[max(end - horizon - length, 0) : end - horizon], values[end - horizon : end]
        counted = np.flatnonzero(~np.isnan(known))
        if len(counted) and len(known) - counted[0] >= 2 * rhythm.week and (~np.isnan(held)).any() and np.nanmin(known) >= 0:
            found.append(Held(f"{name} to {end}", known[counted[0] :], held, rhythm))
        end -= length + horizon
    return found
