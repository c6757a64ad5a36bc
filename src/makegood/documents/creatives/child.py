"""The process that reads files: loaded once, it forks a capped reader for every order.
The reader answers one JSON object and ends; nothing is written to disk and nothing is run.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makegood.documents.creatives import correcting, previews, warming
from makegood.documents.creatives.probe import probe
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine.specs import plain


def limit(seconds: int, memory_mb: int) -> None:
    """Cap this process: CPU seconds, private memory, no file writing, no core, few open files."""
    memory = memory_mb * 1024 * 1024
    limits = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_DATA: (memory, memory),
        # Shared libraries are mapped, not used up: the address space is wider than the memory.
        resource.RLIMIT_AS: (memory + 1024**3, memory + 1024**3),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (64, 64),
    }
    for which, wanted in limits.items():
        _, hard = resource.getrlimit(which)
        if hard != resource.RLIM_INFINITY:
            wanted = (min(wanted[0], hard), min(wanted[1], hard))
        resource.setrlimit(which, wanted)


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Do what the order says: ``do`` is probe, correct, waveform, poster, filmstrip or thumbnail."""
    path = Path(order["path"])
    if order["do"] == "probe":
        return {"facts": plain.to_json(probe(path, name=order["name"]))}
    if order["do"] == "correct":
        return {"file": base64.b64encode(correcting.corrected(path, **order["wanted"])).decode()}
    if order["do"] == "waveform":
        return {"points": previews.waveform(path, order["number"])}
    drawing: dict[str, Callable[[Path, Any], bytes]] = {
        "poster": previews.poster, "filmstrip": previews.filmstrip, "thumbnail": previews.thumbnail,
    }  # fmt: skip
    return {"png": base64.b64encode(drawing[order["do"]](path, order["number"])).decode()}


@dataclass(slots=True)
class Reading:
    """A reader at work: the socket its asker waits on, and the moment (monotonic) at which it is ended."""

    back: socket.socket
    pid: int
    until: float
    late: bool = False


def serve(channel: socket.socket) -> None:
    """Fork a reader for each order that arrives with the socket to answer on; ends when the other side has gone."""
    warming.warm()
    gc.freeze()  # what is loaded is never collected, so forks go on sharing it
    at_work: dict[int, Reading] = {}
    while True:
        soonest = min((one.until for one in at_work.values()), default=None)
        waited_on: list[Any] = [channel, *at_work]
        patience = None if soonest is None else max(0.0, soonest - time.monotonic())
        ready = select.select(waited_on, [], [], patience)[0]
        for pidfd in [one for one in at_work if one in ready]:
            _account(at_work.pop(pidfd))
            os.close(pidfd)
        for one in at_work.values():
            if not one.late and one.until <= time.monotonic():
                one.late, one.until = True, one.until + 60
                os.kill(one.pid, signal.SIGKILL)
        if channel in ready and not _begin(channel, at_work):
            return


def _begin(channel: socket.socket, at_work: dict[int, Reading]) -> bool:
    """Fork a reader for the next order; False when there will be none."""
    message, handed, _, _ = socket.recv_fds(channel, 1 << 16, 1)
    if not message:
        return False
    order, back = json.loads(message), socket.socket(fileno=handed[0])
    pid = os.fork()
    if pid == 0:
        try:
            for other in (channel, *(one.back for one in at_work.values())):  # another file's answer is not its to write
                other.close()
            back.sendall(json.dumps(obey(order)).encode())
            os._exit(0)
        finally:
            os._exit(1)
    at_work[os.pidfd_open(pid)] = Reading(back, pid, time.monotonic() + order["seconds"])
    return True


def _account(ended: Reading) -> None:
    """A line after the reader's words: how it ended and what it took."""
    _, status, used = os.wait4(ended.pid, 0)
    account = {
        "code": os.waitstatus_to_exitcode(status), "late": ended.late, "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
    }  # fmt: skip
    with ended.back, contextlib.suppress(OSError):  # who asked may have gone
        ended.back.settimeout(1)
        ended.back.sendall(b"\n" + json.dumps(account).encode())


def obey(order: dict[str, Any]) -> dict[str, Any]:
    """The answer to one order within its limits, or what stood in its way."""
    limit(order["seconds"], order["memory_mb"])
    try:
        return answer(order)
    except UnreadableCreative as refusal:
        return {"refusal": refusal.to_json()}
    except (MemoryError, RecursionError) as spent:
        return {"spent": type(spent).__name__}
    except Exception as odd:  # a hostile file may raise anything in a reader; the parent names it as unreadable
        return {"odd": f"{type(odd).__name__}: {odd}"[:300]}


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
