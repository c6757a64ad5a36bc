"""One process with every reader loaded, which forks a fresh capped reader for each file.
The parent's side: starting it, handing it an order, waiting for the reply. The other side is `child`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import makegood

# One thread each: a hostile file shall not take every core, and threads cost memory.
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
GRACE_S = 15.0  # beyond the order's own seconds: starting and loading the readers on a busy machine


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reader wrote, how it ended (as subprocess counts) and what it took; code None when nobody answered."""

    written: bytes
    code: int | None
    late: bool = False
    cpu_s: float = 0.0
    peak_mb: float = 0.0


@dataclass(slots=True)
class Forker:
    """Starts ``command`` when first asked and again when it has died; threads and forks may share one."""

    command: list[str]
    _channel: socket.socket | None = None
    _process: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, order: dict[str, Any]) -> Reply:
        """The reply of a reader forked for this order; with how it ended and what it took."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._send(json.dumps(order).encode(), theirs)
            ours.settimeout(order["seconds"] + GRACE_S)
            try:
                said = b"".join(iter(lambda: ours.recv(1 << 16), b""))
            except TimeoutError:
                return Reply(b"", None, late=True)
        written, _, account = said.rpartition(b"\n")
        try:
            ended = json.loads(account)
            return Reply(written, ended["code"], ended["late"], ended["cpu_s"], ended["peak_mb"])
        except (ValueError, TypeError, KeyError):
            return Reply(b"", None)

    def cpu_s(self) -> float:
        """Processor seconds the forking process has used itself, without its readers; 0 before it is started."""
        if self._process is None:
            return 0.0
        ticks = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the process; the next order starts another."""
        with self._lock:
            if self._channel is not None:
                self._channel.close()
            if self._process is not None:
                self._process.wait()
            self._channel = self._process = None

    def _send(self, message: bytes, answer_to: socket.socket) -> None:
        with self._lock:
            for attempt in (1, 2):
                channel = self._channel = self._channel or self._start()
                try:
                    socket.send_fds(channel, [message], [answer_to.fileno()])
                    return
                except OSError:
                    channel.close()
                    self._channel = None
                    if attempt == 2:
                        raise

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [*self.command, str(theirs.fileno())], pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), start_new_session=True,
            )  # fmt: skip
        return ours


def environment() -> dict[str, str]:
    """What a reader's process is started with: what Python needs and the place of this package, no secrets."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV") if key in os.environ}
    return {**kept, **THREADS, "PYTHONPATH": str(Path(makegood.__file__).resolve().parents[1])}
