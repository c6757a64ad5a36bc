"""`makegood warehouse ...`: the event log as Parquet, its rollups, their SQL elsewhere, and questions over a long history."""

import datetime
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When

if TYPE_CHECKING:
    from makegood.rollups.cubes import Cube

app = typer.Typer(no_args_is_help=True)
Since = Annotated[str, typer.Option("--since", help="The first day (ISO).")]
Until = Annotated[str, typer.Option("--until", help="The last day (ISO).")]


@app.command()
def ship(context: typer.Context, json: Json = False) -> None:
    """Take finished event segments to the warehouse, each once. The worker does it every five minutes."""
    with session.opened(context, as_json=json):
        from makegood.delivery.actions import warehousing

        done = warehousing.ship()
        output.show({"segments": done.segments, "events": done.rows, "passed_over": done.passed_over}, as_json=json)


@app.command()
def rollup(context: typer.Context, since: Since = "", json: Json = False, at: When = "") -> None:
    """Make the tables of every day that events came for. The worker does it every hour."""
    with session.opened(context, as_json=json):
        from makegood.delivery.actions import warehousing

        days = warehousing.roll_up(at=session.moment(at), since=_day(since, "--since"))
        output.show({"days": [str(day) for day in days]}, as_json=json)


@app.command()
def check(context: typer.Context, since: Since, json: Json = False) -> None:
    """Compare the event files with their manifests; exit 1 when one is missing or was changed."""
    with session.opened(context, as_json=json):
        from makegood.delivery.actions import warehousing
        from makegood.rollups import shipping

        wrong = shipping.wrong(warehousing.warehouse(), _day(since, "--since") or datetime.date.min)
        output.show({"wrong": [f"{path}: {fault}" for path, fault in wrong]}, as_json=json)
        if wrong:
            raise typer.Exit(output.REFUSED)


@app.command()
def sql(
    context: typer.Context, table: Annotated[str, typer.Argument(help="facts, filtered, quartiles, cells, reach or sketch")],
    dialect: Annotated[str, typer.Option(help="clickhouse, bigquery, snowflake, databricks, spark or duckdb")],
    day: Annotated[str, typer.Option(help="One day (ISO); else all of them.")] = "",
    rules: Annotated[str, typer.Option(help="Version of the rule set; else the day's, or today's.")] = "",
) -> None:  # fmt: skip
    """Print the statement that makes a table from a warehouse's own `events`."""
    with session.opened(context, as_json=False):
        from makegood.core.errors import Invalid
        from makegood.delivery import rulesets
        from makegood.rollups import compiled

        now, one = session.moment(), _day(day, "--day")
        sets = rulesets.load(at=now)
        moment = datetime.datetime.combine(one, datetime.time(), datetime.UTC) if one else now
        try:
            chosen = sets.named(rules) if rules else sets.at(round(moment.timestamp() * 1000))
            sys.stdout.write(compiled.sql(table, dialect, chosen, one))
        except ValueError as error:
            raise Invalid(f"{error}.", place="warehouse sql", remedy="Name one of those.") from error


@app.command()
def cube(
    context: typer.Context, by: Annotated[list[str], typer.Option(help="A key, or day; several times for several.")],
    count: Annotated[list[str] | None, typer.Option(help="served, gross, net, viewable, completes, clicks, audible or conversions; else all.")] = None,
    where: Annotated[list[str] | None, typer.Option(help="key=value; several times for several.")] = None,
    people: Annotated[bool, typer.Option("--people", help="People reached instead of counts, by one of order_id and line_id.")] = False,
    since: Since = "", until: Until = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Ask the rollups over any length of history, from the cube on this machine."""
    with session.opened(context, as_json=json):
        from makegood.core.errors import Invalid
        from makegood.delivery.actions import warehousing
        from makegood.rollups import cells

        coded, opened = warehousing.code(at=session.moment(at))
        first, last = _day(since, "--since") or datetime.date.min, _day(until, "--until") or datetime.date.max
        days = [day for day in opened.days if first <= day <= last]
        try:
            table = opened.people(by[0], days) if people else opened.sums(by, count or cells.COUNTS, _where(opened, where or []), days)
        except ValueError as error:
            raise Invalid(f"{error}.", place="warehouse cube", remedy="Name one of those.") from error
        output.show({"coded": len(coded), "rows": table.to_pylist()}, as_json=json, text=_table)


def _where(opened: "Cube", pairs: Sequence[str]) -> dict[str, list[object]]:
    """Values by key, as the cube has them: numbers for ids."""
    found: dict[str, list[object]] = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        numbers = key in opened.codes and all(isinstance(one, int) for one in opened.codes[key].values)
        found.setdefault(key, []).append(int(value) if numbers and value.isdigit() else value)
    return found


def _day(text: str, place: str) -> datetime.date | None:
    from makegood.core.errors import Invalid

    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(f"{text!r} is no day.", place=place, remedy="Write it like 2026-11-23.") from None


def _table(result: dict[str, Any]) -> str:
    rows = result["rows"]
    return "\n".join("\t".join(map(str, row)) for row in [list(rows[0]), *(row.values() for row in rows)]) if rows else "no rows"
