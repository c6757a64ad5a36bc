"""The servers of the comparison, each started on one core and stopped again: ours, nginx, uvicorn, granian."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

CORE = 0
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/json;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, and its processes."""

    url: str
    pids: list[int]


@contextlib.contextmanager
def ours(files: dict[str, pathlib.Path], *, without: str = "nothing", more: tuple[str, ...] = ()) -> Iterator[Server]:
    """The ad server, or it without signing or appending."""
    options = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    port = free_port()
    command = [sys.executable, "-m", "bench.serving.ours", without, "--port", str(port), "--log-level", "ERROR", *options, *more]
    with started(command, port) as server:
        yield server


@contextlib.contextmanager
def nginx(folder: pathlib.Path, reply_bytes: int) -> Iterator[Server]:
    """nginx serving a file as long as our reply."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ad").write_bytes(b"a" * reply_bytes)
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    with started(["nginx", "-c", str(folder / "nginx.conf")], port) as server:
        yield server


@contextlib.contextmanager
def uvicorn(files: dict[str, pathlib.Path]) -> Iterator[Server]:
    """Our route behind uvicorn with uvloop and httptools."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bench.serving.asgi:app", "--port", str(port), "--loop", "uvloop", "--http", "httptools",
               "--no-access-log", "--log-level", "error", "--lifespan", "off"]
    with started(command, port, _environment(files, port)) as server:
        yield server


@contextlib.contextmanager
def granian(files: dict[str, pathlib.Path]) -> Iterator[Server]:
    """Our route behind granian, by its own interface RSGI."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "bench.serving.asgi:app", "--port", str(port), "--interface", "rsgi", "--workers-kill-timeout", "2", "--loop", "uvloop",
               "--http", "1", "--no-access-log", "--log-level", "error"]
    with started(command, port, _environment(files, port)) as server:
        yield server


@contextlib.contextmanager
def started(command: list[str], port: int, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """A server on its core, from the moment it accepts connections."""
    process = subprocess.Popen(["taskset", "-c", str(CORE), *command], env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    favour(process.pid)
    try:
        _wait(process, port)
        yield Server(f"http://127.0.0.1:{port}/ad", [process.pid, *_children(process.pid)])
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def favour(pid: int) -> None:
    """Ask the scheduler to prefer the session of a process to others on the machine; without leave to ask, it is as it is."""
    if os.environ.get("BENCH_FAVOUR"):
        with contextlib.suppress(OSError):
            pathlib.Path(f"/proc/{pid}/autogroup").write_text("-20")


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args} did not start; see its messages above")


def _children(pid: int) -> list[int]:
    """Processes started by it, and by those."""
    found = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in map(int, found) for each in (child, *_children(child))]


def _environment(files: dict[str, pathlib.Path], port: int) -> dict[str, str]:
    return {**os.environ, "BENCH_FILES": json.dumps({n: str(p) for n, p in files.items()}), "BENCH_URL": f"http://127.0.0.1:{port}"}


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port: int = some.getsockname()[1]
        return port
