"""Segment files of the event log: their names, reading them by offset, and mending them after a crash.

A segment is JSON lines: `.open` while a server writes it, `.seg` once it is finished. Writing is `journal`.
"""

from __future__ import annotations

import fcntl
import logging
import os
import pathlib
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from makegood.adserver import events

OPEN, FINISHED = ".open", ".seg"
Read = TypeVar("Read")
_CHUNK = 1 << 20
_log = logging.getLogger(__name__)


def names(folder: pathlib.Path) -> list[str]:
    """Return the names of all segments (without suffix), oldest hour first."""
    return sorted({path.stem for path in folder.iterdir() if path.suffix in (OPEN, FINISHED)})


def read(folder: pathlib.Path, after: Mapping[str, int]) -> Iterator[tuple[str, int, events.Event]]:
    """As `read_by`, events as records."""
    return read_by(events.parse, folder, after)


def read_by(
    parse: Callable[[bytes], Read], folder: pathlib.Path, after: Mapping[str, int]
) -> Iterator[tuple[str, int, Read]]:
    """Yield (segment name, offset, event) for every complete line beyond `after`.

    `after` maps a segment's name to the offset up to which it has been read; an absent name means from its start.
    The yielded offset is where the next line begins: store it with the event and pass it back to go on exactly there.
    Lines still being written are left for the next call. A line `parse` raises ValueError for is logged and passed over.
    """
    for name in names(folder):
        yield from _read_one(parse, folder, name, after.get(name, 0))


def _read_one(
    parse: Callable[[bytes], Read], folder: pathlib.Path, name: str, offset: int
) -> Iterator[tuple[str, int, Read]]:
    for line in _lines(path(folder, name), offset):
        offset += len(line)
        try:
            event = parse(line)
        except ValueError as error:
            _log.error("segment %s, line ending at byte %d: %s; passed over", name, offset, error)
            continue
        yield name, offset, event


def path(folder: pathlib.Path, name: str) -> pathlib.Path:
    """Return where a segment lies now: open, else finished. It may be renamed a moment later, in this direction only."""
    still_open = folder / (name + OPEN)
    return still_open if still_open.exists() else folder / (name + FINISHED)


def _lines(path: pathlib.Path, offset: int) -> Iterator[bytes]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        file = path.with_suffix(FINISHED).open("rb")
    with file:
        file.seek(offset)
        for line in file:
            if not line.endswith(b"\n"):
                return
            yield line


def recover(folder: pathlib.Path) -> list[str]:
    """Finish the segments of servers that died: cut a torn last line, rename to `.seg`. Returns their names.

    A live server holds a lock on its open segment, so several processes may start in one folder at once.
    """
    recovered = []
    for path in sorted(folder.glob("*" + OPEN)):
        try:
            handle = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        try:
            if path.exists():
                finish(path, handle, _complete_length(handle))
                recovered.append(path.stem)
        finally:
            os.close(handle)
    return recovered


def finish(path: pathlib.Path, handle: int, length: int) -> None:
    """Make an open segment final at `length` bytes; an empty one is removed."""
    if os.fstat(handle).st_size != length:
        os.ftruncate(handle, length)
    os.fsync(handle)
    if length:
        path.rename(path.with_suffix(FINISHED))
    else:
        path.unlink()
    sync_folder(path.parent)


def sync_folder(folder: pathlib.Path) -> None:
    """Make renames and new names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _complete_length(handle: int) -> int:
    end = os.fstat(handle).st_size
    while end > 0:
        start = max(0, end - _CHUNK)
        newline = os.pread(handle, end - start, start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
        end = start
    return 0
