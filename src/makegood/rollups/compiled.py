"""The same tables as SQL of a warehouse, over its own copy of the events: what to run where Parquet was loaded."""

from __future__ import annotations

import datetime as dt

import ibis

from makegood.engine.counting import RuleSet
from makegood.rollups import expressions

DIALECTS = ("duckdb", "spark", "clickhouse", "bigquery", "snowflake", "databricks")
_IBIS = {"spark": "pyspark"}


def sql(table: str, dialect: str, rules: RuleSet, day: dt.date | None = None) -> str:
    """The statement that makes `table` of one day, or of all days, from a table named `events`.

    Raises ValueError naming what is not known.
    """
    if table not in expressions.TABLES:
        raise ValueError(f"there is no rollup {table!r}; there are {', '.join(expressions.TABLES)}")
    if dialect not in DIALECTS:
        raise ValueError(f"there is no dialect {dialect!r}; there are {', '.join(DIALECTS)}")
    rows = expressions.judged(expressions.EVENTS, rules)
    if day is not None:
        rows = rows.filter(rows.seller_day == day) if table in expressions.BY_SELLER_DAY else expressions.on(rows, day)
    return str(ibis.to_sql(expressions.TABLES[table](rows), dialect=_IBIS.get(dialect, dialect))) + "\n"
