"""A server told another time decides, signs and logs by it; without a zone it does not start."""

import datetime
from collections.abc import Callable

import pytest

from makegood.adserver.__main__ import settings_from
from tests.adserver.conftest import Server

MOMENT = datetime.datetime(2026, 3, 4, 10, tzinfo=datetime.UTC)


def test_everything_happens_at_the_moment_given(make_server: Callable[..., Server]) -> None:
    server = make_server("--clock", MOMENT.isoformat())
    (slot,) = server.ad("home")["slots"]
    assert server.get(slot["impression_urls"][0]).status == 204
    moments = [datetime.datetime.fromtimestamp(event.at / 1000, datetime.UTC) for event in server.logged()]
    assert len(moments) == 3
    assert all(MOMENT <= one < MOMENT + datetime.timedelta(minutes=2) for one in moments)


def test_a_moment_without_a_zone_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    needed = [word for name in ("plan", "events", "assets", "keys") for word in (f"--{name}", name)]
    with pytest.raises(SystemExit):
        settings_from([*needed, "--clock", "2026-03-04T10:00:00"])
    assert "names no zone" in capsys.readouterr().err
    assert settings_from([*needed, "--clock", "2026-03-04T10:00:00+00:00"]).clock_ms == 1772618400000
