"""The warehouse as commands: from segments to an answer, and refusals that name the place."""

import contextlib
import datetime
import json

import pytest
from typer.testing import CliRunner

from makegood.interfaces.cli.main import app
from tests.factories import accounts
from tests.rollups import events

RUN = CliRunner()
pytestmark = pytest.mark.django_db


def call(*words: str) -> tuple[int, dict[str, object]]:
    done = RUN.invoke(app, ["warehouse", *words, "--json"], obj=contextlib.nullcontext)
    return done.exit_code, json.loads(done.stdout or done.stderr)


def test_from_segments_to_an_answer(settings) -> None:
    accounts.seller()
    drawn = events.drawn(300, seed=1, days=1)
    events.write(settings.EVENTS_FOLDER, "2026112000-1-000001", drawn)
    assert call("ship") == (0, {"segments": 1, "events": len(drawn), "passed_over": 0})
    days = call("rollup", "--at", "2026-11-23T00:00:00+00:00")[1]["days"]
    assert "2026-11-20" in days
    assert call("check", "--since", "2026-11-01") == (0, {"wrong": []})
    code, found = call("cube", "--by", "line_id", "--by", "geo", "--count", "gross", "--where", "line_id=2")
    rows = found["rows"]
    assert (code, found["coded"], {row["line_id"] for row in rows}, {row["geo"] for row in rows}) == (0, len(days), {2}, {"US-CA", "US-NY"})
    one = call("cube", "--by", "line_id", "--count", "gross", "--where", "line_id=2", "--since", "2026-11-20", "--until", "2026-11-30")
    assert one[1]["rows"] == [{"line_id": 2, "gross": sum(row["gross"] for row in rows)}] and one[1]["coded"] == 0
    assert {row["line_id"] for row in call("cube", "--by", "line_id", "--people")[1]["rows"]} == {1, 2, 3}


def test_sql_is_printed() -> None:
    done = RUN.invoke(app, ["warehouse", "sql", "facts", "--dialect", "bigquery", "--day", "2026-11-20"], obj=contextlib.nullcontext)
    assert (done.exit_code, done.stdout.startswith("SELECT"), "`events`" in done.stdout) == (0, True, True)


@pytest.mark.parametrize(("words", "place"), [
    (("cube", "--by", "geo"), "warehouse cube"), (("rollup", "--since", "yesterday"), "--since"),
])  # fmt: skip
def test_refusals_name_the_place(words: tuple[str, ...], place: str) -> None:
    code, told = call(*words)
    assert (code, told["error"]["place"]) == (1, place)


def test_a_changed_file_is_found(settings) -> None:
    accounts.seller()
    events.write(settings.EVENTS_FOLDER, "2026112000-1-000001", events.drawn(20, seed=1, days=1))
    call("ship")
    path = f"events/day={datetime.date(2026, 11, 20)}/2026112000-1-000001.parquet"
    with open(f"{settings.WAREHOUSE_URL}/{path}", "ab") as file:
        file.write(b"x")
    assert call("check", "--since", "2026-11-01") == (1, {"wrong": [f"{path}: its content is not what was written"]})
