"""The most memory a piece of work held, above what the process had before it.

Linux keeps a high-water mark that a process may set back; nothing else is measured here.
"""
import contextlib
import pathlib
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
STATUS = pathlib.Path("/proc/self/status")


def peak_mb(work: Callable[[], T]) -> tuple[T, float]:
    """The result of the work and its peak, MB; meaningless (0) where the mark cannot be set back."""
    with contextlib.suppress(OSError):
        pathlib.Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _kilobytes("VmRSS")
    done = work()
    return done, max(0.0, (_kilobytes("VmHWM") - before) / 1024)


def _kilobytes(name: str) -> int:
    with contextlib.suppress(OSError):
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0
