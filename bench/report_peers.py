"""DuckDB and Polars over the same Parquet files: the questions of the bench of cubes, as each of them likes them asked."""
import functools
import pathlib
from collections.abc import Callable, Sequence

import duckdb
import polars as pl
import pyarrow as pa

from bench.delivery_rows import COUNTS

Ask = Callable[[], pa.Table]
BY = {"order_day": ("order", "day"), "placement_geo_device": ("placement", "geo", "device"), "line_hours": ("day", "hour")}


def duck(folder: pathlib.Path, line: int, memory: str) -> dict[str, Ask]:
    """{question: ask}; a table with the keys first, then the counts."""
    base = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(folder / "spilled")})
    base.execute("SET enable_progress_bar = false")
    found = f"FROM '{folder}/*.parquet'"
    totals = ", ".join(f"sum({name})::bigint AS {name}" for name in COUNTS)

    def ask(text: str) -> Ask:
        return lambda: base.execute(text).to_arrow_table()

    asks = {name: ask(f"SELECT {_quoted(by)}, {totals} {found} {f'WHERE line = {line}' if name == 'line_hours' else ''} GROUP BY ALL")
            for name, by in BY.items()}
    return asks | {"reach": ask(f'SELECT "order", approx_count_distinct(person) {found} GROUP BY ALL'),
                   "reach_exact": ask(f'SELECT "order", count(DISTINCT person) {found} GROUP BY ALL')}


def polars(folder: pathlib.Path, line: int, engine: str) -> dict[str, Ask]:
    """The same with the engine of that name: streaming or in-memory."""
    rows = pl.scan_parquet(f"{folder}/*.parquet")
    collect = functools.partial(_collected, engine=engine)
    totals = [pl.col(name).cast(pl.Int64).sum() for name in COUNTS]
    asks = {name: collect((rows.filter(pl.col("line") == line) if name == "line_hours" else rows).group_by(*by).agg(totals)) for name, by in BY.items()}
    return asks | {"reach": collect(rows.group_by("order").agg(pl.col("person").approx_n_unique())),
                   "reach_exact": collect(rows.group_by("order").agg(pl.col("person").n_unique()))}


def _collected(frame: pl.LazyFrame, engine: str) -> Ask:
    return lambda: frame.collect(engine=engine).to_arrow()


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
