"""The disk side of the event log: a thread that syncs the open segment, finishes full ones and tells who waited.

One sync serves everybody who came while the one before it ran. What is appended, and when, is `journal`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pathlib
import threading
from collections.abc import Callable

from makegood.adserver.open_segment import OpenSegment

_log = logging.getLogger(__name__)
SYNC_EVERY_S = 1.0
"""What nobody waits for is durable after this, and a faulty disk is tried again."""
BUSY_SYNC_S = 0.02
"""The same while events keep coming: writing stands still during a sync, and a second's events take tens of milliseconds (a fiftieth, 0.3)."""

Told = Callable[[str], None]
"""Called on the event loop with "" or with the fault that kept the lines out of the log."""


class Committing:
    """Shared by the event loop, which writes, and the thread, which syncs; the lock is never held during a sync."""

    def __init__(self, probe: pathlib.Path, due: Callable[[OpenSegment], bool]) -> None:
        self.fault = ""
        self.batches = self.lines = self.waiting = 0
        self._probe_path, self._due = probe, due
        self._segment: OpenSegment | None = None
        self._full: list[OpenSegment] = []
        self._told: list[Told] = []
        self._unsynced = 0
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="event-journal")

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin."""
        self._loop = loop
        self._thread.start()

    def write(self, data: bytes | memoryview, lines: int, durable: list[Told], opened: Callable[[], OpenSegment]) -> str:
        """Write a batch and return "" or the fault; `durable` are told once it is on disk, unless there is a fault."""
        with self._changed:
            try:
                if self._segment is None:
                    self._segment = opened()
                self._segment.write(data)
            except OSError as error:
                self._retire()
                return self._broken(error)
            self._unsynced += lines
            if durable:
                self._told += durable
                self.waiting = len(self._told)
                self._changed.notify()
            return ""

    def lend(self) -> int:
        """Return the open segment's handle to append to until `returned`, -1 when there is none; nobody else writes meanwhile."""
        self._changed.acquire()
        return self._segment.handle if self._segment and not self.fault else -1

    def returned(self, length: int, lines: int, torn: int) -> None:
        """Count `length` bytes and `lines` that were appended; `torn` bytes behind them are of a write that failed and go."""
        try:
            if self._segment:
                self._segment.written(length, torn)
            self._unsynced += lines
        except OSError as error:
            self._retire()
            self._broken(error)
        finally:
            self._changed.release()

    def close(self) -> None:
        """Sync and finish everything, then stop the thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        lines = 0
        while True:
            with self._changed:
                if not (self._told or self._stopping):
                    self._changed.wait(BUSY_SYNC_S if lines else SYNC_EVERY_S)
                stopping = self._stopping
                if self._segment and (stopping or self._due(self._segment)):
                    self._retire()
                full, self._full = self._full, []
                told, self._told, lines, self._unsynced = self._told, [], self._unsynced, 0
                segment = self._segment
            if lines or full:
                self._commit(full, segment, told, lines)
            elif self.fault:
                self._probe()
            if stopping:
                return

    def _commit(self, full: list[OpenSegment], segment: OpenSegment | None, told: list[Told], lines: int) -> None:
        """Make durable what was written before; whoever waits for it is told together."""
        fault = ""
        try:
            for each in full:
                each.finish(each.length)
            if segment and segment.length > segment.durable:
                segment.sync()
        except OSError as error:
            fault = self._broken(error)
            told += self._cut(segment)
        else:
            self.batches, self.lines = self.batches + bool(lines), self.lines + lines
        self.waiting = len(self._told)
        if told:
            self._loop.call_soon_threadsafe(_tell, told, fault)

    def _cut(self, segment: OpenSegment | None) -> list[Told]:
        """After a failed sync the tail of a file is unknown: it ends where it was durable, and is written no more."""
        with self._changed:
            told, self._told = self._told, []
            if segment and segment is self._segment:
                self._segment = None
                lost = segment.length - segment.durable
                _log.error("%d bytes of events that were written, not yet durable, are cut off", lost)
                _finish(segment, segment.durable)
        return told

    def _retire(self) -> None:
        """Write no more to the open segment; the thread finishes it."""
        if self._segment:
            self._full.append(self._segment)
            self._segment = None

    def _broken(self, error: OSError) -> str:
        if not self.fault:
            _log.error("the event log cannot be written: %s; answering 503 until it can", error)
        self.fault = f"the event log cannot be written: {error.strerror or error}"
        return self.fault

    def _probe(self) -> None:
        """Find out without traffic whether the disk takes data again: a load balancer may be sending none."""
        try:
            with self._probe_path.open("wb") as file:
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self._broken(error)
        else:
            _log.warning("the event log can be written again")
            self.fault = ""
        self._probe_path.unlink(missing_ok=True)


def _finish(segment: OpenSegment, length: int) -> None:
    try:
        segment.finish(length)
    except OSError as error:
        _log.error("segment could not be finished: %s; the next start recovers it", error)


def _tell(told: list[Told], fault: str) -> None:
    for each in told:
        each(fault)
