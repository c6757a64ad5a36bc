"""The SQL of every warehouse, as it was read and approved: a change shows in the snapshot's diff.

`python -m tests.rollups.test_compiled` writes the snapshots again.
"""

import datetime as dt
import pathlib

import duckdb
import pytest

from makegood.engine.counting import RuleSet
from makegood.rollups import compiled, expressions

SNAPSHOTS = pathlib.Path(__file__).parent / "sql"
DAY = dt.date(2026, 11, 28)
RULES = RuleSet("approved", per_minute={"impression": 120, "click": 12}, click_after_ms=1_000, bots=("gptbot", "selenium"))
CASES = [(table, dialect) for table in expressions.TABLES for dialect in ("clickhouse", "bigquery", "snowflake")]


@pytest.mark.parametrize(("table", "dialect"), CASES)
def test_sql_is_as_approved(table, dialect):
    assert compiled.sql(table, dialect, RULES, DAY) == (SNAPSHOTS / dialect / f"{table}.sql").read_text()


@pytest.mark.parametrize("table", expressions.TABLES)
def test_sql_runs_where_it_can_be_run(table):
    with duckdb.connect() as there:
        columns = ", ".join(f'"{name}" {_TYPES[str(kind)]}' for name, kind in expressions.EVENTS.schema().items())
        there.execute(f"CREATE TABLE events ({columns})")
        assert there.execute(compiled.sql(table, "duckdb", RULES, DAY)).fetchall() == []


@pytest.mark.parametrize(("table", "dialect", "known"), [("fact", "bigquery", "facts, filtered"), ("facts", "oracle", "clickhouse, bigquery")])
def test_what_is_not_known_is_named(table, dialect, known):
    with pytest.raises(ValueError, match=known):
        compiled.sql(table, dialect, RULES)


_TYPES = {
    "int64": "BIGINT", "string": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE", "array<string>": "VARCHAR[]", "timestamp('UTC', 3)": "TIMESTAMPTZ",
}  # fmt: skip

if __name__ == "__main__":
    for table, dialect in CASES:
        path = SNAPSHOTS / dialect / f"{table}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(compiled.sql(table, dialect, RULES, DAY))
