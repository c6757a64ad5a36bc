"""wrk from one core, and what it and the server's own clock say afterwards.

The same client for every server; wrk is a Debian package.
"""
import json
import pathlib
import shutil
import subprocess
import urllib.request
from dataclasses import dataclass

from bench.serving import servers

CORE = 1
LUA, PAUSED = (pathlib.Path(__file__).with_name(name) for name in ("load.lua", "paused.lua"))
HEADERS = ("User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Content-Type: application/json")
"""As a browser sends: a server has to read them."""


class Missing(RuntimeError):
    """A program the bench needs is not on this machine; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Run:
    """Requests answered a second, latency in ms, answers that were not 2xx, and processor time of the server a request."""

    per_second: float
    p50_ms: float
    p99_ms: float
    bad: int
    processor_us: float


def need(*programs: str) -> None:
    """Raise Missing, naming the packages, unless every program is there."""
    missing = [name for name in programs if not shutil.which(name)]
    if missing:
        raise Missing(f"{' and '.join(missing)} not found; install with: apt-get install {' '.join(missing)}")


def put(url: str, bodies: pathlib.Path | None, pids: list[int], *, seconds: float, connections: int = 8) -> Run:
    """POST the bodies of a file (one a line), or GET without one, for some seconds over keep-alive connections."""
    before = sum(map(processor_ns, pids))
    found = summary(client(url, bodies, seconds=seconds, connections=connections))
    spent, requests = sum(map(processor_ns, pids)) - before, max(1, found["requests"])
    return Run(requests / found["seconds"], found["p50_us"] / 1000, found["p99_us"] / 1000, found["bad"], spent / requests / 1000)


def client(url: str, bodies: pathlib.Path | None, *, seconds: float, connections: int, pause_ms: int = 0) -> subprocess.Popen[str]:
    """wrk, running on its core; with a pause, every connection waits so long between answer and next request."""
    command = ["taskset", "-c", str(CORE), "wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "-s", str(PAUSED if pause_ms else LUA)]
    for header in HEADERS:
        command += ["-H", header]
    command += [url, *(["--", str(bodies), str(pause_ms)] if bodies else [])]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    servers.favour(started.pid)
    return started


def summary(client: subprocess.Popen[str]) -> dict[str, float]:
    """What load.lua prints last, once the client has ended."""
    said, _ = client.communicate()
    if client.returncode:
        raise RuntimeError(f"wrk ended with {client.returncode}: {said}")
    found: dict[str, float] = json.loads(said.strip().splitlines()[-1])
    return found


def reply_bytes(files: dict[str, pathlib.Path], bodies: pathlib.Path) -> int:
    """How long our reply to the first body is, head aside."""
    with servers.ours(files) as server:
        asked = urllib.request.Request(server.url, bodies.read_bytes().partition(b"\n")[0], {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return len(answer.read())


def processor_ns(pid: int) -> int:
    """Nanoseconds on a processor of all threads of a process, by the scheduler's own count."""
    tasks = pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)
