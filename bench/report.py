"""Delivery cubes beside DuckDB and Polars on Parquet: sums, one line by hour, reach; each in a process of its own, files warm.

Both cores are anybody's. Times are the best of some runs; processor seconds stand beside, for a busy machine.
"""
import argparse
import multiprocessing
import pathlib
import shutil
import tempfile
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from bench import delivery_cube, delivery_rows, memory, report_peers
from bench.result import Goal, Result, at_least, at_most
from makegood.rollups.cubes import Cube

GOAL = "P7: report - campaign x day, placement x geo x device, a line by hour and reach over 10M (100M) delivery rows, beside DuckDB and Polars"
TIMES = {"order_day": 5.0, "placement_geo_device": 5.0, "line_hours": 100.0, "reach": 5.0}
WAYS = ("makegood", "duckdb", "polars", "polars_streaming")
EXACT_UP_TO = 20_000_000  # rows; a streaming exact count of people holds every one of them
WITHIN = 0.01
NOTES = (
    "times are milliseconds, the second of a pair processor milliseconds; peers read snappy Parquet of narrow integers, sorted as the cube is;",
    "reach_error is that of the worst order; what ends in _rows reads every row, the rest what was summed at coding where that has the keys",
)
Timed = dict[str, dict[str, Any]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many of what."""
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--people", type=int, default=1_000_000, help="people behind the rows")
    parser.add_argument("--times", type=int, default=3, help="runs of each question after a first one that warms files")
    parser.add_argument("--memory", default="3GB", help="what DuckDB may hold before it spills")


def run(options: argparse.Namespace) -> Result:
    """Write both kinds of files, ask everybody, hold the answers against each other."""
    with tempfile.TemporaryDirectory(prefix="makegood-report-") as name:
        folder = pathlib.Path(name)
        cost, seen, line = written(folder, options)
        timed = {way: alone(way, folder, line, options) for way in WAYS}
        shutil.rmtree(folder / "cube")
    agree(timed, seen)
    errors = {way: round(error(answers["reach"]["answer"], seen), 5) for way, answers in timed.items()}
    return result(timed, errors, cost)


def written(folder: pathlib.Path, options: argparse.Namespace) -> tuple[dict[str, object], np.ndarray, int]:
    """Cost of coding, people reached by each order, and the busiest line."""
    (folder / "parquet").mkdir()
    into, rows = Cube(folder / "cube", delivery_cube.SORTED_BY), options.rows // delivery_rows.DAYS
    seen = np.zeros((delivery_rows.ORDERS, options.people), np.bool_)
    lines = np.zeros(delivery_rows.ORDERS * delivery_rows.LINES, np.int64)
    seconds, sizes, parquet = 0.0, 0, 0
    for day in range(delivery_rows.FIRST, delivery_rows.FIRST + delivery_rows.DAYS):
        one = delivery_rows.drawn(day, rows, options.people, options.seed)
        seen[one.columns["order"], one.columns.pop("number")] = True
        lines += np.bincount(one.columns["line"], minlength=len(lines))
        parquet += delivery_rows.parquet(one, folder / "parquet")
        begun = time.process_time()
        sizes += delivery_cube.add(into, one)
        seconds += time.process_time() - begun
    scale = 1e8 / (rows * delivery_rows.DAYS)
    cost = {"rows": rows * delivery_rows.DAYS, "coding_cpu_s_per_100m": round(seconds * scale, 1), "cube_gb_per_100m": round(sizes * scale / 1e9, 2),
            "parquet_gb_per_100m": round(parquet * scale / 1e9, 2)}
    return cost, seen.sum(axis=1), int(lines.argmax())


def alone(way: str, folder: pathlib.Path, line: int, options: argparse.Namespace) -> Timed:
    """Everything asked of one way, in a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(asked, (way, folder, line, options))


def asked(way: str, folder: pathlib.Path, line: int, options: argparse.Namespace) -> Timed:
    """{question: best seconds, best processor seconds, answer}, and the most memory held."""
    begun = time.perf_counter()
    asks = delivery_cube.ours(folder / "cube", line) if way == "makegood" else (
        report_peers.duck(folder / "parquet", line, options.memory) if way == "duckdb"
        else report_peers.polars(folder / "parquet", line, "streaming" if way.endswith("streaming") else "in-memory"))
    opened = time.perf_counter() - begun
    wanted = [name for name in asks if name != "reach_exact" or options.rows <= EXACT_UP_TO or not way.endswith("streaming")]
    found, peak = memory.peak_mb(lambda: {name: measured(asks[name], options.times) for name in wanted})
    return found | {"opened": {"seconds": opened, "peak_mb": round(peak)}}


def measured(ask: report_peers.Ask, times: int) -> dict[str, Any]:
    ask()
    runs = [one(ask) for _ in range(times)]
    return {"seconds": min(run[0] for run in runs), "cpu": min(run[1] for run in runs), "answer": plain(runs[0][2])}


def one(ask: report_peers.Ask) -> tuple[float, float, pa.Table]:
    cpu, begun = time.process_time(), time.perf_counter()
    answer = ask()
    return time.perf_counter() - begun, time.process_time() - cpu, answer


def plain(answer: pa.Table) -> np.ndarray:
    """Rows as whole numbers, in order, without those whose counts are all 0."""
    columns = [column.cast(pa.int32()) if pa.types.is_date(column.type) else column for column in answer.columns]
    rows = np.column_stack([column.to_numpy().astype(np.int64) for column in columns])
    counts = rows[:, -len(delivery_rows.COUNTS) :] if rows.shape[1] > len(delivery_rows.COUNTS) else rows[:, 1:]
    rows = rows[counts.any(axis=1)]
    return rows[np.lexsort(rows.T[::-1])]


def agree(timed: Mapping[str, Timed], seen: np.ndarray) -> None:
    """Raise unless everybody sums to the same, row by row, and exact people are those that were drawn."""
    for way, answers in timed.items():
        if "reach_exact" in answers and error(answers["reach_exact"]["answer"], seen):
            raise RuntimeError(f"{way} counts other people than were drawn")
    for question in report_peers.BY:
        for way, answers in timed.items():
            for name in (question, f"{question}_rows"):
                if name in answers and not np.array_equal(answers[name]["answer"], timed["duckdb"][question]["answer"]):
                    raise RuntimeError(f"{way} answers {name} otherwise than duckdb")


def error(answer: np.ndarray, seen: np.ndarray) -> float:
    """The largest relative error of an order's people."""
    found = np.zeros(len(seen))
    found[answer[:, 0]] = answer[:, 1]
    return float(np.max(np.abs(found - seen)[seen > 0] / seen[seen > 0]))


def result(timed: Mapping[str, Timed], errors: Mapping[str, float], cost: dict[str, object]) -> Result:
    """Held against the fastest peer of each question; of people, against the fastest that is within a percent too."""
    ours = timed["makegood"]
    goals: dict[str, Goal] = {"reach_error": at_most(errors["makegood"], WITHIN)}
    figures: dict[str, object] = dict(cost)
    for question, target in TIMES.items():
        rivals = [found for way in timed if way != "makegood" for found in answering(timed[way], question, errors[way])]
        for name in (one for one in (question, f"{question}_rows") if one in ours):
            figures[f"{name}_ms"] = round(ours[name]["seconds"] * 1e3, 3)
            figures[f"{name}_times_cpu"] = round(min(one["cpu"] for one in rivals) / ours[name]["cpu"], 1)
            figures[f"{name}_times"] = round(min(one["seconds"] for one in rivals) / ours[name]["seconds"], 1)
        goals[f"{question}_times"] = at_least(float(str(figures[f"{question}_times"])), target)
    sketches = [found["reach"] for way, found in timed.items() if way != "makegood"]
    figures["reach_times_of_any_sketch"] = round(min(one["seconds"] for one in sketches) / ours["reach"]["seconds"], 1)
    figures["reach_times_of_any_sketch_cpu"] = round(min(one["cpu"] for one in sketches) / ours["reach"]["cpu"], 1)
    figures |= {"opened_ms": round(ours["opened"]["seconds"] * 1e3), "peak_mb": ours["opened"]["peak_mb"]}
    peers = {way: told(found) | {"reach_error": errors[way]} for way, found in timed.items() if way != "makegood"}
    return Result(figures, goals, peers, NOTES)


def answering(answers: Timed, question: str, error: float) -> list[dict[str, Any]]:
    """What a peer answers the question with: a sketch only where it is within a percent."""
    names = [question] if question != "reach" or error <= WITHIN else []
    return [answers[name] for name in (*names, *(["reach_exact"] if question == "reach" else [])) if name in answers]


def told(answers: Timed) -> dict[str, object]:
    """Milliseconds, and processor milliseconds after them."""
    times = {question: (round(found["seconds"] * 1e3, 1), round(found["cpu"] * 1e3, 1)) for question, found in answers.items() if "cpu" in found}
    return times | {"peak_mb": answers["opened"]["peak_mb"]}
