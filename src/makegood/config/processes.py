"""Running several processes as one: started together, restarted when they fall, stopped together."""

import ctypes
import dataclasses
import os
import pathlib
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclasses.dataclass
class Process:
    """One program to keep running; its output goes to `log`."""

    name: str
    command: list[str]
    log: pathlib.Path
    env: Mapping[str, str] = dataclasses.field(default_factory=dict)
    running: subprocess.Popen[bytes] | None = None
    restarts: int = 0

    def start(self) -> None:
        """Start it; it is told to stop when we die, however we die."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=os.environ | dict(self.env), preexec_fn=_follow_parent
            )

    def stop(self, *, wait_s: float = 10) -> None:
        """Ask it to finish; after `wait_s` seconds insist."""
        if self.running is None or self.running.poll() is not None:
            return
        self.running.terminate()
        try:
            self.running.wait(wait_s)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()

    def tail(self, characters: int = 800) -> str:
        """The end of its log, for an error message."""
        return self.log.read_text(errors="replace")[-characters:] if self.log.exists() else ""


class Family:
    """Processes that live and die together, in the order given."""

    def __init__(self, processes: list[Process]) -> None:
        self.processes = processes
        self._leaving = False

    def __enter__(self) -> "Family":
        for process in self.processes:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.stop()

    def watch(self, on_restart: Callable[[Process], None]) -> None:
        """Until SIGINT or SIGTERM: restart what falls, more slowly each time, and tell `on_restart`."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._leave)
        while not self._leaving:
            for process in self.processes:
                if process.running and process.running.poll() is not None and not self._leaving:
                    process.restarts += 1
                    on_restart(process)
                    time.sleep(min(5.0, 0.2 * 2**process.restarts))
                    process.start()
            time.sleep(0.3)

    def _leave(self, *_: object) -> None:
        self._leaving = True


def free_port(preferred: int) -> int:
    """`preferred` when nobody listens there, else the next free one on the loopback address."""
    for port in range(preferred, preferred + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port between {preferred} and {preferred + 49}")


def await_answer(port: int, process: Process, *, wait_s: float = 30) -> None:
    """Until something accepts connections on `port`. Raises with the process's log when it does not."""
    deadline = time.monotonic() + wait_s
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.running and process.running.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"{process.name} did not answer on port {port}; its log ends:\n{process.tail()}")


def _follow_parent() -> None:
    """In the child: an own process group (Ctrl-C goes to us, who stop it in order) and death with the parent."""
    os.setpgrp()
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
