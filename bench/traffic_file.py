"""A CSV with the columns timestamp and value read as requests a minute, whatever its step. Nothing is drawn here."""
import csv
import datetime
import itertools
import pathlib

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
MINUTES = 1440
LONGEST = 6 * 60  # minutes; a daily shape cannot be read from coarser steps


class FileInvalid(ValueError):
    """The file is not a series of timestamps and counts; the message names the file, the row and what to do."""


def minutes(path: pathlib.Path) -> Floats:
    """Requests a minute, shape (days, 1440) by days of the file; NaN where it has a gap of more than six hours.

    The step is the commonest distance between timestamps; rows of one timestamp are averaged; shorter gaps are bridged.
    """
    stamps, values = rows(path)
    first = stamps[0] // MINUTES
    series = {stamp: np.mean([v for s, v in group]) for stamp, group in grouped(stamps, values).items()}
    at = np.array(sorted(series))
    step = usual_step(path, at)
    days = int(-(-(at[-1] + step) // MINUTES) - first)
    found = np.full(days * MINUTES, np.nan)
    for stamp in at:
        start = int(stamp - first * MINUTES)
        found[start : start + step] = series[stamp] / step
    return bridged(found).reshape(days, MINUTES)


def bridged(found: Floats) -> Floats:
    """Gaps up to LONGEST filled on a straight line between their neighbours."""
    known = np.flatnonzero(np.isfinite(found))
    filled = found.copy()
    for before, after in itertools.pairwise(known):
        if 1 < after - before <= LONGEST:
            filled[before : after + 1] = np.linspace(found[before], found[after], after - before + 1)
    return filled


def grouped(stamps: list[int], values: list[float]) -> dict[int, list[tuple[int, float]]]:
    groups: dict[int, list[tuple[int, float]]] = {}
    for stamp, value in zip(stamps, values, strict=True):
        groups.setdefault(stamp, []).append((stamp, value))
    return groups


def usual_step(path: pathlib.Path, at: Floats) -> int:
    apart = np.diff(at).astype(np.int64)
    step = int(np.bincount(apart).argmax()) if len(apart) else 0
    if not 0 < step <= LONGEST:
        raise FileInvalid(f"{path.name}: the step is {step} minutes; pacing needs steps from 1 minute to {LONGEST // 60} hours")
    return step


def rows(path: pathlib.Path) -> tuple[list[int], list[float]]:
    """Minutes since 1970 and values. Raises FileInvalid."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if missing := {"timestamp", "value"} - set(reader.fieldnames or ()):
            raise FileInvalid(f"{path.name}: no column {' or '.join(sorted(missing))}; the columns are {reader.fieldnames}")
        read = [row(path, number, one) for number, one in enumerate(reader, start=2)]
    if not read:
        raise FileInvalid(f"{path.name}: no rows")
    return [stamp for stamp, _ in read], [value for _, value in read]


def row(path: pathlib.Path, number: int, one: dict[str, str]) -> tuple[int, float]:
    try:
        moment = datetime.datetime.fromisoformat(one["timestamp"].strip()).replace(tzinfo=datetime.UTC)
        value = float(one["value"])
    except (ValueError, AttributeError, TypeError) as error:
        raise FileInvalid(f"{path.name}, row {number}: {error}; timestamps are ISO (2014-07-01 00:30:00), values numbers") from error
    if not np.isfinite(value) or value < 0:
        raise FileInvalid(f"{path.name}, row {number}: value {value} is not a number of requests")
    return int(moment.timestamp()) // 60, value
