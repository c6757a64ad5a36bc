"""A server told another time decides, signs and logs by it; without a zone it does not start."""

import datetime
import string
from collections.abc import Callable

import pytest

from makegood.adserver.__main__ import settings_from
from makegood.adserver.clock import SystemRandom
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


def test_draws_taken_together_never_repeat() -> None:
    """More than the store holds, in portions that do not divide it."""
    chance, seen, us = SystemRandom(), [], []
    for portion in (1, 7, 64) * 60:
        drawn, nonces = chance.many(portion)
        text = nonces.tobytes().decode()
        us += drawn.tolist()
        seen += [text[n : n + 16] for n in range(0, len(text), 16)]
    assert len(set(seen)) == len(seen) == len(us) == 4320
    assert all(set(nonce) <= set(string.ascii_letters + string.digits + "-_") for nonce in seen)
    assert 0 <= min(us) < max(us) < 1
    assert 0.45 < sum(us) / len(us) < 0.55
