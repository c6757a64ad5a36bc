"""Ad servers forked from one process that has imported and loaded everything: a test waits for the start, not for the imports.

Each is the program's own `main` with its arguments, outputs and environment in a process of its own. Run as
`python -m tests.adserver.nursery HANDLE` it is that one process; `start` asks it for a server.
"""

import atexit
import contextlib
import functools
import gc
import io
import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys

from makegood.adserver import __main__, warming
from makegood.engine.decision import shares

ROOT = pathlib.Path(__file__).parent.parent.parent


class Forked:
    """A server as its starter sees it, in the words of subprocess.Popen."""

    def __init__(self, pid: int, stdout: io.TextIOWrapper, ended: socket.socket) -> None:
        self.pid, self.stdout, self._ended = pid, stdout, ended

    def send_signal(self, signum: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signum)

    def wait(self, timeout: float) -> int:
        """Its exit code, as subprocess counts; TimeoutError when it goes on."""
        self._ended.settimeout(timeout)
        with self._ended:
            return int(self._ended.recv(20))


def start(arguments: list[str], log: io.TextIOWrapper) -> Forked:
    """A server with these arguments; what it logs is appended to `log`."""
    read, write = os.pipe()
    ended, told = socket.socketpair()
    with told:
        order = json.dumps({"arguments": arguments, "environment": dict(os.environ)}).encode()
        socket.send_fds(_channel(), [order], [write, log.fileno(), told.fileno()])
    os.close(write)
    return Forked(int(ended.recv(20)), open(read), ended)


@functools.cache
def _channel() -> socket.socket:
    """To the process that forks, started when first asked; it ends when this side is closed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.adserver.nursery", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=ROOT)
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def serve(channel: socket.socket) -> None:
    """Fork a server for each order, and tell how each ended."""
    shares.shares(())
    warming.warm()
    gc.freeze()
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        ready = select.select([channel, *running], [], [])[0]
        for handle in [one for one in ready if one in running]:
            pid, told = running.pop(handle)
            os.close(handle)
            with told, contextlib.suppress(OSError):
                told.sendall(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
        if channel in ready and not _begun(channel, running):
            return


def _begun(channel: socket.socket, running: dict[int, tuple[int, socket.socket]]) -> bool:
    """Fork the next server; False when there will be none."""
    message, handles, _, _ = socket.recv_fds(channel, 1 << 20, 3)
    if not message:
        return False
    told, pid = socket.socket(fileno=handles[2]), os.fork()
    if not pid:
        for other in (channel, told, *(one for _, one in running.values())):
            other.close()
        _become(json.loads(message), handles)
    for handle in handles[:2]:
        os.close(handle)
    told.sendall(str(pid).encode())
    running[os.pidfd_open(pid)] = pid, told
    return True


def _become(order: dict, handles: list[int]) -> None:
    """Be the server; does not return."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for handle, place in zip(handles, (1, 2), strict=False):
            os.dup2(handle, place)
            os.close(handle)
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.argv[1:] = order["arguments"]
        code = __main__.main()
        sys.stdout.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
