"""The newest events of a log without reading all of it: for looking at a test while it runs. Counting is elsewhere."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

from makegood.adserver import events, segments

WITHIN_BYTES = 1 << 20
SEGMENTS = 8


def latest(folder: pathlib.Path, wanted: Callable[[events.Event], bool], most: int = 50) -> list[events.Event]:
    """Return up to `most` wanted events, newest first, from the last megabyte of each of the newest segments."""
    if not folder.exists():
        return []
    found = [event for name in segments.names(folder)[-SEGMENTS:] for event in _end(folder, name) if wanted(event)]
    found.sort(key=lambda event: event.at)
    return found[::-1][:most]  # of one moment, later lines first


def _end(folder: pathlib.Path, name: str) -> Iterator[events.Event]:
    for suffix in (segments.OPEN, segments.FINISHED):
        try:
            file = (folder / (name + suffix)).open("rb")
        except FileNotFoundError:  # renamed since it was listed, or of the other kind
            continue
        with file:
            start = max(0, file.seek(0, 2) - WITHIN_BYTES)
            file.seek(start)
            lines = file.read(WITHIN_BYTES).split(b"\n")
        yield from _parsed(lines[1 if start else 0 : -1])
        return


def _parsed(lines: list[bytes]) -> Iterator[events.Event]:
    for line in lines:
        try:
            yield events.parse(line)
        except ValueError:  # the log's reader reports what is no event; here it is only not shown
            continue
