"""Who runs the expressions: DuckDB inside this process, or Spark by setting. Both read the warehouse's Parquet files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from typing import Any, Protocol

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from makegood.rollups import schema
from makegood.rollups.warehouse import Warehouse

ENGINES = ("duckdb", "spark")


class Engine(Protocol):
    """Reads files as a table, and runs what is made of it."""

    def events(self, warehouse: Warehouse, paths: Sequence[str]) -> Table:
        """The event files at `paths` below the warehouse as one table."""

    def fetch(self, made: Table) -> pa.Table:
        """Run an expression; rows come in the order of their columns."""


def engine(name: str) -> Engine:
    """The engine of that name. Raises ValueError for another name, or where Spark is not installed."""
    if name == "duckdb":
        return DuckDB()
    if name == "spark":
        return Spark()
    raise ValueError(f"there is no rollup engine {name!r}; there are {' and '.join(ENGINES)}")


class DuckDB:
    """DuckDB in this process; what does not fit in `memory` is spilled to disk."""

    def __init__(self, memory: str = "1GB", threads: int | None = None) -> None:
        more = {"threads": threads} if threads else {}
        self._backend = ibis.duckdb.connect(memory_limit=memory, temp_directory=tempfile.gettempdir(), **more)
        self._backend.raw_sql("SET TimeZone = 'UTC'")

    def events(self, warehouse: Warehouse, paths: Sequence[str]) -> Table:
        """Columns that older files lack are null."""
        if not (warehouse.local or self._backend.con.filesystem_is_registered(warehouse.files.protocol)):
            self._backend.register_filesystem(warehouse.files)
        places = [warehouse.place(path) for path in paths]
        return _known(self._backend.read_parquet(places, union_by_name=True, hive_partitioning=False))

    def fetch(self, made: Table) -> pa.Table:
        """Raises duckdb.Error when it cannot."""
        return _ordered(made, self._backend.to_pyarrow(made))


class Spark:
    """Spark: the running session, or one at MAKEGOOD_SPARK_MASTER (this machine's cores where it is not set)."""

    def __init__(self) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise ValueError("Spark is not installed: pip install 'makegood[spark]', and Java 17 or 21") from error
        wanted = SparkSession.builder.appName("makegood rollups").master(os.environ.get("MAKEGOOD_SPARK_MASTER", "local[*]"))
        self.session = wanted.config(map=_SPARK).config("spark.driver.memory", os.environ.get("MAKEGOOD_SPARK_MEMORY", "2g")).getOrCreate()
        self.session.conf.set("spark.sql.session.timeZone", "UTC")
        self._backend = ibis.pyspark.connect(self.session)

    def events(self, warehouse: Warehouse, paths: Sequence[str]) -> Table:
        """Raises ValueError for storage that lives inside this process."""
        places = [warehouse.place(path) for path in paths]
        if any(place.startswith("memory://") for place in places):
            raise ValueError("Spark cannot read memory://; use a folder or object storage")
        self.session.read.option("mergeSchema", "true").parquet(*places).createOrReplaceTempView("events")
        return _known(self._backend.table("events"))

    def fetch(self, made: Table) -> pa.Table:
        """Raises pyspark.errors.PySparkException when it cannot."""
        return _ordered(made, self._backend.to_pyarrow(made))


_SPARK: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "8", "spark.sql.execution.arrow.pyspark.enabled": "true",
}  # fmt: skip


def _known(table: Table) -> Table:
    return table.select(*(name for name in schema.EVENTS.names if name in table.columns))


def _ordered(made: Table, found: Any) -> pa.Table:
    """The same columns, types and order of rows whoever ran it."""
    types = {name: schema.HOUR if name == "hour" else kind.to_pyarrow() for name, kind in made.schema().items()}
    return found.select(list(types)).cast(pa.schema(list(types.items()))).sort_by([(name, "ascending") for name in types])


__all__ = ["ENGINES", "DuckDB", "Engine", "Spark", "engine"]
