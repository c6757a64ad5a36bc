"""The one segment file a server is appending to, locked while it is open.

Batching and who is told lives in `journal`; reading in `segments`.
"""

from __future__ import annotations

import dataclasses
import datetime
import fcntl
import os
import pathlib

from makegood.adserver import segments

_HOUR_MS = 3_600_000


@dataclasses.dataclass(frozen=True, slots=True)
class Roll:
    """When a segment is finished and the next begun; the turn of an hour always does."""

    size_bytes: int = 64 << 20
    age_ms: int = 300_000


class OpenSegment:
    """`<yyyymmddhh>-<process>-<sequence>.open`; `length` bytes are written, of them `durable` are on disk.

    Whoever writes to `handle` past this says so with `written`.
    """

    def __init__(self, folder: pathlib.Path, process: str, sequence: int, now_ms: int) -> None:
        self._hour, self._opened_ms, self.length, self.durable = hour_name(now_ms), now_ms, 0, 0
        self._folder = folder
        self._path = folder / f"{self._hour}-{process}-{sequence:06d}{segments.OPEN}"
        self.handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o640)
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def write(self, data: bytes | memoryview) -> None:
        """Hand `data` whole to the operating system; raises OSError with nothing of it left in the file."""
        written = 0
        try:
            while written < len(data):
                written += os.write(self.handle, memoryview(data)[written:] if written else data)
        except OSError:
            os.ftruncate(self.handle, self.length)
            raise
        self.length += len(data)

    def written(self, length: int, torn: int) -> None:
        """Count `length` more bytes that stand in the file, and take out `torn` behind them; raises OSError when they stay."""
        self.length += length
        if torn:
            os.ftruncate(self.handle, self.length)

    def sync(self) -> None:
        """Make what is written durable; raises OSError, after which only `finish` may be called."""
        length = self.length  # taken first: more may be written meanwhile
        if not self.durable:
            segments.sync_folder(self._folder)
        os.fdatasync(self.handle)
        self.durable = length

    def finish(self, length: int) -> None:
        """Cut the file at `length`, rename it to `.seg` and let go, even when that raises OSError."""
        try:
            segments.finish(self._path, self.handle, length)
        finally:
            os.close(self.handle)

    def due(self, roll: Roll, now_ms: int) -> bool:
        """Tell whether size, age or the hour asks for a new segment; an empty one stays."""
        too_old = now_ms - self._opened_ms >= roll.age_ms or self._hour != hour_name(now_ms)
        return self.length >= roll.size_bytes or (too_old and self.length > 0)


def hour_name(now_ms: int) -> str:
    """Return the UTC hour as yyyymmddhh."""
    return datetime.datetime.fromtimestamp(now_ms // _HOUR_MS * 3600, datetime.UTC).strftime("%Y%m%d%H")
