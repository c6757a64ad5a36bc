"""Files from outside are read in a capped child process: time, memory and answers are bounded.
Whatever happens to the child, the caller gets facts or a named refusal.
"""

from __future__ import annotations

import base64
import json
import signal
import sys
from pathlib import Path
from typing import Any

from makegood.documents.creatives import forking
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine.specs import plain
from makegood.engine.specs.facts import Facts

# -P: a client's folder with an av.py in it must not be where the reader imports from.
READERS = forking.Forker([sys.executable, "-P", "-m", "makegood.documents.creatives.child"])
SEND_SMALLER = "Send a simpler or smaller export of it."


def probe_guarded(path: Path, name: str, *, seconds: int = 10, memory_mb: int = 512) -> Facts:
    """Facts about the file, read in a child capped to ``seconds`` and ``memory_mb``. Raises UnreadableCreative."""
    reply = _ask("probe", path, name, 0, seconds, memory_mb)
    try:
        return plain.from_json(reply["facts"])
    except (KeyError, ValueError) as wrong:
        raise _unreadable(name, f"the reader answered with nothing usable ({wrong})") from wrong


def waveform(path: Path, points: int, *, seconds: int = 10, memory_mb: int = 512) -> list[float]:
    """``points`` peaks from 0 to 1 along the sound. Raises UnreadableCreative."""
    return [float(point) for point in _ask("waveform", path, path.name, points, seconds, memory_mb)["points"]]


def poster(path: Path, at_s: float = 1.0, *, seconds: int = 10, memory_mb: int = 512) -> bytes:
    """PNG of the video at ``at_s``. Raises UnreadableCreative."""
    return base64.b64decode(_ask("poster", path, path.name, at_s, seconds, memory_mb)["png"])


def filmstrip(path: Path, frames: int = 6, *, seconds: int = 10, memory_mb: int = 512) -> bytes:
    """PNG of ``frames`` pictures of the video side by side. Raises UnreadableCreative."""
    return base64.b64decode(_ask("filmstrip", path, path.name, frames, seconds, memory_mb)["png"])


def thumbnail(path: Path, max_px: int, *, seconds: int = 10, memory_mb: int = 512) -> bytes:
    """PNG of the picture within ``max_px`` a side. Raises UnreadableCreative."""
    return base64.b64decode(_ask("thumbnail", path, path.name, max_px, seconds, memory_mb)["png"])


def corrected(path: Path, *, lufs: float, peak_dbtp: float, seconds: int = 30, memory_mb: int = 768) -> bytes:
    """The file with its sound brought to ``lufs`` under ``peak_dbtp``, in the same encoding. Raises UnreadableCreative."""
    wanted = {"lufs": lufs, "peak_dbtp": peak_dbtp}
    return base64.b64decode(_ask("correct", path, path.name, 0, seconds, memory_mb, wanted)["file"])


def _ask(
    do: str, path: Path, name: str, number: float, seconds: int, memory_mb: int, wanted: dict[str, float] | None = None
) -> dict[str, Any]:
    reply = READERS.ask({
        "do": do, "path": str(path.resolve()), "name": name, "number": number, "seconds": seconds,
        "memory_mb": memory_mb, "wanted": wanted,
    })  # fmt: skip
    return _read(reply, name, seconds, memory_mb)


def _read(reply: forking.Reply, name: str, seconds: int, memory_mb: int) -> dict[str, Any]:
    if reply.late or reply.code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableCreative(f"Reading it took longer than {seconds} s.", name, SEND_SMALLER, rule="file.too_slow")
    if reply.code != 0:
        raise _unreadable(name, f"the reader stopped with code {reply.code}")
    try:
        said = json.loads(reply.written)
    except ValueError as wrong:
        raise _unreadable(name, "the reader gave no answer") from wrong
    if "refusal" in said:
        told = said["refusal"]
        raise UnreadableCreative(told["reason"], told["where"], told["remedy"], rule=told["rule"])
    if said.get("spent") == "MemoryError":
        raise UnreadableCreative(
            f"Opening it needs more than {memory_mb} MB of memory.", name, SEND_SMALLER, rule="file.too_hungry"
        )
    if "odd" in said or "spent" in said:
        raise _unreadable(name, said.get("odd") or said["spent"])
    return dict(said)


def _unreadable(name: str, why: str) -> UnreadableCreative:
    return UnreadableCreative(
        f"The file cannot be read ({why}).", name, "Export and upload it again; if it recurs, send it to your contact.",
        rule="file.unreadable",
    )  # fmt: skip
