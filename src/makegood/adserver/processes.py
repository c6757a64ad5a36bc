"""Several server processes on one port (SO_REUSEPORT), started together, restarted when one dies.

A single process runs in place; nothing is shared between processes but the files.
"""

from __future__ import annotations

import dataclasses
import logging
import multiprocessing
import multiprocessing.process
import signal
import time
import types

from makegood.adserver import server
from makegood.adserver.settings import Settings

_log = logging.getLogger(__name__)
_LOOK_EVERY_S = 0.2
_PAUSE_BEFORE_RESTART_S = 1.0


def run(settings: Settings) -> int:
    """Serve with `settings.processes` processes until SIGTERM or SIGINT; 0 after a clean stop."""
    if settings.processes == 1:
        server.run(settings)
        return 0
    stopping: list[int] = []

    def stop(signum: int, frame: types.FrameType | None) -> None:
        stopping.append(signum)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # The port is held here, so that 0 means one free port for all of them.
    held = server.listen(settings.host, settings.port)
    settings = dataclasses.replace(settings, port=held.getsockname()[1])
    children = [_start(settings) for _ in range(settings.processes)]
    while not stopping:
        time.sleep(_LOOK_EVERY_S)
        children = [child if child.is_alive() else _again(child, settings) for child in children]
    for child in children:
        child.terminate()
    for child in children:
        child.join(settings.stop_within_s + 5)
    return 0


def _start(settings: Settings) -> multiprocessing.process.BaseProcess:
    child = multiprocessing.get_context("spawn").Process(target=_serve, args=(settings, logging.getLogger().level))
    child.start()
    return child


def _serve(settings: Settings, level: int) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(process)d %(name)s %(message)s")
    server.run(settings)


def _again(child: multiprocessing.process.BaseProcess, settings: Settings) -> multiprocessing.process.BaseProcess:
    _log.error("server process %s ended with %s; starting another", child.pid, child.exitcode)
    time.sleep(_PAUSE_BEFORE_RESTART_S)
    return _start(settings)
