"""A process and all that came of it: their processor time, their memory, their end. Read from /proc."""

import contextlib
import os
import pathlib
import signal

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def below(pid: int) -> list[int]:
    """Children, their children and so on, the given process not among them."""
    parents: dict[int, list[int]] = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        waiting += (children := parents.get(waiting.pop(), []))
        found += children
    return found


def cpu_s(pids: list[int], kind: str = "") -> float:
    """Processor seconds of those whose command line has `kind` in it."""
    chosen = (_stat(pid) for pid in pids if not kind or kind in _command(pid))
    return sum((int(fields[11]) + int(fields[12])) / TICKS for fields in chosen if fields)


def memory_bytes(pids: list[int]) -> int:
    """Memory of their own, without what they share with others."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError):
            _, resident, shared, *_ = pathlib.Path(f"/proc/{pid}/statm").read_text().split()
            total += (int(resident) - int(shared)) * PAGE
    return total


def end(pid: int) -> None:
    """Kill the process and all below it: they are listed first, for orphans have another parent."""
    for one in (*below(pid), pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(one, signal.SIGKILL)


def _stat(pid: int) -> list[str] | None:
    """Fields from the state on: [0] state, [1] parent, [11] user ticks, [12] system ticks."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _command(pid: int) -> str:
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""
