"""What can be run in the jail and what comes back: ads by their files, tags, pages from outside."""

import dataclasses
import ipaddress
import pathlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from makegood.connectors import web
from makegood.connectors.browser import jail
from makegood.engine.specs import plain
from makegood.engine.specs.run import RunFacts

STOP_S = 15.0
SHOTS = {"1": 1.0, "5": 5.0}
START_S = 25.0  # to start, to load, to be clicked, on a machine that is busy
LOOK_S = 45.0
NOWHERE = web.Limits(ports=frozenset())


@dataclasses.dataclass(frozen=True)
class Ran:
    """What a run showed, and its pictures as PNG by name: 1, 5 (seconds) and end."""

    facts: RunFacts
    shots: Mapping[str, bytes]


@dataclasses.dataclass(frozen=True)
class Looked:
    """A page as a phone shows it: `fault` when it did not load, `needs_px` the width it wants, `asked` whatever it asked for."""

    fault: str
    title: str
    needs_px: int
    asked: tuple[str, ...]
    shot: bytes


def run_ad(
    files: pathlib.Path, entry: str, size: tuple[int, int], *, script: str = "", stop_s: float = STOP_S, hosts: Sequence[str] = (),
    limits: web.Limits = NOWHERE,
) -> Ran:  # fmt: skip
    """Run the page `entry` of the folder `files`, cut off from every network; `script` is what the ad server puts first.

    What it asks of `hosts` (and below them), approved ones, comes through the guarded fetcher within `limits`; all else is
    written down and refused. `stop_s` is when it should stand still. Raises jail.Stopped, NoBrowser.
    """
    return _run({"do": "ad", "script": script, "hosts": list(hosts), "limits": _plain(limits)}, files, entry, size, stop_s)


def run_tag(markup: str, size: tuple[int, int], *, limits: web.Limits, stop_s: float = STOP_S) -> Ran:
    """Run somebody else's tag; what it asks for comes through the guarded fetcher. Raises jail.Stopped, NoBrowser."""
    with tempfile.TemporaryDirectory(prefix="makegood-tag-") as folder:
        page = f'<!doctype html><meta charset="utf-8"><style>body {{ margin: 0; }}</style><body>{markup}'
        (pathlib.Path(folder) / "tag.html").write_text(page, "utf-8")
        return _run({"do": "tag", "script": "", "hosts": [""], "limits": _plain(limits)}, pathlib.Path(folder), "tag.html", size, stop_s)


def look(url: str, *, limits: web.Limits) -> Looked:
    """The page at `url` as a phone shows it, fetched by the guarded fetcher. Raises web.Barred, jail.Stopped, NoBrowser."""
    web.target(url, limits)
    with _folder() as folder:
        said = jail.obey({"do": "page", "url": url, "limits": _plain(limits), "hosts": [""]}, folder, seconds=LOOK_S)
        return Looked(said["fault"], said["title"], said["needs_px"], tuple(said["asked"]), (folder / "page.png").read_bytes())


def _run(order: dict[str, Any], files: pathlib.Path, entry: str, size: tuple[int, int], stop_s: float) -> Ran:
    shots = {name: at for name, at in SHOTS.items() if at < stop_s} or {"1": stop_s / 2}
    with _folder() as folder:
        more = {"files": str(files), "entry": entry, "width": size[0], "height": size[1], "shots": shots, "stop_s": stop_s}
        said = jail.obey(order | more, folder, seconds=stop_s + START_S)
        pictures = {name: (folder / f"{name}.png").read_bytes() for name in (*shots, "end")}
    return Ran(plain.build(RunFacts, said, "run"), pictures)


@contextmanager
def _folder() -> Iterator[pathlib.Path]:
    """The run's own folder; what the browser leaves in it goes too, whoever it belongs to."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="makegood-run-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _plain(limits: web.Limits) -> dict[str, Any]:
    networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = list(limits.also)
    return {"ports": sorted(limits.ports), "also": [str(one) for one in networks], "most_bytes": limits.most_bytes}
