"""Sound and film drawn in a process of their own: seconds of arithmetic that would hold up the caller's other threads.
`draw` starts it, `python -m` runs it; what is drawn is in `audio` and `film`.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import makegood
from makegood.documents.creatives.samples.audio import spot
from makegood.documents.creatives.samples.brand import Brand
from makegood.documents.creatives.samples.film import film

KINDS: dict[str, Callable[..., Path]] = {"spot": spot, "film": film}


def draw(kind: str, target: Path, brand: Brand | None = None, **how: object) -> Path:
    """`spot` or `film` with these arguments, drawn while other threads go on. Returns ``target``.

    Raises RuntimeError with the last line the process said.
    """
    about = how | ({"brand": dataclasses.asdict(brand)} if brand else {})
    command = [sys.executable, "-P", "-m", __name__, kind, str(target), json.dumps(about)]
    place = {"PYTHONPATH": str(Path(makegood.__file__).resolve().parents[1])}
    done = subprocess.run(command, env={**os.environ, **place}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{kind} {target.name} was not drawn: {done.stderr.strip().splitlines()[-1:]}")
    return target


def main() -> None:
    """Draw what the command line says: kind, target, the rest as JSON."""
    kind, target, about = sys.argv[1:]
    how = json.loads(about)
    if "brand" in how:
        how["brand"] = Brand(**how["brand"])
    KINDS[kind](Path(target), **how)


if __name__ == "__main__":
    main()
