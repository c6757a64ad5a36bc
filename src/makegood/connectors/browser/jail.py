"""A run in a child process: an order in, an answer out, and an end to all of it when time or memory is spent."""

import json
import os
import pathlib
import subprocess
import sys
import time
from typing import Any

import makegood
from makegood.connectors.browser import finding, tree

CHILD = [sys.executable, "-P", "-m", "makegood.connectors.browser.child"]
LOOK_EVERY_S = 0.25
MEMORY_MB = 1200
KEPT = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")  # no secret of ours reaches the browser's surroundings


class Stopped(Exception):
    """The run was ended, or broke off; `why` is time, memory or broken."""

    def __init__(self, why: str, found: str) -> None:
        super().__init__(found)
        self.why, self.found = why, found


def obey(order: dict[str, Any], folder: pathlib.Path, *, seconds: float, memory_mb: int = 0) -> dict[str, Any]:
    """The child's answer to `order`; `folder` is the run's own and holds what it made. Raises Stopped, NoBrowser."""
    if remedy := finding.missing():
        raise finding.NoBrowser(remedy)
    words = order | {"folder": str(folder), "executable": finding.executable()}
    out, log = folder / "answer.json", folder / "log.txt"
    with log.open("wb") as errors:
        child = subprocess.Popen(
            CHILD, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, env=_environment(folder), start_new_session=True
        )
        assert child.stdin
        with child.stdin as told:
            told.write(json.dumps(words).encode())
        try:
            _guard(child, seconds, memory_mb or MEMORY_MB)
        finally:
            tree.end(child.pid)
            child.wait()
    if not out.is_file():
        raise Stopped("broken", f"the browser broke off ({_last(log)})")
    answer: dict[str, Any] = json.loads(out.read_bytes())
    return answer


def _guard(child: subprocess.Popen[bytes], seconds: float, memory_mb: int) -> None:
    until = time.monotonic() + seconds
    while child.poll() is None:
        if time.monotonic() > until:
            raise Stopped("time", f"it was not through after {seconds:.0f} s")
        if tree.memory_bytes(tree.below(child.pid)) > memory_mb << 20:
            raise Stopped("memory", f"it used more than {memory_mb} MB of memory")
        time.sleep(LOOK_EVERY_S)


def _environment(folder: pathlib.Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    return {**kept, "PYTHONPATH": str(pathlib.Path(makegood.__file__).resolve().parents[1]), "TMPDIR": str(folder)}


def _last(log: pathlib.Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"
