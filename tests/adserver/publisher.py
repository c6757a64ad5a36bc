"""A publisher's site and an advertiser's landing page on origins of their own, and waiting for what the log says."""

import contextlib
import dataclasses
import functools
import http.server
import pathlib
import threading
import time
from collections.abc import Callable, Iterator

from makegood.adserver.events import Event
from makegood.engine.plan import ServingPlan
from tests.adserver.conftest import Server


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *ignored: object) -> None:
        pass


@contextlib.contextmanager
def site(folder: pathlib.Path, host: str = "localhost") -> Iterator[str]:
    """The folder's files at an origin; its address ends in a slash."""
    folder.mkdir(parents=True, exist_ok=True)
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{served.server_address[1]}/"
    finally:
        served.shutdown()
        served.server_close()


def publish(server: Server, plan: ServingPlan) -> None:
    """Give a running server another plan and wait until it serves it."""
    version = server.get("/health").json()["version"]
    server.publish(dataclasses.replace(plan, version=version + 1).to_json())
    deadline = time.monotonic() + 10
    while server.get("/health").json()["version"] == version:
        assert time.monotonic() < deadline, server.get("/health").body
        time.sleep(0.05)


def leading_to(plan: ServingPlan, url: str) -> ServingPlan:
    """The plan with every click leading to `url`."""
    return dataclasses.replace(plan, creatives=tuple(dataclasses.replace(c, click_url=url) for c in plan.creatives))


def await_event(server: Server, wanted: Callable[[Event], bool], within_s: float = 30) -> Event:
    """The first event that is wanted, once it is in the log."""
    deadline = time.monotonic() + within_s
    while True:
        if found := next((event for event in server.logged() if wanted(event)), None):
            return found
        assert time.monotonic() < deadline, server.kinds()
        time.sleep(0.1)


def await_kind(server: Server, kind: str, flight: int) -> Event:
    """The first event of a kind of a flight."""
    return await_event(server, lambda event: event.kind == kind and event.flight_id == flight)


def nonces(server: Server, flight: int) -> set[str]:
    """Whose events a flight has: one nonce for one ad shown."""
    return {event.id.partition(".")[0] for event in server.logged() if event.flight_id == flight}


def await_kinds(server: Server, nonce: str, wanted: list[str], within_s: float = 20) -> None:
    """Exactly the wanted kinds of one nonce, in whatever order the connections brought them."""
    deadline = time.monotonic() + within_s
    while (found := sorted(event.kind for event in server.logged() if event.id.startswith(f"{nonce}."))) != sorted(wanted):
        assert time.monotonic() < deadline, (found, sorted(wanted))
        time.sleep(0.1)
