"""The capped child process: reads one order from stdin, answers one JSON object on stdout.
Limits come before any reader is imported; nothing is written to disk and nothing is run.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from makegood.documents.creatives.refusals import UnreadableCreative


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
    """Do what the order says: ``do`` is probe, waveform, poster, filmstrip or thumbnail."""
    path = Path(order["path"])
    if order["do"] == "probe":
        from makegood.documents.creatives.probe import probe
        from makegood.engine.specs import plain

        return {"facts": plain.to_json(probe(path, name=order["name"]))}
    from makegood.documents.creatives import previews

    if order["do"] == "waveform":
        return {"points": previews.waveform(path, order["number"])}
    drawing: dict[str, Callable[[Path, Any], bytes]] = {
        "poster": previews.poster, "filmstrip": previews.filmstrip, "thumbnail": previews.thumbnail,
    }  # fmt: skip
    return {"png": base64.b64encode(drawing[order["do"]](path, order["number"])).decode()}


def main() -> int:
    """Read the order, obey it within the limits, answer."""
    order = json.load(sys.stdin)
    limit(order["seconds"], order["memory_mb"])
    try:
        reply = answer(order)
    except UnreadableCreative as refusal:
        reply = {"refusal": refusal.to_json()}
    except (MemoryError, RecursionError) as spent:
        reply = {"spent": type(spent).__name__}
    except Exception as odd:  # a hostile file may raise anything in a reader; the parent names it as unreadable
        reply = {"odd": f"{type(odd).__name__}: {odd}"[:300]}
    json.dump(reply, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
