"""The processes of one installation on one machine: web, worker, ad server, beside the embedded database."""

import contextlib
import dataclasses
import os
import sys
from collections.abc import Iterator

from makegood.config import database, home, processes


@dataclasses.dataclass(frozen=True)
class Addresses:
    """Where people and tags find it."""

    web: str
    adserver: str


def choose_addresses() -> Addresses:
    """Ports that are free now, as settings read them. MAKEGOOD_URL and MAKEGOOD_ADSERVER_URL decide when set."""
    web = os.environ.setdefault("MAKEGOOD_URL", f"http://127.0.0.1:{processes.free_port(8000)}")
    adserver = os.environ.setdefault("MAKEGOOD_ADSERVER_URL", f"http://127.0.0.1:{processes.free_port(8100)}")
    return Addresses(web, adserver)


@contextlib.contextmanager
def prepared() -> Iterator[Addresses]:
    """Database running, migrated, keys and folders made, Django ready: what every process needs first."""
    addresses = choose_addresses()
    with database.available():
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        from django.utils import timezone

        from makegood.orders.actions import sealing
        from makegood.trafficking.plan import compiling, writing

        writing.signing_keys()
        sealing.made_ready(at=timezone.now())
        if writing.current() is None:  # ad servers start before the first publication, with nothing to serve
            writing.write(compiling.compile([], at=timezone.now(), version=0))
        yield addresses


@contextlib.contextmanager
def serving(addresses: Addresses, *, worker: bool = True) -> Iterator[processes.Family]:
    """Web, worker and ad server running; yields when web and ad server answer."""
    family = processes.Family([_web(addresses), _adserver(addresses), *([_worker()] if worker else [])])
    with family:
        for process, address in zip(family.processes, (addresses.web, addresses.adserver), strict=False):
            processes.await_answer(int(address.rsplit(":", 1)[1]), process)
        yield family


def _web(addresses: Addresses) -> processes.Process:
    port = addresses.web.rsplit(":", 1)[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "1",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "makegood.config.wsgi:application",
    ]  # fmt: skip
    return processes.Process("web", command, home.folder("logs") / "web.log")


def _adserver(addresses: Addresses) -> processes.Process:
    from django.conf import settings

    for folder in (settings.EVENTS_FOLDER, settings.ASSETS_FOLDER, settings.PLAN_FILE.parent):
        folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "makegood.adserver", "--plan", str(settings.PLAN_FILE), "--events", str(settings.EVENTS_FOLDER),
        "--assets", str(settings.ASSETS_FOLDER), "--keys", str(settings.KEYS_FILE), "--host", "127.0.0.1",
        "--port", addresses.adserver.rsplit(":", 1)[1], "--public-url", addresses.adserver, "--app-origin", addresses.web,
    ]  # fmt: skip
    return processes.Process("ad server", command, home.folder("logs") / "adserver.log")


def _worker() -> processes.Process:
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
    return processes.Process("worker", command, home.folder("logs") / "worker.log")
