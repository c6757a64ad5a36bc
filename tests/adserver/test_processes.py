"""Several processes share one port and one folder; one that dies is replaced."""

import os
import signal
import time

from tests.adserver.conftest import Server


def who(server: Server, tries: int) -> set[int]:
    """Return the processes that answered; one that is being replaced may refuse a connection."""
    found = set()
    for _ in range(tries):
        try:
            found.add(server.get("/health").json()["process"])
        except OSError:
            time.sleep(0.02)
    return found


def test_two_processes_share_the_port_and_a_dead_one_is_replaced(make_server) -> None:
    server = make_server("--processes", "2", program=("-m", "makegood.adserver"))
    deadline = time.monotonic() + 15
    while len(first := who(server, 10)) < 2:
        assert time.monotonic() < deadline
    killed = min(first)
    os.kill(killed, signal.SIGKILL)
    while len(now := who(server, 10) - {killed}) < 2:
        assert time.monotonic() < deadline
    assert now - first
    for _ in range(6):
        server.ad("home")
    assert server.stop() == 0
    assert server.kinds().count("served") == 6
    assert list(server.events.glob("*.open")) == []
